import { randomUUID } from 'node:crypto';
import { type ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { type Log } from '../telemetry/log.ts';
import { type HttpContext } from './apollo.ts';
import { type ContextShared, createOperationContext } from './context.ts';
import { type OriginGuard } from '../security/origin-guard.ts';
import { type Readiness } from './health.ts';

/** What the HTTP side needs. */
export interface HttpOptions {
  /** Where GraphQL is. */
  readonly path: string;
  /** Started. */
  readonly apollo: ApolloServer<HttpContext>;
  readonly shared: ContextShared;
  readonly originGuard: OriginGuard;
  readonly checkReadiness: () => Promise<Readiness>;
  readonly deadlineMs: number;
  readonly bodyLimitBytes: number;
  readonly landingPage: boolean;
  readonly log: Log;
}

/** GraphQL over HTTP, `/healthz` and `/readyz`, as a request handler. Source: GraphQL over HTTP, draft. */
export function createHttpApp(options: HttpOptions): Express {
  const { originGuard } = options;
  const app = express().disable('x-powered-by').disable('etag');
  app.use(withRequestId);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  app.get('/readyz', async (_request, response) => {
    const readiness = await options.checkReadiness();
    response.status(readiness.ready ? 200 : 503).json(readiness);
  });
  if (options.landingPage) {
    app.get('/', (_request, response) => {
      response.redirect(options.path);
    });
  }
  app.all(
    options.path,
    refuseForeignHosts(originGuard),
    cors<express.Request>((request, done) => {
      const { origin, host } = request.headers;
      done(null, { origin: originGuard.allowsOrigin(origin, host), exposedHeaders: [REQUEST_ID], maxAge: 600 });
    }),
    express.json({ limit: options.bodyLimitBytes }),
    graphql(options),
  );
  app.use((request, response) => {
    sendError(response, 404, `Nothing is at ${request.path}; GraphQL is at ${options.path}`, 'BAD_REQUEST');
  });
  app.use(answerErrors(options.log));
  return app;
}

const REQUEST_ID = 'X-Request-Id';

/** Takes over the client's request id, or makes one, and sends it back. */
const withRequestId: RequestHandler = (request, response, next) => {
  const given = request.get(REQUEST_ID);
  response.set(REQUEST_ID, given !== undefined && /^[\w.:=+/-]{1,128}$/.test(given) ? given : randomUUID());
  next();
};

function requestIdOf(response: Response): string {
  return String(response.get(REQUEST_ID));
}

function refuseForeignHosts(originGuard: OriginGuard): RequestHandler {
  return (request, response, next) => {
    if (originGuard.allowsHost(request.headers.host)) next();
    else sendError(response, 403, 'Expected a Host that names this gateway, got another', 'FORBIDDEN');
  };
}

function graphql({ apollo, shared, deadlineMs }: HttpOptions): RequestHandler {
  return expressMiddleware(apollo, {
    context: ({ req, res }) => {
      const { context, upstreamCalls, end } = createOperationContext(shared, requestIdOf(res), deadlineMs);
      // The answer is sent, or the client has gone.
      res.once('close', end);
      const answersPlainJson =
        req.accepts(['application/json', 'application/graphql-response+json']) === 'application/json';
      return Promise.resolve({ ...context, upstreamCalls, answersPlainJson });
    },
  });
}

/** What Express and the body parser refuse, as GraphQL clients expect it. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, type, limit } = error as { status?: number; type?: string; limit?: number };
    if (status === undefined || status >= 500) {
      log.error({ requestId: requestIdOf(response), err: error }, 'internal server error');
      sendError(response, 500, 'Internal server error', 'INTERNAL_SERVER_ERROR');
    } else if (status === 413)
      sendError(response, 413, `Expected a body of at most ${limit} bytes, got more`, 'BAD_REQUEST');
    else if (type === 'entity.parse.failed')
      sendError(response, 400, 'Expected a body of JSON, got something else', 'BAD_REQUEST');
    else sendError(response, status, `The body could not be read: ${type ?? 'malformed request'}`, 'BAD_REQUEST');
  };
}

function sendError(response: Response, status: number, message: string, code: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
