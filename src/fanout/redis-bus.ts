import {
  type Bus,
  createUniqueName,
  type Position,
  type RecordLimits,
  type SharedLimits,
  type TopicChanges,
  type Topics,
} from './bus.ts';
import { type RedisConnection, type RedisConnectionOptions, startRedisConnection } from './redis-connection.ts';
import { type LogPart, readBoolean, readLogPart, readPosition, readPresent } from './redis-replies.ts';
import { createRedisSignals } from './redis-signals.ts';

/** What a bus through Redis is made with. */
export interface RedisBusOptions extends RedisConnectionOptions, RecordLimits {
  /** Replicas with the same namespace are one fleet: they watch the same upstream. Begins all keys and channels. */
  readonly namespace: string;
}

/**
 * Joins the replicas that use the same Redis (6.2 or newer, or Valkey; one primary) and namespace. Resolves after the first attempt
 * to connect; without a connection all calls reject at once until it is there.
 */
export async function startRedisBus(options: RedisBusOptions): Promise<Bus> {
  const connection = await startRedisConnection(options);
  const replica = createUniqueName();
  return {
    ...createTopics(connection, replica, options),
    ...createLimits(connection, replica, options.namespace),
    isConnected: connection.isConnected,
    close: connection.close,
  };
}

function createTopics(connection: RedisConnection, replica: string, options: RedisBusOptions): Topics {
  const { namespace, keepMs, maxChanges } = options;
  const { call } = connection;
  const { subscribe } = createRedisSignals(connection);
  const keyOf = (topic: string, part: string) => `${namespace}:{${topic}}:${part}`;
  const recordOf = (topic: string) => ['record', 'objects', 'log'].map((part) => keyOf(topic, part));
  const channelOf = (topic: string) => keyOf(topic, 'signals');

  return {
    async acquire(topic, ttlMs) {
      const epoch = createUniqueName();
      const args = [epoch, replica, ttlMs, keepMs];
      const expiresInMs = await call((client) => client.acquire(recordOf(topic), args));
      return expiresInMs > 0 ? { lease: null, expiresInMs } : { lease: { topic, epoch } };
    },
    renew: ({ topic, epoch }, ttlMs) =>
      call((client) => client.renew(recordOf(topic), [epoch, ttlMs, keepMs])).then(readBoolean),
    async release({ topic, epoch }) {
      await call((client) => client.release(recordOf(topic), [epoch, channelOf(topic)]));
    },
    append({ topic, epoch }, after, { changes, atMs, fault }, ttlMs) {
      const args = [epoch, after, ttlMs, keepMs, maxChanges, channelOf(topic), atMs, ...optional(fault)];
      for (const { key, text } of changes) args.push(key, ...optional(text));
      return call((client) => client.append(recordOf(topic), args)).then(readPosition);
    },
    read: (topic) => call((client) => client.read(recordOf(topic))).then(readPresent),
    async changesAfter(topic, position) {
      const part = readLogPart(await call((client) => client.readLog(recordOf(topic), [position.sequence])));
      return part && changesOf(part, position);
    },
    subscribe: (topic, listener) => subscribe(channelOf(topic), listener),
    async want(topic, keys, ttlMs) {
      await call((client) => client.want([keyOf(topic, 'wanted')], [ttlMs, channelOf(topic), ...keys]));
    },
    wanted: async (topic) => new Set(await call((client) => client.wanted([keyOf(topic, 'wanted')]))),
  };
}

function createLimits({ call }: RedisConnection, replica: string, namespace: string): SharedLimits {
  return {
    spend: (name, cost, { limit, windowMs }) =>
      call((client) => client.spend([`${namespace}:spent:{${name}}`], [cost, limit, windowMs])),
    holdShare: (name, count, limit, ttlMs) =>
      call((client) => client.holdShare([`${namespace}:shares:{${name}}`], [replica, count, limit, ttlMs])).then(
        readBoolean,
      ),
  };
}

/** Null if the log does not begin with the position, or has been evicted. */
function changesOf({ state, base, entries }: LogPart, position: Position): TopicChanges | null {
  const [first, ...rest] = entries;
  const changes = isSame(base, position) ? entries : rest;
  const isKnown = isSame(base, position) || (first !== undefined && isSame(first, position));
  return isKnown && position.sequence + changes.length === state.position.sequence ? { ...state, changes } : null;
}

function isSame(left: Position, right: Position): boolean {
  return left.epoch === right.epoch && left.sequence === right.sequence;
}

/** A text that may be null, as two arguments of a script. */
function optional(text: string | null): [hasText: number, text: string] {
  return text === null ? [0, ''] : [1, text];
}
