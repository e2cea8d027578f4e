import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** One answer as it came; `json` is undefined for an empty body. */
export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
}

/** One connection that is kept alive; requests on it go one after another, spelled as they are given. */
export function createRawClient(url: string): {
  send(method: string, target: string, body?: string | Buffer, headers?: Record<string, string>): Promise<RawReply>;
  connections(): number;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  let connections = 0;
  return {
    async send(method, target, body, headers = {}) {
      const outgoing = request({ agent, hostname, port, method, path: target, headers });
      outgoing.end(body);
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      if (!outgoing.reusedSocket) connections++;
      const content = await text(answer);
      return {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        json: content === '' ? undefined : (JSON.parse(content) as unknown),
      };
    },
    connections: () => connections,
    close() {
      agent.destroy();
    },
  };
}
