import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectMessage, readInput } from '../../src/engine/input.ts';
import { type JsonObject, parseJson } from '../../src/engine/json.ts';
import { expectRead } from './expect-read.ts';

const inputOf = (...jsonPaths: string[]) =>
  expectRead(
    readInput({ inputName: 'I', inputDefinition: { attributes: jsonPaths.map((jsonPath) => ({ jsonPath })) } }),
  );

const project = (jsonPaths: string[], payload: string) =>
  projectMessage(inputOf(...jsonPaths), parseJson(payload) as JsonObject);

describe('readInput', () => {
  it('reads a CreateInput request; nulls count as absent, unknown members are ignored', () => {
    const reading = readInput({
      inputName: 'PressureInput',
      inputDescription: null,
      inputDefinition: { attributes: [{ jsonPath: 'sensorData.pressure' }, { jsonPath: '`motor id`' }] },
      tags: [],
    });
    expect(reading).toMatchObject({
      ok: true,
      value: { inputName: 'PressureInput', inputDescription: null, attributes: ['sensorData.pressure', '`motor id`'] },
    });
  });

  it('finds everything that is wrong at once', () => {
    const reading = readInput({ inputName: '1st', inputDefinition: { attributes: [{ jsonPath: '$.a' }, {}, 'b'] } });
    expect(reading).toEqual({
      ok: false,
      issues: [
        {
          path: 'inputName',
          message:
            "Value '1st' at 'inputName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z][a-zA-Z0-9_]*$",
        },
        expect.objectContaining({ path: 'inputDefinition.attributes[0].jsonPath' }),
        {
          path: 'inputDefinition.attributes[1].jsonPath',
          message:
            "Value null at 'inputDefinition.attributes[1].jsonPath' failed to satisfy constraint: Member must not be null",
        },
        {
          path: 'inputDefinition.attributes[2]',
          message: "Expected an object at 'inputDefinition.attributes[2]', got String",
        },
      ],
    });
  });

  it.each([
    [undefined, 'Member must not be null'],
    [[], 'Member must have length greater than or equal to 1'],
    [
      Array.from({ length: 201 }, (_, i) => ({ jsonPath: `a${i}` })),
      'Member must have length less than or equal to 200',
    ],
  ])('takes 1 to 200 attributes', (attributes, constraint) => {
    const reading = readInput({ inputName: 'I', inputDefinition: { attributes } });
    expect(reading).toMatchObject({ ok: false, issues: [{ path: 'inputDefinition.attributes' }] });
    expect(reading.ok ? '' : reading.issues[0]?.message).toContain(constraint);
  });

  it('refuses a name that ends in a newline', () => {
    expect(readInput({ inputName: 'I\n', inputDefinition: { attributes: [{ jsonPath: 'a' }] } }).ok).toBe(false);
  });
});

describe('projectMessage', () => {
  it('keeps declared paths with all that is below them', () => {
    const payload = '{"a":{"x":[1,{"y":2.0}]},"b":{"c":1,"d":2},"e":3}';
    expect(project(['a', 'b.c'], payload)).toEqual({ a: { x: [1n, { y: 2 }] }, b: { c: 1n } });
  });

  it('keeps null apart from missing', () => {
    expect(project(['a', 'b'], '{"a":null}')).toEqual({ a: null });
  });

  it('leaves out a path that goes through something else than an object', () => {
    expect(project(['a.b', 'c.d', 'e.f'], '{"a":[{"b":1}],"c":null,"e":{}}')).toEqual({});
  });

  it('lets a declared parent cover a declared child, in either order', () => {
    for (const jsonPaths of [
      ['a', 'a.b'],
      ['a.b', 'a'],
    ]) {
      expect(project(jsonPaths, '{"a":{"b":1,"c":2}}')).toEqual({ a: { b: 1n, c: 2n } });
    }
  });

  it('reads names with spaces in backticks', () => {
    expect(project(['`motor id`', 'data.`motor pressure`'], '{"motor id":"m","data":{"motor pressure":5}}')).toEqual({
      'motor id': 'm',
      data: { 'motor pressure': 5n },
    });
  });

  it('sees only what the payload itself holds', () => {
    expect(project(['constructor', 'toString'], '{}')).toEqual({});
    expect(Object.keys(project(['__proto__'], '{"__proto__":{"a":1}}'))).toEqual(['__proto__']);
  });

  it('projecting twice is projecting once', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const jsonPath = fc.array(names, { minLength: 1, maxLength: 3 }).map((path) => path.join('.'));
    const payload = fc.object({ key: fc.constantFrom('a', 'b', 'c'), values: [fc.bigInt({ min: 0n, max: 9n })] });
    fc.assert(
      fc.property(fc.array(jsonPath, { minLength: 1, maxLength: 5 }), payload, (jsonPaths, object) => {
        const input = inputOf(...jsonPaths);
        const once = projectMessage(input, object as JsonObject);
        expect(projectMessage(input, once)).toEqual(once);
      }),
    );
  });
});
