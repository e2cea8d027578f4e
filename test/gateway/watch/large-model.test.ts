import { parse } from 'graphql';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createDeliveryCounters } from '../../../src/gateway/delivery-counters.ts';
import { createExecution } from '../../../src/gateway/execution.ts';
import { createSchema } from '../../../src/gateway/schema.ts';
import { createTally } from '../../../src/gateway/tally.ts';
import { settle } from '../../fake-scheduler.ts';
import { createModelWatches, INTERVAL_MS } from './model-watches.ts';

const DETECTORS = 10_000;

/** What subscribers of one gateway get of a model with 10,000 detectors. */
function setUp() {
  const { scheduler, model, watches } = createModelWatches(DETECTORS);
  const { upstream } = model;
  const join = { keyTemplate: '{deviceName}', detectorModelNames: [], alarmModelNames: [] };
  const shared = { upstream, watches, join, clock: scheduler, heartbeatIntervalMs: 60_000, maxBatchEntries: 10 };
  const execution = createExecution({
    shared,
    deadlineMs: 60_000,
    introspection: false,
    debugExtensions: false,
    takeSubscription: () => Promise.resolve(() => undefined),
    counters: createDeliveryCounters(),
    inFlight: createTally(),
    log: pino({ level: 'silent' }),
  });
  const schema = createSchema();
  function subscribe(fields: string, after: string | null) {
    const payloads = execution({
      schema,
      document: parse(`subscription Q($after: String) {
        change: detectorsChanged(detectorModelName: "motor", after: $after) { cursor ${fields} } }`),
      variableValues: { after },
      requestId: 'test',
      clientAddress: '127.0.0.1',
      principal: 'test',
    });
    const changes: { readonly cursor: string; readonly detector?: unknown }[] = [];
    void (async () => {
      for await (const { text } of payloads)
        changes.push((JSON.parse(text) as { data: { change: { cursor: string } } }).data.change);
    })();
    return { changes, stop: async () => payloads.return?.() };
  }
  return { scheduler, model, subscribe };
}

const VARIABLES = 'detector { state { variables { value } } }';

test('in steady state a round of 10,000 detectors is 40 list calls, and one description for each that changed if it is asked for', async () => {
  const { scheduler, model, subscribe } = setUp();
  const first = subscribe('kind', null);
  await expect.poll(() => first.changes.length).toBe(DETECTORS);
  const { cursor = '' } = first.changes.at(-1) ?? {};
  model.taken();

  const lists = Array.from({ length: 40 }, () => 'list');
  await scheduler.advance(3 * INTERVAL_MS);
  expect(model.taken()).toEqual([...lists, ...lists, ...lists]);

  const changed = ['d17', 'd4711', 'd9999'];
  for (const key of changed) model.put(key, 'hot');
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken()).toEqual(lists);

  const detailed = [subscribe(VARIABLES, cursor), subscribe(VARIABLES, cursor)];
  await settle();
  expect(model.taken().toSorted()).toEqual(changed.map((key) => `describe ${key}`));
  for (const key of changed) model.put(key, 'on');
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken()).toEqual([...lists, ...changed.map((key) => `describe ${key}`)]);
  for (const { changes } of detailed) {
    expect(changes.map(({ detector }) => detector)).not.toContain(null);
    expect(changes).toHaveLength(6);
  }
  await Promise.all([first, ...detailed].map(({ stop }) => stop()));
  await scheduler.advance(10 * INTERVAL_MS);
  expect(model.taken()).toEqual([]);
});
