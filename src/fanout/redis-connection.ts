import { createClient } from '@redis/client';
import { type Scheduler } from '../clock.ts';
import { type Log } from '../telemetry/log.ts';
import { BusUnavailableError } from './bus.ts';
import { REDIS_SCRIPTS } from './redis-scripts.ts';

/** How Redis is reached. */
export interface RedisConnectionOptions {
  /** `redis[s]://[[username][:password]@]host[:port][/database]`. */
  readonly url: string;
  /** For every call, and for connecting. */
  readonly deadlineMs: number;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

/** One connection for calls and signals, so that Redis performs them in the order in which they were asked for. */
export interface RedisConnection {
  /** Rejects with a BusUnavailableError: at once without a connection, after the deadline, or because Redis refuses. */
  readonly call: <Reply>(command: (client: RedisClient) => Promise<Reply>) => Promise<Reply>;
  /** Hears of the connection being lost, and found again. */
  readonly onChange: (listener: (change: 'LOST' | 'FOUND') => void) => void;
  /** Whether there is one that answers. */
  readonly isConnected: () => boolean;
  readonly close: () => void;
}

type RedisClient = ReturnType<typeof createRedisClient>;

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2000;

/**
 * Connects, and again whenever the connection is lost: closed, or a call or the regular ping was not answered within the deadline.
 * Resolves after the first attempt, whatever came of it. Rejects if the URL is none of Redis.
 */
export async function startRedisConnection(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { scheduler, deadlineMs, log } = options;
  const template = createTemplate(options);
  const listeners: ((change: 'LOST' | 'FOUND') => void)[] = [];
  /** Null while there is none that answers. */
  let current: RedisClient | null = null;
  let failures = 0;
  let closed = false;
  let cancelNext: () => void = () => undefined;

  async function connect(): Promise<void> {
    const client = template.duplicate();
    client.on('end', () => {
      lose(client, new Error('Redis closed the connection'));
    });
    try {
      await open(client, options);
    } catch (error) {
      if (failures === 0) log.warn({ err: error }, 'Redis cannot be reached and is tried until it can');
      retry();
      return;
    }
    if (closed) end(client);
    else use(client);
  }

  function use(client: RedisClient): void {
    current = client;
    log.info('connected to Redis');
    for (const listener of listeners) listener('FOUND');
    cancelNext = scheduler.schedule(deadlineMs, () => void beat(client));
  }

  /** Notices a connection that is dead without having been closed. */
  async function beat(client: RedisClient): Promise<void> {
    try {
      await call(() => client.ping());
      failures = 0;
      if (client === current) cancelNext = scheduler.schedule(deadlineMs, () => void beat(client));
    } catch (error) {
      lose(client, error);
    }
  }

  function lose(client: RedisClient, error: unknown): void {
    if (client !== current) return;
    current = null;
    cancelNext();
    end(client);
    log.warn({ err: error }, 'the connection to Redis is lost');
    for (const listener of listeners) listener('LOST');
    retry();
  }

  function retry(): void {
    if (closed) return;
    const pauseMs = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** failures) * (0.5 + scheduler.random() / 2);
    failures += 1;
    cancelNext = scheduler.schedule(pauseMs, () => void connect());
  }

  async function call<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    const client = current;
    if (client === null) throw new BusUnavailableError('Expected a connection to Redis, got none');
    try {
      return await withinDeadline(command(client), options);
    } catch (error) {
      // Too late; or a primary that has become a replica, and the next connection may lead to the new one.
      if (error instanceof BusUnavailableError || String(error).includes('READONLY')) lose(client, error);
      if (error instanceof BusUnavailableError) throw error;
      throw new BusUnavailableError('Expected Redis to perform the call, got a refusal', { cause: error });
    }
  }

  await connect();
  return {
    call,
    onChange: (listener) => void listeners.push(listener),
    isConnected: () => current !== null,
    close() {
      closed = true;
      cancelNext();
      const client = current;
      current = null;
      if (client) end(client);
    },
  };
}

/** Neither queues nor reconnects: what is asked for meanwhile is out of date by the time there is a connection again. */
function createRedisClient({ url, deadlineMs }: RedisConnectionOptions) {
  return createClient({
    url,
    name: 'fleetgraph',
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: deadlineMs, reconnectStrategy: false },
    scripts: REDIS_SCRIPTS,
  });
}

/** Every connection is a duplicate of it, so that a URL that is none is told before the first attempt. */
function createTemplate(options: RedisConnectionOptions): RedisClient {
  try {
    return createRedisClient(options);
  } catch {
    // Without the cause: it holds the URL, and that may hold a password.
    throw new TypeError('Expected the URL of Redis to be redis://host or rediss://host, got something else');
  }
}

/** Rejects, with the client ended, if Redis is not there or does not answer. */
async function open(client: RedisClient, options: RedisConnectionOptions): Promise<void> {
  // Without a listener an error would be thrown. What follows from it is told by `end` and by the calls.
  client.on('error', () => undefined);
  try {
    // A Redis that still loads its data lets connect, but does not answer.
    await withinDeadline(
      client.connect().then(() => client.ping()),
      options,
    );
  } catch (error) {
    end(client);
    throw error;
  }
}

/** Rejects as the answer does, or with a BusUnavailableError after the deadline. */
function withinDeadline<Reply>(
  answer: Promise<Reply>,
  { scheduler, deadlineMs }: RedisConnectionOptions,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const cancel = scheduler.schedule(deadlineMs, () => {
      // An answer that arrived while this process was busy is read first.
      setImmediate(() => {
        reject(new BusUnavailableError(`Expected Redis to answer within ${deadlineMs} ms, got nothing`));
      });
    });
    answer.then(resolve, reject).finally(cancel);
  });
}

function end(client: RedisClient): void {
  if (client.isOpen) client.destroy();
}
