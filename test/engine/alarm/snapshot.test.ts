import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmSnapshot, formatAlarmSnapshot, parseAlarmSnapshot } from '../../../src/engine/alarm/snapshot.ts';
import { type JsonObject, type Scalar } from '../../../src/engine/json.ts';
import { anyJson } from '../arbitrary-json.ts';

const side: fc.Arbitrary<Scalar> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
);
const anySnapshot: fc.Arbitrary<AlarmSnapshot> = fc.record({
  stateName: fc.constantFrom('DISABLED', 'NORMAL', 'ACTIVE', 'ACKNOWLEDGED', 'SNOOZE_DISABLED', 'LATCHED'),
  inputs: fc
    .dictionary(fc.string(), fc.dictionary(fc.string(), anyJson, { maxKeys: 3, noNullPrototype: true }), {
      noNullPrototype: true,
    })
    .map((inputs) => new Map(Object.entries(inputs) as [string, JsonObject][])),
  ruleEvaluation: fc.option(fc.record({ inputProperty: side, threshold: side })),
  stateCause: fc.oneof(
    fc.constant(null),
    fc.constant('SNOOZE_TIMEOUT' as const),
    fc.record({
      actionName: fc.constantFrom('ACKNOWLEDGE', 'DISABLE', 'ENABLE', 'RESET', 'SNOOZE'),
      note: fc.option(fc.string({ unit: 'binary' })),
      snoozeDuration: fc.option(fc.nat()),
    }),
  ),
  snoozeEndsAtMs: fc.option(fc.nat({ max: 2 ** 52 })),
});

describe('formatAlarmSnapshot', () => {
  it('gives a text that parseAlarmSnapshot reads back, kinds included', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(parseAlarmSnapshot(formatAlarmSnapshot(snapshot))).toEqual(snapshot);
      }),
    );
  });
});

describe('parseAlarmSnapshot', () => {
  it.each(['[]', '{}', 'null', '{"stateName":"NORMAL"}'])('refuses %s', (text) => {
    expect(() => parseAlarmSnapshot(text)).toThrow('Expected an alarm snapshot, got other JSON');
  });
});
