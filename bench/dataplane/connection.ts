import { Agent, request } from 'node:http';

/** One message of a batch. */
interface BenchMessage {
  readonly messageId: string;
  readonly inputName: string;
  readonly payload: object;
}

/** A keep-alive connection of its own, on which one request follows the other. */
export interface Connection {
  /** Sends a batch and resolves when it is acknowledged; rejects on any error, one of an entry included. */
  putMessages(messages: readonly BenchMessage[]): Promise<void>;
  get(path: string): Promise<unknown>;
  close(): void;
}

/** Makes a connection to a data plane. */
export function createConnection(url: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  function send(method: 'GET' | 'POST', path: string, body: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(new URL(path, url), { agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`Expected status 200, got ${String(response.statusCode)}: ${text}`));
        });
        response.on('error', reject);
      });
      sent.on('error', reject).end(body);
    });
  }

  return {
    async putMessages(messages) {
      const encoded = messages.map(({ payload, ...message }) => ({
        ...message,
        payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
      }));
      const answer = await send('POST', '/inputs/messages', JSON.stringify({ messages: encoded }));
      const errors = (answer as { readonly BatchPutMessageErrorEntries: readonly object[] })
        .BatchPutMessageErrorEntries;
      if (errors.length > 0) throw new Error(`Expected no error entries, got ${JSON.stringify(errors)}`);
    },
    get: (path) => send('GET', path, ''),
    close: () => {
      agent.destroy();
    },
  };
}
