import { projectMessage, readInput } from '../../src/engine/input.ts';
import { formatJson, isJsonObject, type Json, parseJson } from '../../src/engine/json.ts';
import { type Random, mutateText } from './random.ts';

const pieces = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '"a":',
    '1',
    '-0',
    '1.0',
    '1e5',
    '1E400',
    '9223372036854775808',
    '0.1e-400',
    'true',
  ],
  ...[
    'null',
    'NaN',
    '\\u0000',
    '\\ud800',
    '"\\',
    '"__proto__":{}',
    '{"a":',
    '\n',
    '\u00a0',
    '00',
    '-',
    '.5',
    '"a b"',
    '[[[[[[',
  ],
];

/** Reads a text that is nearly JSON: only a SyntaxError may come of it, and what is read is written back the same. */
export function fuzzPayload(random: Random): void {
  const text = mutateText(random, formatJson(randomJson(random, 3)), pieces);
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return;
    throw error;
  }
  const written = formatJson(value);
  if (formatJson(parseJson(written)) !== written) throw new Error('Expected JSON to read back as it was, got another');
  const jsonPath = mutateText(random, random.pick(['a', 'a.b', 'a.b.c', '`a b`', 'list[0].a']), [
    '.',
    '`',
    '[',
    '[1]',
    '$',
  ]);
  const input = readInput({ inputName: 'V', inputDefinition: { attributes: [{ jsonPath }, { jsonPath: 'a' }] } });
  if (input.ok && isJsonObject(value)) projectMessage(input.value, value);
}

function randomJson(random: Random, depth: number): Json {
  if (depth === 0 || random.oneIn(3)) return random.pick<Json>([0n, -5n, 2.5, 1e300, 'a', '', true, false, null]);
  const length = random.below(4);
  if (random.oneIn(2)) return Array.from({ length }, () => randomJson(random, depth - 1));
  const names = ['a', 'b', 'c', 'a b', 'list', '__proto__'];
  return Object.fromEntries(Array.from({ length }, () => [random.pick(names), randomJson(random, depth - 1)]));
}
