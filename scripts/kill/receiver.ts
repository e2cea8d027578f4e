import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What webhooks have brought; of each source the bodies in the order in which they came first. */
export interface Receiver {
  readonly url: string;
  /** While true everything is refused with 503, so that effects wait. */
  isDown: boolean;
  bodiesOf(source: string): readonly string[];
  close(): void;
}

/** Starts a receiver that drops what comes again under an id that it has accepted, as receivers are told to. */
export async function startReceiver(): Promise<Receiver> {
  const ids = new Set<string>();
  const bodies = new Map<string, string[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(receiver.isDown ? 503 : 204).end();
      const { 'ce-id': id, 'ce-source': source } = request.headers as Record<string, string>;
      if (receiver.isDown || id === undefined || source === undefined || ids.has(id)) return;
      ids.add(id);
      const own = bodies.get(source) ?? [];
      bodies.set(source, own);
      own.push(Buffer.concat(chunks).toString());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    isDown: false,
    bodiesOf: (source) => bodies.get(source) ?? [],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
