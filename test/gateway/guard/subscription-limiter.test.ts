import { expect, test } from 'vitest';
import { createMemoryHub } from '../../../src/fanout/memory-bus.ts';
import { createSubscriptionLimiter } from '../../../src/gateway/guard/subscription-limiter.ts';
import { createFakeScheduler, settle } from '../../fake-scheduler.ts';
import { createCuttableBus } from '../watch/cuttable-bus.ts';

const LIMITS = { maxSubscriptionsPerPrincipal: 2, maxSubscriptions: 3 };
const RATE_LIMITED = { extensions: { code: 'RATE_LIMITED' } };
const OVERLOADED = { extensions: { code: 'OVERLOADED' } };

/** Replicas that share their counts; each has timers of its own, so that one can die. */
function startReplicas() {
  const clock = createFakeScheduler();
  const hub = createMemoryHub({ clock, keepMs: 60_000, maxChanges: 10 });
  const start = () => {
    const bus = createCuttableBus(hub.connect());
    let isDead = false;
    const schedule = (delayMs: number, task: () => void) =>
      clock.schedule(delayMs, () => {
        if (!isDead) task();
      });
    const take = createSubscriptionLimiter(LIMITS, bus, { ...clock, schedule });
    return { take, bus, die: () => (isDead = true) };
  };
  return { one: start(), two: start(), clock };
}

test('a principal has at most so many over all replicas, and the place that one gives back the other can take', async () => {
  const { one, two, clock } = startReplicas();
  const giveBack = await one.take('ann');
  await two.take('ann');
  await expect(one.take('ann')).rejects.toMatchObject(RATE_LIMITED);
  await expect(two.take('ann')).rejects.toMatchObject(RATE_LIMITED);
  giveBack();
  await clock.advance(0);
  await two.take('ann');
  await expect(one.take('ann')).rejects.toMatchObject(RATE_LIMITED);
});

test('all principals together have at most so many over all replicas', async () => {
  const { one, two, clock } = startReplicas();
  const giveBack = await one.take('ann');
  await one.take('bob');
  await two.take('ann');
  await expect(two.take('eve')).rejects.toMatchObject(OVERLOADED);
  // What was refused holds no place.
  await clock.advance(0);
  giveBack();
  await clock.advance(0);
  await two.take('eve');
});

test('of those who ask at the same time no more are let in than there is room for', async () => {
  const { one, two } = startReplicas();
  const asked = await Promise.allSettled([one, two, one, two].map(({ take }) => take('ann')));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

test('a replica keeps its places for as long as it lives, and they are free when it has died', async () => {
  const { one, two, clock } = startReplicas();
  await one.take('ann');
  await one.take('ann');
  await clock.advance(60_000);
  await expect(two.take('ann')).rejects.toMatchObject(RATE_LIMITED);
  one.die();
  await clock.advance(15_000);
  await two.take('ann');
});

test('a replica that is cut off counts its own alone, and once it is back those of all count', async () => {
  const { one, two, clock } = startReplicas();
  await one.take('ann');
  await two.take('ann');
  two.bus.cut();
  const giveBack = await two.take('ann');
  await expect(two.take('ann')).rejects.toMatchObject(RATE_LIMITED);
  two.bus.mend();
  await clock.advance(5000);
  // Three are there: one has to go before another comes, and one more before there is room.
  await expect(one.take('ann')).rejects.toMatchObject(RATE_LIMITED);
  giveBack();
  await clock.advance(0);
  await expect(one.take('ann')).rejects.toMatchObject(RATE_LIMITED);
});

test('without others nothing is scheduled once the last has gone', async () => {
  const scheduler = createFakeScheduler();
  const take = createSubscriptionLimiter(LIMITS, null, scheduler);
  const places = [await take('ann'), await take('ann')];
  await expect(take('ann')).rejects.toMatchObject(RATE_LIMITED);
  for (const giveBack of places) giveBack();
  await settle();
  await scheduler.advance(5000);
  expect(scheduler.pending()).toBe(0);
});
