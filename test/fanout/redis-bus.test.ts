import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScheduler, systemClock } from '../../src/clock.ts';
import { type Bus, BusUnavailableError, createUniqueName } from '../../src/fanout/bus.ts';
import { type RedisBusOptions, startRedisBus } from '../../src/fanout/redis-bus.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type CreateBusPlace, hear, leaseOf, LONG_MS } from '../contract/bus-place.ts';
import { describeLimits } from '../contract/bus-limits.ts';
import { describeTopics } from '../contract/bus-topics.ts';
import { noRedisReason, type RunningRedis, startRedis } from './start-redis.ts';

const reading = { changes: [{ key: 'a', text: '1' }], atMs: 1000, fault: null };

function connect(url: string, options: Partial<RedisBusOptions> = {}): Promise<Bus> {
  return startRedisBus({
    url,
    namespace: 'test',
    deadlineMs: 10_000,
    keepMs: LONG_MS,
    maxChanges: 100,
    scheduler: createScheduler(systemClock),
    log: createLog({ level: 'silent', format: 'json' }),
    ...options,
  });
}

/** A client beside the bus, as an operator would use one. */
async function operator(url: string) {
  const client = await createClient({ url }).connect();
  return Object.assign(client, {
    [Symbol.dispose]() {
      client.destroy();
    },
  });
}

/** A replica of a Redis of its own, with a deadline short enough to wait for. */
async function startPair(...args: readonly string[]) {
  const redis = await startRedis(...args);
  const bus = await connect(redis.url, { deadlineMs: 1000 });
  return {
    redis,
    bus,
    async [Symbol.asyncDispose]() {
      bus.close();
      await redis[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(noRedisReason !== null)(
  `with Redis${noRedisReason === null ? '' : ` (skipped: ${noRedisReason})`}`,
  () => {
    let redis: RunningRedis;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis[Symbol.asyncDispose]());

    const createPlace: CreateBusPlace = (limits) => {
      const namespace = createUniqueName();
      return { connect: () => connect(redis.url, { ...limits, namespace }), pass: pause };
    };
    describeTopics('redis', createPlace);
    describeLimits('redis', createPlace);

    describe('keys', () => {
      test('namespaces know nothing of each other', async () => {
        const one = await connect(redis.url, { namespace: 'one' });
        const two = await connect(redis.url, { namespace: 'two' });
        await leaseOf(one, 't');
        expect(await two.read('t')).toBeNull();
        await leaseOf(two, 't');
        one.close();
        two.close();
      });

      test('all begin with the namespace, expire, and those of a topic lie together in a cluster', async () => {
        const namespace = createUniqueName();
        const bus = await connect(redis.url, { namespace });
        const lease = await leaseOf(bus, 'detector motor');
        await bus.append(lease, 0, reading, LONG_MS);
        await bus.append(lease, 1, { ...reading, changes: [{ key: 'a', text: '2' }] }, LONG_MS);
        await bus.want('detector motor', ['a'], LONG_MS);
        await bus.spend('ann', 1, { limit: 10, windowMs: LONG_MS });
        await bus.holdShare('ann', 1, 10, LONG_MS);
        bus.close();
        using client = await operator(redis.url);
        const keys = await client.keys(`${namespace}:*`);
        expect(keys.toSorted()).toEqual([
          `${namespace}:shares:{ann}`,
          `${namespace}:spent:{ann}`,
          `${namespace}:{detector motor}:log`,
          `${namespace}:{detector motor}:objects`,
          `${namespace}:{detector motor}:record`,
          `${namespace}:{detector motor}:wanted`,
        ]);
        for (const key of keys) expect(await client.pTTL(key)).toBeGreaterThan(0);
      });

      test('a record whose objects were evicted is lost as a whole; without its log its state is still there', async () => {
        const namespace = createUniqueName();
        const bus = await connect(redis.url, { namespace });
        using client = await operator(redis.url);
        const lease = await leaseOf(bus, 't');
        await bus.append(lease, 0, reading, LONG_MS);
        const { epoch } = lease;
        await bus.append(lease, 1, { ...reading, changes: [{ key: 'a', text: '2' }] }, LONG_MS);
        await client.del(`${namespace}:{t}:log`);
        expect(await bus.changesAfter('t', { epoch, sequence: 1 })).toBeNull();
        expect((await bus.read('t'))?.position).toEqual({ epoch, sequence: 2 });
        await client.del(`${namespace}:{t}:objects`);
        expect(await bus.read('t')).toBeNull();
        expect(await bus.changesAfter('t', { epoch, sequence: 2 })).toBeNull();
        expect(await bus.append(lease, 2, reading, LONG_MS)).toBeNull();
        const next = await leaseOf(bus, 't');
        expect(await bus.append(next, 0, reading, LONG_MS)).toEqual({ epoch: next.epoch, sequence: 1 });
        bus.close();
      });

      test('scripts that Redis has forgotten are sent again', async () => {
        const bus = await connect(redis.url);
        using client = await operator(redis.url);
        await bus.read('t');
        await client.scriptFlush();
        expect(await bus.read('t')).toBeNull();
        bus.close();
      });
    });

    describe('faults', () => {
      test('when Redis is killed calls are refused, and when it is back everything works, from another epoch on', async () => {
        await using pair = await startPair();
        const { bus } = pair;
        const heard = hear(bus, 't');
        const lost = await leaseOf(bus, 't');
        await bus.append(lost, 0, reading, LONG_MS);
        expect(await heard.next()).toBe('CHANGED');
        expect(bus.isConnected()).toBe(true);
        await pair.redis.kill();
        expect(await heard.next()).toBe('LOST');
        expect(bus.isConnected()).toBe(false);
        await expect(bus.read('t')).rejects.toBeInstanceOf(BusUnavailableError);
        await expect(bus.append(lost, 1, reading, LONG_MS)).rejects.toBeInstanceOf(BusUnavailableError);
        await expect(bus.spend('ann', 1, { limit: 1, windowMs: 1 })).rejects.toBeInstanceOf(BusUnavailableError);
        await pair.redis.restart();
        expect(await heard.next()).toBe('FOUND');
        expect(await bus.append(lost, 1, reading, LONG_MS)).toBeNull();
        const lease = await leaseOf(bus, 't');
        expect(lease.epoch).not.toBe(lost.epoch);
        expect(await bus.append(lease, 0, reading, LONG_MS)).toEqual({ epoch: lease.epoch, sequence: 1 });
        expect(await heard.next()).toBe('CHANGED');
      });

      test('a call that is under way when Redis is killed is refused', async () => {
        await using pair = await startPair();
        pair.redis.freeze();
        const calls = [pair.bus.read('t'), pair.bus.wanted('t')].map((call) => expect(call).rejects.toThrow('Redis'));
        await pair.redis.kill();
        await Promise.all(calls);
      });

      test('when Redis freezes a call is refused at its deadline, later ones at once, until Redis answers again', async () => {
        await using pair = await startPair();
        const heard = hear(pair.bus, 't');
        await pair.bus.read('t');
        pair.redis.freeze();
        await expect(pair.bus.read('t')).rejects.toThrow('Expected Redis to answer within 1000 ms, got nothing');
        expect(await heard.next()).toBe('LOST');
        await expect(pair.bus.read('t')).rejects.toThrow('Expected a connection to Redis, got none');
        pair.redis.thaw();
        expect(await heard.next()).toBe('FOUND');
        await leaseOf(pair.bus, 't');
      });

      test('a replica that only listens notices a frozen Redis by itself', async () => {
        await using pair = await startPair();
        const heard = hear(pair.bus, 't');
        await pair.bus.read('t');
        pair.redis.freeze();
        expect(await heard.next()).toBe('LOST');
        pair.redis.thaw();
        expect(await heard.next()).toBe('FOUND');
      });

      test('a replica that starts while Redis is down joins once it is up', async () => {
        await using pair = await startPair();
        await pair.redis.kill();
        const late = await connect(pair.redis.url, { deadlineMs: 1000 });
        const heard = hear(late, 't');
        await expect(late.read('t')).rejects.toBeInstanceOf(BusUnavailableError);
        await pair.redis.restart();
        let signal = await heard.next();
        while (signal !== 'FOUND') signal = await heard.next();
        expect(await late.read('t')).toBeNull();
        late.close();
      });

      test('a Redis without room for more refuses to write, and is read from as before', async () => {
        await using pair = await startPair();
        const lease = await leaseOf(pair.bus, 't');
        await pair.bus.append(lease, 0, reading, LONG_MS);
        using client = await operator(pair.redis.url);
        await client.configSet('maxmemory', '1');
        await expect(pair.bus.append(lease, 1, reading, LONG_MS)).rejects.toThrow('got a refusal');
        await client.configSet('maxmemory', '0');
        expect(await pair.bus.append(lease, 1, reading, LONG_MS)).not.toBeNull();
      });

      test('a primary that has become a replica is left for another connection', async () => {
        await using pair = await startPair();
        const heard = hear(pair.bus, 't');
        using client = await operator(pair.redis.url);
        await client.replicaOf('127.0.0.1', 1);
        await expect(pair.bus.acquire('t', LONG_MS)).rejects.toThrow('got a refusal');
        expect(await heard.next()).toBe('LOST');
        expect(await heard.next()).toBe('FOUND');
      });

      test('a holder whose record fell back behind it, as after a failover, is refused', async () => {
        await using pair = await startPair();
        const lease = await leaseOf(pair.bus, 't');
        await pair.bus.append(lease, 0, reading, LONG_MS);
        using client = await operator(pair.redis.url);
        await client.hSet('test:{t}:record', 'sequence', '0');
        expect(await pair.bus.append(lease, 1, reading, LONG_MS)).toBeNull();
      });
    });

    describe('the connection', () => {
      test('the password of the URL is used, and a wrong one never told', async () => {
        await using guarded = await startRedis('--requirepass', 'right');
        const bus = await connect(guarded.url.replace('//', '//:right@'));
        expect(await bus.read('t')).toBeNull();
        bus.close();
        const stranger = await connect(guarded.url.replace('//', '//:wrong-secret@'));
        await expect(stranger.read('t')).rejects.toThrow('Expected a connection to Redis, got none');
        stranger.close();
      });

      test('a URL that is none of Redis is refused without being told', async () => {
        for (const url of ['http://:secret@127.0.0.1', 'redis//secret']) {
          await expect(connect(url)).rejects.toThrow(/^Expected the URL of Redis to be redis.*, got something else$/);
        }
      });

      test('after close calls are refused', async () => {
        const bus = await connect(redis.url);
        const underWay = bus.read('t');
        bus.close();
        await expect(underWay).rejects.toBeInstanceOf(BusUnavailableError);
        await expect(bus.read('t')).rejects.toBeInstanceOf(BusUnavailableError);
      });
    });
  },
);
