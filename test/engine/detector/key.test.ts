import { describe, expect, it } from 'vitest';
import { resolveKey } from '../../../src/engine/detector/key.ts';
import { type JsonObject, parseJson } from '../../../src/engine/json.ts';
import { modelOf } from './models.ts';

const states = [{ stateName: 'S', onInput: { events: [{ eventName: 'e', condition: '$input.V.v > 0' }] } }];
const resolve = (key: string | undefined, payload: string) =>
  resolveKey(modelOf(states, { key }), parseJson(payload) as JsonObject);

describe('resolveKey', () => {
  it.each([
    ['id', '{"id":"a:1-x_Y"}', 'a:1-x_Y'],
    ['id', '{"id":12}', '12'],
    ['id', '{"id":true}', 'true'],
    ['data.`motor id`', '{"data":{"motor id":"m"}}', 'm'],
    ['__proto__', '{"__proto__":"p"}', 'p'],
  ])('takes the value at %s of %s', (key, payload, keyValue) => {
    expect(resolve(key, payload)).toEqual({ ok: true, keyValue });
  });

  it('is null for a model without key, whatever the payload', () => {
    expect(resolve(undefined, '{"id":"a"}')).toEqual({ ok: true, keyValue: null });
  });

  it.each([
    ['id', '{}', 'undefined'],
    ['id', '{"id":null}', 'null'],
    ['id', '{"id":["a"]}', 'an array'],
    ['id', '{"id":""}', 'String of 0 characters'],
    ['id', '{"id":"bad key"}', 'String of 7 characters'],
    ['id', '{"id":"a\\n"}', 'String of 2 characters'],
    ['id', `{"id":"${'k'.repeat(129)}"}`, 'String of 129 characters'],
    ['id', '{"id":1.5}', 'Decimal of 3 characters'],
    ['id.below', '{"id":"a"}', 'undefined'],
    ['constructor', '{}', 'undefined'],
  ])('finds no key at %s of %s, and does not repeat the payload', (key, payload, got) => {
    const reason = `Expected a key of 1 to 128 characters out of a-z A-Z 0-9 - _ : at '${key}', got ${got}`;
    expect(resolve(key, payload)).toEqual({ ok: false, reason });
  });
});
