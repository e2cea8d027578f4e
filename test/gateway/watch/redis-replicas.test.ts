import { type Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createScheduler, systemClock } from '../../../src/clock.ts';
import { startRedisBus } from '../../../src/fanout/redis-bus.ts';
import { type GatewayLimits } from '../../../src/gateway/server.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { noRedisReason, type RunningRedis, startRedis } from '../../fanout/start-redis.ts';
import { answerTo, connect, refusalOf, resultOf, startTestGateway } from '../server/start-test-gateway.ts';
import { upstreamAt } from '../upstream/with-upstream.ts';
import { WATCHING } from './watch-settings.ts';

interface Change {
  readonly cursor: string;
  readonly kind: string;
  readonly keyValue: string | null;
  readonly detector: { readonly state: { readonly stateName: string } } | null;
}

/** Each message leads to the next state: `S1`, `S2` and so on. */
const STATES = 20;
const MODEL = {
  detectorModelName: 'counter',
  key: 'motorid',
  evaluationMethod: 'SERIAL',
  roleArn: 'arn:aws:iam::123456789012:role/test',
  detectorModelDefinition: {
    initialStateName: 'S0',
    states: Array.from({ length: STATES }, (_, index) => ({
      stateName: `S${index}`,
      onInput: {
        transitionEvents: [
          {
            eventName: 'count',
            condition: '$input.PressureInput.sensorData.pressure > 0',
            nextState: `S${(index + 1) % STATES}`,
          },
        ],
      },
    })),
  },
};
const INPUT = {
  inputName: 'PressureInput',
  inputDefinition: { attributes: [{ jsonPath: 'motorid' }, { jsonPath: 'sensorData.pressure' }] },
};
const FIELDS = 'cursor kind keyValue detector { state { stateName } }';
const ONE = `subscription Q($key: String!, $after: String) {
  change: detectorChanged(detectorModelName: "counter", keyValue: $key, after: $after) { ${FIELDS} } }`;
const ALL = `subscription Q($after: String) { change: detectorsChanged(detectorModelName: "counter", after: $after) { ${FIELDS} } }`;

/** The events of a subscription as they come. */
function follow(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const changes: Change[] = [];
  let wake: () => void = () => undefined;
  const stop = client.subscribe<{ change: Change }>(
    { query, variables },
    {
      next({ data }) {
        if (data) changes.push(data.change);
        wake();
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return {
    changes,
    stop,
    /** Resolves when so many counts were told of a key. */
    reached: async (keyValue: string, count: number) => {
      const isThere = () => changes.some((change) => change.keyValue === keyValue && countOf(change) === count);
      while (!isThere()) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

function countOf({ detector }: Change): number | null {
  return detector && Number(detector.state.stateName.slice(1));
}

function isPoll(line: Readonly<Record<string, unknown>>): boolean {
  return line['msg'] === 'polled';
}

async function readiness(url: string) {
  const response = await fetch(new URL('/readyz', url));
  const { replicas } = (await response.json()) as { replicas: string };
  return { status: response.status, replicas };
}

/** No count is told twice or goes back, but for what comes anew after a GAP, and no two events have the same cursor. */
function expectHonest(changes: readonly Change[]): void {
  expect(new Set(changes.map(({ cursor }) => cursor)).size).toBe(changes.length);
  const counts = new Map<string, number>();
  for (const change of changes) {
    const key = change.keyValue ?? '';
    const count = countOf(change);
    if (change.kind === 'GAP') counts.clear();
    if (count === null) continue;
    const before = counts.get(key);
    if (before !== undefined) expect(count).toBeGreaterThan(before);
    counts.set(key, count);
  }
}

describe.skipIf(noRedisReason !== null)(
  `gateways on one Redis${noRedisReason === null ? '' : ` (skipped: ${noRedisReason})`}`,
  () => {
    let redis: RunningRedis;
    beforeEach(async () => {
      redis = await startRedis();
    });
    afterEach(() => redis[Symbol.asyncDispose]());

    async function startBus() {
      const bus = await startRedisBus({
        url: redis.url,
        namespace: 'test',
        deadlineMs: 500,
        keepMs: 120_000,
        maxChanges: 1000,
        scheduler: createScheduler(systemClock),
        log: createLog({ level: 'silent', format: 'json' }),
      });
      onTestFinished(() => {
        bus.close();
      });
      return bus;
    }

    /** Two gateways in front of one data plane. */
    async function startPair(limits: Partial<GatewayLimits> = {}) {
      // A lease long enough for a machine that is busy.
      const watching = { ...WATCHING, pollIntervalMs: 300, pollMaxIntervalMs: 300 };
      const one = await startTestGateway({ resources: [INPUT, MODEL], watching, limits, bus: await startBus() });
      const two = await startTestGateway({
        upstream: upstreamAt(one.endpoint),
        watching,
        limits,
        bus: await startBus(),
      });
      const counts = new Map<string, number>();
      return {
        one,
        two,
        /** Sends a message to a detector, whose count then is what is given back. */
        bump: async (motorid: string) => {
          const count = (counts.get(motorid) ?? 0) + 1;
          counts.set(motorid, count);
          const query =
            'mutation Put($messages: [MessageInput!]!) { putMessages(input: { messages: $messages }) { results { ok } } }';
          const messages = [{ inputName: 'PressureInput', payload: { motorid, sensorData: { pressure: 1 } } }];
          const answer = await answerTo(one.url, query, { messages });
          expect(answer).toEqual({ data: { putMessages: { results: [{ ok: true }] } } });
          return count;
        },
        /** Resolves when five polls have been made by one of them alone. */
        onePolls: async () => {
          const pollers = async () => {
            const before = [one, two].map(({ lines }) => lines.length);
            const polls = () => [one, two].map(({ lines }, index) => lines.slice(before[index]).filter(isPoll).length);
            await expect
              .poll(() => polls().reduce((sum, count) => sum + count), { timeout: 10_000 })
              .toBeGreaterThan(4);
            return polls().filter((count) => count > 0).length;
          };
          await expect.poll(pollers, { timeout: 15_000 }).toBe(1);
        },
      };
    }

    test('one of them polls for both, and each change reaches the clients of both with the same cursor', async () => {
      const { one, two, bump, onePolls } = await startPair();
      const followers = [follow(connect(one.url), ALL), follow(connect(two.url), ALL), follow(connect(two.url), ALL)];
      await bump('m1');
      await Promise.all(followers.map(({ reached }) => reached('m1', 1)));
      const count = await bump('m1');
      await Promise.all(followers.map(({ reached }) => reached('m1', count)));
      const [first, ...others] = followers.map(({ changes }) => changes.at(-1)?.cursor);
      expect(others).toEqual([first, first]);
      await onePolls();
    });

    test('a cursor of one goes on at the other, without a gap, in order and with nothing twice', async () => {
      const { one, two, bump } = await startPair();
      await bump('m1');
      const client = connect(one.url);
      const first = follow(client, ONE, { key: 'm1' });
      await first.reached('m1', 1);
      for (let turn = 0; turn < 3; turn += 1) await first.reached('m1', await bump('m1'));
      const other = follow(connect(two.url), ALL);
      await other.reached('m1', 4);
      client.terminate();
      await bump('m2');
      await bump('m1');
      const [, second] = first.changes;
      const again = follow(connect(two.url), ONE, { key: 'm1', after: second?.cursor });
      await again.reached('m1', 5);
      expect(again.changes.map((change) => [change.kind, countOf(change)])).toEqual([
        ['UPDATED', 3],
        ['UPDATED', 4],
        ['UPDATED', 5],
      ]);
      expect(again.changes.slice(0, 2).map(({ cursor }) => cursor)).toEqual(
        first.changes.slice(2).map(({ cursor }) => cursor),
      );
    });

    test('when the one that polls is closed the other takes over', async () => {
      const { one, two, bump } = await startPair();
      await bump('m1');
      const second = follow(connect(two.url), ONE, { key: 'm1' });
      await second.reached('m1', 1);
      const first = follow(connect(one.url), ALL);
      await first.reached('m1', 1);
      const count = await bump('m1');
      await two.gateway.close();
      await first.reached('m1', count);
      await first.reached('m1', await bump('m1'));
      expectHonest(first.changes);
    });

    test('whatever becomes of Redis, each client is told the truth, and afterwards one polls for both again', async () => {
      const { one, two, bump, onePolls } = await startPair();
      await bump('m1');
      await bump('m2');
      const queries = [ALL, ONE] as const;
      const followers = [one, two].flatMap(({ url }) =>
        queries.map((query) => follow(connect(url), query, query === ONE ? { key: 'm1' } : {})),
      );
      const allReach = (count: number) => Promise.all(followers.map(({ reached }) => reached('m1', count)));
      await allReach(1);
      const bothAre = (state: string) =>
        expect
          .poll(() => Promise.all([one, two].map(async ({ url }) => (await readiness(url)).replicas)), {
            timeout: 10_000,
          })
          .toEqual([state, state]);
      const faults = [
        { begin: () => redis.kill(), end: () => redis.restart() },
        {
          begin: async () => {
            redis.freeze();
            // Until nothing is sent to it any more.
            await bothAre('cut off');
          },
          end: () => {
            redis.thaw();
            return bothAre('ok');
          },
        },
      ];
      for (const { begin, end } of faults) {
        await begin();
        for (let turn = 0; turn < 3; turn += 1) await allReach(await bump('m1'));
        await bump('m2');
        await end();
        for (let turn = 0; turn < 3; turn += 1) await allReach(await bump('m1'));
      }
      await onePolls();
      await allReach(await bump('m1'));
      for (const { changes } of followers) {
        expectHonest(changes);
        expect(changes.some(({ kind }) => kind === 'GAP')).toBe(false);
      }
      const newest = followers
        .filter((_follower, index) => index % 2 === 1)
        .map(({ changes }) => changes.at(-1)?.cursor);
      expect(newest[0]).toBe(newest[1]);
    });

    test('one principal has at most so many subscriptions over both, and without Redis so many at each', async () => {
      const { one, two } = await startPair({ maxSubscriptionsPerPrincipal: 1 });
      const variables = { key: 'm1' };
      const ask = (url: string) => resultOf(connect(url), ONE, variables);
      const watch = connect(one.url).iterate({ query: ONE, variables });
      await watch.next();
      expect((await refusalOf(connect(two.url), ONE, variables))[0]?.extensions['code']).toBe('RATE_LIMITED');
      await watch.return?.();
      await expect.poll(() => ask(two.url).catch(() => null), { timeout: 5000 }).toMatchObject({ data: {} });
      await redis.kill();
      await expect.poll(() => ask(one.url).catch(() => null), { timeout: 5000 }).toMatchObject({ data: {} });
    });

    test('a replica tells whether it is cut off, and is ready all the same', async () => {
      const { one } = await startPair();
      const ready = () => readiness(one.url);
      expect(await ready()).toEqual({ status: 200, replicas: 'ok' });
      await redis.kill();
      await expect.poll(ready).toEqual({ status: 200, replicas: 'cut off' });
      await redis.restart();
      await expect.poll(ready, { timeout: 10_000 }).toEqual({ status: 200, replicas: 'ok' });
    });
  },
);
