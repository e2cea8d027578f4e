import { evaluate } from '../../src/engine/expression/evaluate.ts';
import { parseExpression } from '../../src/engine/expression/parse.ts';
import { type EvaluationContext } from '../../src/engine/expression/value.ts';
import { type Json, type JsonObject, type Scalar } from '../../src/engine/json.ts';
import { defaultOptions } from '../../src/engine/options.ts';
import { type Random, mutateText } from './random.ts';

const operands = [
  ...[
    '$input.V.v',
    '$input.V.w.deep',
    '$input.W.list[0]',
    '$input.`W`.`a b`',
    '$variable.x',
    '$variable.y',
    '$variable.none',
  ],
  ...[
    '0',
    '1',
    '-7',
    '2.5',
    '1e300',
    '9223372036854775807',
    'true',
    'false',
    "'text'",
    '"it\'s"',
    "'${$variable.x}'",
    "''",
  ],
  ...["'${$input.V.v + 1} of ${$variable.y}'", 'currentInput("V")', 'triggerType("Timer")', 'timeout("t")'],
];
const operators = ['+', '-', '*', '/', '%', '|', '&', '^', '<', '<=', '>', '>=', '==', '!=', '&&', '||', 'bitor'];
const functions = [
  'convert(String, ',
  'convert(Decimal, ',
  'isNull(',
  'isUndefined(',
  'startsWith(',
  'contains(',
  'bitand(',
];

/** What expressions are made of, and what breaks them. */
export const pieces = [
  ...[
    ...operands,
    ...operators,
    ...functions,
    '(',
    ')',
    '[',
    ']',
    '.',
    ',',
    '$',
    '${',
    '}',
    '`',
    "'",
    '"',
    '\\',
    '!',
    '~',
  ],
  ...[
    'timeout',
    '1.',
    '.5',
    '1e',
    '0x',
    '99999999999999999999',
    '\u0000',
    '\ud800',
    '\n',
    '/*',
    '//',
    '$sitewise.',
    '__proto__',
  ],
];

/** An expression that parses more often than not. */
export function randomExpression(random: Random, depth = 3): string {
  if (depth === 0 || random.oneIn(3)) return random.pick(operands);
  const inner = () => randomExpression(random, depth - 1);
  switch (random.below(6)) {
    case 0:
      return `(${inner()})`;
    case 1:
      return `${random.pick(['!', '-', '~'])}${inner()}`;
    case 2: {
      const call = random.pick(functions);
      const isBinary = /^(starts|contains|bitand)/.test(call);
      return `${call}${inner()}${isBinary ? `, ${inner()}` : ''})`;
    }
    case 3:
      return `'a \${${inner().replaceAll("'", '"')}} b'`;
    default:
      return `${inner()} ${random.pick(operators)} ${inner()}`;
  }
}

const scalars: readonly Scalar[] = [0n, 1n, -3n, 2n ** 63n - 1n, 0.5, -0, 1e308, 'text', '', '12', 'TRUE', true, false];

/** Any scalar. */
function randomScalar(random: Random): Scalar {
  return random.pick(scalars);
}

/** A message of the inputs V and W. */
export function randomPayload(random: Random): JsonObject {
  const value = (): Json =>
    random.oneIn(6) ? random.pick<Json>([null, {}, [], [1n, 'a'], { deep: 1n }]) : randomScalar(random);
  return { v: value(), w: random.oneIn(2) ? { deep: value() } : value(), list: [value()], 'a b': value(), id: 'k' };
}

/** Parses, and evaluates what parses: neither may throw. */
export function fuzzExpression(random: Random): void {
  const text = random.oneIn(2)
    ? mutateText(random, randomExpression(random), pieces)
    : Array.from({ length: random.below(12) }, () => random.pick(pieces)).join(random.oneIn(2) ? ' ' : '');
  const parsed = parseExpression(text);
  if (!parsed.ok) return;
  const context: EvaluationContext = {
    variables: new Map([
      ['x', randomScalar(random)],
      ['y', randomScalar(random)],
    ]),
    inputs: new Map([
      ['V', randomPayload(random)],
      ['W', randomPayload(random)],
    ]),
    triggerType: random.pick(['Message', 'Timer']),
    currentInputName: 'V',
    options: defaultOptions,
    timeout: () => random.oneIn(2),
  };
  evaluate(parsed.expression, context);
}
