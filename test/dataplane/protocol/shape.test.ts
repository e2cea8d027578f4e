import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blob,
  double,
  integer,
  list,
  long,
  oneOf,
  parseJson,
  readShape,
  type Shape,
  string,
  structure,
  timestamp,
  violationsText,
} from '../../../src/dataplane/protocol/shape.ts';

function refusal(shape: Shape<unknown>, value: unknown): string {
  const result = readShape(shape, value);
  return result.ok ? 'not refused' : violationsText(result.violations);
}

const message = structure(
  { messageId: string({ min: 1, max: 64, pattern: '^[a-zA-Z0-9_-]+$' }), payload: blob },
  { timestamp: structure({}, { timeInMillis: long({ min: 1n }) }) },
);
const batch = structure({ messages: list(message, { min: 1, max: 10 }) });

describe('structures', () => {
  test('absent and null optional members are null, unknown members are dropped', () => {
    const read = readShape(message, { messageId: 'm1', payload: 'e30=', timestamp: null, extra: [1] });
    expect(read).toEqual({ ok: true, value: { messageId: 'm1', payload: Buffer.from('{}'), timestamp: null } });
  });

  test('a member is never taken from the prototype', () => {
    const text = structure({ toString: string() }, { constructor: string() });
    expect(refusal(text, {})).toBe(
      "1 validation error detected: Value null at 'toString' failed to satisfy constraint: Member must not be null",
    );
  });

  test('every violation is told, in AWS words, with list entries counted from 1', () => {
    const request = { messages: [{ messageId: 'a b' }, { messageId: 'ok', payload: 'e30=' }, { payload: 'e30=' }] };
    expect(refusal(batch, request)).toBe(
      '3 validation errors detected: ' +
        "Value 'a b' at 'messages.1.member.messageId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$; " +
        "Value null at 'messages.1.member.payload' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'messages.3.member.messageId' failed to satisfy constraint: Member must not be null",
    );
  });

  test('a violation holds its path, for those who write places in another way', () => {
    const result = readShape(batch, { messages: [{ messageId: 'm', payload: 'e30=', timestamp: 7 }] });
    expect(result).toMatchObject({ violations: [{ path: ['messages', 0, 'timestamp'], kind: 'type' }] });
  });

  test.each([null, undefined])('%s in place of the whole is refused', (value) => {
    expect(refusal(batch, value)).toBe(
      '1 validation error detected: Value null failed to satisfy constraint: Member must not be null',
    );
  });
});

describe('messages', () => {
  test('a long value is cut', () => {
    const text = refusal(string({ max: 3 }), 'x'.repeat(5000));
    expect(text).toContain(
      `Value '${'x'.repeat(128)}...' failed to satisfy constraint: Member must have length less than`,
    );
  });

  test('of many violations ten are spelled out and all are counted', () => {
    const text = refusal(list(string()), new Array(500).fill(7));
    expect(text).toMatch(/^500 validation errors detected: /);
    expect(text.match(/Member must be/g)).toHaveLength(10);
  });

  test('a text that is no base64 is not repeated', () => {
    expect(refusal(message, { messageId: 'm', payload: 'secret!' })).not.toContain('secret');
  });
});

describe('strings', () => {
  test('lengths count code points', () => {
    expect(readShape(string({ max: 2 }), '🔥🔥').ok).toBe(true);
    expect(readShape(string({ max: 2 }), '🔥🔥🔥').ok).toBe(false);
    expect(readShape(string({ max: 2 }), '\ud83d\ud83d\ud83d').ok).toBe(false);
  });

  test('the pattern has to match the whole text, without a trailing newline', () => {
    const version = string({ pattern: '[a-zA-Z0-9\\ \\_\\.]+' });
    expect(readShape(version, '1.0 beta_2').ok).toBe(true);
    expect(readShape(version, '1.0!').ok).toBe(false);
    expect(readShape(string({ pattern: '^[a-z]+$' }), 'a\n').ok).toBe(false);
  });

  test('an enum takes its own spelling only', () => {
    const state = oneOf(['DEPLOY', 'UNDEPLOY']);
    expect(readShape(state, 'UNDEPLOY')).toEqual({ ok: true, value: 'UNDEPLOY' });
    expect(refusal(state, 'deploy')).toContain(
      "Value 'deploy' failed to satisfy constraint: Member must satisfy enum value set: [DEPLOY, UNDEPLOY]",
    );
  });
});

describe('numbers', () => {
  test.each([1.5, '1', true, 2 ** 31, -(2 ** 31) - 1, Number.NaN, [], {}])('%j is no 32-bit integer', (value) => {
    expect(readShape(integer(), value)).toMatchObject({ ok: false, violations: [{ kind: 'type' }] });
  });

  test('bounds are inclusive', () => {
    const size = integer({ min: 1, max: 250 });
    expect([0, 1, 250, 251].map((value) => readShape(size, value).ok)).toEqual([false, true, true, false]);
  });

  test('a long is exact to 2^63-1 and refused beyond', () => {
    const at = (text: string) => readShape(long({ min: 1n }), parseJson(text));
    expect(at('9223372036854775807')).toEqual({ ok: true, value: 9223372036854775807n });
    expect(at('9223372036854775808').ok).toBe(false);
    expect(at('9007199254740993')).toEqual({ ok: true, value: 9007199254740993n });
    expect(at('1557520274405')).toEqual({ ok: true, value: 1557520274405n });
    expect(at('0').ok).toBe(false);
    expect(at('1.5').ok).toBe(false);
  });

  test('a timestamp is epoch seconds, read as epoch milliseconds', () => {
    expect(readShape(timestamp, 1557520274.405)).toEqual({ ok: true, value: 1557520274405 });
    expect(readShape(timestamp, '2019-05-10T20:31:14Z').ok).toBe(false);
  });

  test('a double may be one of the texts that SDKs write for what JSON cannot', () => {
    expect(readShape(double, '-Infinity')).toEqual({ ok: true, value: -Infinity });
    expect(readShape(double, 'NaN')).toEqual({ ok: true, value: Number.NaN });
    expect(readShape(double, '1').ok).toBe(false);
  });
});

describe('laws', () => {
  test('every byte string comes back from its base64, with or without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        for (const spelled of [text, text.replace(/=+$/, '')]) {
          expect(readShape(blob, spelled)).toEqual({ ok: true, value: Buffer.from(bytes) });
        }
      }),
    );
  });

  test('JSON is read as JSON.parse reads it, but that long integers are exact', () => {
    const rounded = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.stringify(parseJson(text), rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test('no JSON value makes reading throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readShape(batch, value)).toHaveProperty('ok');
      }),
    );
  });
});
