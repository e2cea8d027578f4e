import { parse } from 'graphql';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type ContextShared } from '../../../src/gateway/context.ts';
import { createEventPayloads } from '../../../src/gateway/event-payloads.ts';
import { createSchema } from '../../../src/gateway/schema.ts';
import { type WatchEvent } from '../../../src/gateway/watch/follow.ts';
import { type Log } from '../../../src/telemetry/log.ts';
import { createModelWatches } from '../watch/model-watches.ts';
import { createTestLog } from '../../test-log.ts';

function createPayloads(log: Log = pino({ level: 'silent' })) {
  const { scheduler, model, watches } = createModelWatches(1);
  const shared: ContextShared = {
    upstream: model.upstream,
    watches,
    join: { keyTemplate: '{deviceName}', detectorModelNames: [], alarmModelNames: [] },
    clock: scheduler,
    heartbeatIntervalMs: 60_000,
    maxBatchEntries: 10,
  };
  const payloadsFor = createEventPayloads({
    shared,
    deadlineMs: 60_000,
    hideSuggestions: true,
    counters: { executions: 0 },
    log,
  });
  const schema = createSchema();
  const document = parse(`
    subscription Q($model: String = "motor", $after: String, $long: Boolean = true) {
      detectorsChanged(detectorModelName: $model, after: $after) { detectorModelName previousStateName cursor @include(if: $long) ...F }
    }
    subscription Other { detectorsChanged(detectorModelName: "other") { detectorModelName } }
    fragment F on DetectorChange { kind }`);
  return (variableValues: Record<string, unknown>, operationName = 'Q') =>
    payloadsFor({ schema, document, operationName, variableValues, requestId: 'test' });
}

function anEvent(): WatchEvent<object> {
  return { cursor: 'c', kind: 'GAP', previous: null, item: null, observedAtMs: 0, conflated: false };
}

test('a payload is made once for all that ask the same of one event', async () => {
  const payloadsFor = createPayloads();
  const event = anEvent();
  const first = payloadsFor({})(event);
  expect(payloadsFor({})(event)).toBe(first);
  expect(JSON.parse((await first).text)).toEqual({
    data: { detectorsChanged: { detectorModelName: 'motor', previousStateName: null, cursor: 'c', kind: 'GAP' } },
  });
  expect(payloadsFor({})(anEvent())).not.toBe(first);
});

test('who comes back with a cursor shares with those who stayed', () => {
  const payloadsFor = createPayloads();
  const event = anEvent();
  expect(payloadsFor({ after: 'x' })(event)).toBe(payloadsFor({})(event));
});

test('other variables, none in place of null, or another operation of a document have payloads of their own', async () => {
  const payloadsFor = createPayloads();
  const event = anEvent();
  const payloads = [
    payloadsFor({}),
    payloadsFor({ model: 'pump' }),
    payloadsFor({ model: null }),
    payloadsFor({ long: false }),
    payloadsFor({}, 'Other'),
  ].map((payloadOf) => payloadOf(event));
  expect(new Set(payloads).size).toBe(payloads.length);
  expect(new Set((await Promise.all(payloads)).map(({ text }) => text)).size).toBe(payloads.length);
});

test('a fault that costs all subscribers of an event their answer is logged once', async () => {
  const { log, lines } = createTestLog();
  const payloadsFor = createPayloads(log);
  const item = {
    get stateName() {
      throw new Error('secret');
    },
  };
  const event = { ...anEvent(), previous: item };
  const payloads = await Promise.all(Array.from({ length: 100 }, () => payloadsFor({})(event)));
  expect(new Set(payloads.map(({ codes }) => codes))).toEqual(new Set([['INTERNAL_SERVER_ERROR']]));
  expect(payloads[0]?.text).not.toContain('secret');
  expect(lines.map((line) => line['msg'])).toEqual(['internal server error']);
});
