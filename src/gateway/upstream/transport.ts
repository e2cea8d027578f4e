import { type Clock } from '../../clock.ts';
import { type Connections } from './connections.ts';
import { type Exchange } from './exchange.ts';
import { createSign, type Sign, type SigningCredentials } from '../../security/sign.ts';
import { type Bindings, type WireRequest } from './wire-request.ts';

/** The class of an SDK client's command: says which operation. */
type SdkCommand<Input extends object> = new (input: Input) => object;

/** An SDK client, as far as it is used here. Its own types would tell the commands apart, which all go the same way. */
export interface SdkClient {
  readonly config: { readonly credentials: () => Promise<SigningCredentials> };
  readonly middlewareStack: { add(middleware: never, options: never): void };
  send(command: never, exchange?: Exchange): Promise<unknown>;
}

/** Sends a command with this input to its service and notes in `exchange` how far that came, and the answer. Rejects if there is none. */
export type Transport = <Input extends object>(
  command: SdkCommand<Input>,
  input: Input,
  exchange: Exchange,
) => Promise<unknown>;

/** A Transport through all that the client does, down to its request handler. */
export function createPlainTransport(client: SdkClient): Transport {
  return (command, input, exchange) => client.send(new command(input) as never, exchange);
}

/** Where a service is and how its requests are signed. */
interface Target {
  readonly origin: string;
  readonly host: string;
  /** What the endpoint's own path puts before the operation's. */
  readonly basePath: string;
  readonly sign: Sign;
}

/** What the SDK's endpoint and authentication middlewares leave in the context of a command. */
interface ResolvedContext {
  readonly endpointV2: { readonly url: URL };
  readonly __smithy_context: {
    readonly selectedHttpAuthScheme: {
      readonly httpAuthOption: {
        readonly signingProperties: { readonly name: string; readonly region: string };
      };
    };
  };
}

// As the SDK has it: servers refuse what is more than 5 minutes off.
const MAX_SKEW_MS = 300_000;

/**
 * A Transport past the client's middlewares, at a quarter of their CPU: the client is asked once where its service is, and each time
 * for its credentials, which it renews before they expire. Commands need a binding; none is made, as
 * each would bring a middleware stack of its own.
 */
export function createLeanTransport(
  client: SdkClient,
  bindings: Bindings,
  connections: Connections,
  clock: Clock,
): Transport {
  // After the SDK's middlewares have found endpoint, region and name of the service; whatever would come next does not.
  const answerTarget = (_next: unknown, context: ResolvedContext) => () =>
    Promise.resolve({ output: targetOf(context) });
  client.middlewareStack.add(answerTarget as never, { step: 'build', name: 'targetMiddleware' } as never);
  let target: Target | null = null;
  let clockOffsetMs = 0;

  return async (command, input, exchange) => {
    const write = bindings.get(command) as ((input: object) => WireRequest) | undefined;
    if (!write) throw new Error(`Expected a command with a binding, got ${command.name}`);
    target ??= (await client.send(new command(input) as never)) as Target;
    const { origin, host, basePath, sign } = target;
    const credentials = await client.config.credentials();
    if (exchange.abandonedBy) throw exchange.abandonedBy;
    const written = write(input);
    const request = basePath === '' ? written : { ...written, path: basePath + written.path };
    const { method, path, query, body } = request;
    const contentType = body === null ? undefined : { 'content-type': 'application/json' };
    const headers = sign(request, { host, ...contentType }, credentials, clock.nowMs() + clockOffsetMs);
    // Unsigned: proxies change it.
    headers['user-agent'] = 'fleetgraph';
    exchange.requested = true;
    const prepared = { method, path: query === '' ? path : `${path}?${query}`, headers, body };
    exchange.answer = await connections.exchange(origin, prepared, exchange);
    const serverMs = Date.parse(exchange.answer.headers['date'] ?? '');
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs + clockOffsetMs - serverMs) >= MAX_SKEW_MS) clockOffsetMs = serverMs - nowMs;
  };
}

function targetOf({ endpointV2: { url }, __smithy_context: { selectedHttpAuthScheme } }: ResolvedContext): Target {
  const { name, region } = selectedHttpAuthScheme.httpAuthOption.signingProperties;
  const basePath = url.pathname.replace(/\/$/, '');
  return { origin: url.origin, host: url.host, basePath, sign: createSign(region, name) };
}
