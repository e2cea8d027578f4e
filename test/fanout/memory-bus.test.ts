import { createMemoryHub } from '../../src/fanout/memory-bus.ts';
import { type CreateBusPlace } from '../contract/bus-place.ts';
import { describeLimits } from '../contract/bus-limits.ts';
import { describeTopics } from '../contract/bus-topics.ts';
import { createFakeScheduler } from '../fake-scheduler.ts';

const createPlace: CreateBusPlace = (limits) => {
  const clock = createFakeScheduler();
  const hub = createMemoryHub({ ...limits, clock });
  return { connect: () => Promise.resolve(hub.connect()), pass: (ms) => clock.advance(ms) };
};

describeTopics('memory', createPlace);
describeLimits('memory', createPlace);
