import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DetectorSnapshot,
  describeTimers,
  describeVariables,
  formatSnapshot,
  parseSnapshot,
} from '../../../src/engine/detector/snapshot.ts';
import { type JsonObject, type Scalar } from '../../../src/engine/json.ts';
import { anyJson } from '../arbitrary-json.ts';

const anyScalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.string({ unit: 'binary' }),
);
const anyName = fc.oneof(fc.string(), fc.constantFrom('__proto__', '7', 'constructor'));
const mapOf = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(anyName, value), { maxLength: 5 }).map((list) => new Map(list));

const anySnapshot: fc.Arbitrary<DetectorSnapshot> = fc.record({
  stateName: fc.string(),
  variables: mapOf(anyScalar),
  timers: mapOf(
    fc.record({
      firesAtMs: fc.nat({ max: 2 ** 52 }),
      durationSeconds: fc.nat({ max: 31_622_400 }),
      expired: fc.boolean(),
      checked: fc.boolean(),
    }),
  ),
  inputs: mapOf(fc.dictionary(fc.string(), anyJson, { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>),
});

const bare: DetectorSnapshot = { stateName: 'S', variables: new Map(), timers: new Map(), inputs: new Map() };

describe('formatSnapshot', () => {
  it('gives a text that parseSnapshot reads back, kinds included', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(parseSnapshot(formatSnapshot(snapshot))).toEqual(snapshot);
      }),
    );
  });

  it('leaves out what is empty', () => {
    expect(formatSnapshot(bare)).toBe('{"stateName":"S"}');
    const timer = { firesAtMs: 61_000, durationSeconds: 60, expired: false, checked: false };
    const full: DetectorSnapshot = {
      ...bare,
      variables: new Map<string, Scalar>([
        ['n', 1n],
        ['d', 1],
      ]),
      timers: new Map([['t', timer]]),
      inputs: new Map([['V', { v: null }]]),
    };
    expect(formatSnapshot(full)).toBe(
      '{"stateName":"S","variables":{"n":"#1","d":1},"timers":{"t":{"firesAtMs":61000,"durationSeconds":60}},"inputs":{"V":{"v":null}}}',
    );
  });
});

describe('parseSnapshot', () => {
  it.each(['[]', '{}', 'null', '{"stateName":1}'])('refuses %s', (text) => {
    expect(() => parseSnapshot(text)).toThrow('Expected a detector snapshot, got other JSON');
  });
});

describe('describeVariables', () => {
  it('writes strings with quotes inside the text and Decimals with a fraction', () => {
    const variables = new Map<string, Scalar>([
      ['s', '01'],
      ['d', 20],
      ['i', 20n],
      ['b', true],
      ['q', 'a"b'],
    ]);
    expect(describeVariables({ ...bare, variables })).toEqual([
      { name: 's', value: '"01"' },
      { name: 'd', value: '20.0' },
      { name: 'i', value: '20' },
      { name: 'b', value: 'true' },
      { name: 'q', value: '"a\\"b"' },
    ]);
  });
});

describe('describeTimers', () => {
  it('gives the time of expiry in whole seconds, expired timers included', () => {
    const timer = { firesAtMs: 1_557_520_454_405, durationSeconds: 180, expired: true, checked: true };
    expect(describeTimers({ ...bare, timers: new Map([['t', timer]]) })).toEqual([
      { name: 't', timestampMs: 1_557_520_454_000 },
    ]);
  });
});
