import { isInt64, kindOf } from '../json.ts';
import { type EngineOptions } from '../options.ts';
import { type BinaryOperator, type UnaryOperator } from './ast.ts';
import { type Evaluated, Failure, type Value, isNumeric } from './value.ts';

/** The binary operators but for `&&` and `||`, which may leave their right side unevaluated. */
export type EagerOperator = Exclude<BinaryOperator, '&&' | '||'>;

/** A text cannot grow beyond this by concatenation: a detector that doubles one again and again must not fill the memory. */
const maxTextLength = 65_536;

/** Applies an operator to operands that are no failures. Source: detector-engine.md, 7.4. */
export function applyBinary(operator: EagerOperator, left: Value, right: Value, options: EngineOptions): Evaluated {
  switch (operator) {
    case '+':
      if (typeof left === 'string' && typeof right === 'string')
        return limitText(left.length + right.length) ?? left + right;
      return calculate('+', left, right, options);
    case '-':
    case '*':
    case '/':
      return calculate(operator, left, right, options);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(operator, left, right);
    case '==':
      return equal(left, right, options);
    case '!=': {
      const isEqual = equal(left, right, options);
      return typeof isEqual === 'boolean' ? !isEqual : isEqual;
    }
    case '|':
    case '&':
    case '^':
      return bitwise(operator, left, right);
  }
}

/** Applies a prefix operator to an operand that is no failure. Source: detector-engine.md, 7.4. */
export function applyUnary(operator: UnaryOperator, operand: Value): Evaluated {
  switch (operator) {
    case '!':
      return typeof operand === 'boolean' ? !operand : refuse('!', 'a Boolean', [operand]);
    case '-':
      if (typeof operand === 'bigint') return integer(-operand);
      return typeof operand === 'number' ? -operand : refuse('-', 'a number', [operand]);
    case '~':
      return typeof operand === 'bigint' ? ~operand : undefined;
  }
}

/** `|`, `&`, `^` and their functions: undefined unless both are Integers. [ASSUMED A15] */
export function bitwise(operator: '|' | '&' | '^', left: Value, right: Value): bigint | undefined {
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
  if (operator === '|') return left | right;
  return operator === '&' ? left & right : left ^ right;
}

/**
 * The result for operands that the operator is not made for: undefined where data is missing, else a failure.
 * [ASSUMED A12] an object or an array is a failure. [ASSUMED A13, A16] undefined propagates, and null is like undefined.
 */
export function refuse(operator: string, expected: string, operands: readonly Value[]): undefined | Failure {
  const isMissing = operands.some((operand) => operand === undefined || operand === null);
  const isComposite = operands.some((operand) => typeof operand === 'object' && operand !== null);
  if (isMissing && !isComposite) return undefined;
  return new Failure(`Expected ${expected} for ${operator}, got ${operands.map(kindOf).join(' and ')}`);
}

/** The failure of a text that would be too long; null if the length is fine. */
export function limitText(length: number): Failure | null {
  return length > maxTextLength
    ? new Failure(`Expected a text of at most ${maxTextLength} characters, got ${length}`)
    : null;
}

function calculate(operator: '+' | '-' | '*' | '/', left: Value, right: Value, options: EngineOptions): Evaluated {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (operator === '+') return integer(left + right);
    if (operator === '-') return integer(left - right);
    return operator === '*' ? integer(left * right) : divideIntegers(left, right, options);
  }
  if (!isNumeric(left) || !isNumeric(right)) {
    return refuse(operator, operator === '+' ? 'two numbers or two Strings' : 'two numbers', [left, right]);
  }
  const a = Number(left);
  const b = Number(right);
  if (operator === '+') return decimal(a + b);
  if (operator === '-') return decimal(a - b);
  if (operator === '*') return decimal(a * b);
  return b === 0 ? divisionByZero() : decimal(a / b);
}

// [ASSUMED A20] to the nearest, ties away from zero.
function divideIntegers(left: bigint, right: bigint, { integerDivision }: EngineOptions): bigint | Failure {
  if (right === 0n) return divisionByZero();
  const quotient = left / right;
  if (integerDivision === 'truncate') return integer(quotient);
  const remainder = left % right;
  const isHalfOrMore = 2n * (remainder < 0n ? -remainder : remainder) >= (right < 0n ? -right : right);
  if (!isHalfOrMore) return integer(quotient);
  return integer(left < 0n === right < 0n ? quotient + 1n : quotient - 1n);
}

// [ASSUMED A21]
function divisionByZero(): Failure {
  return new Failure('Expected a divisor other than zero, got zero');
}

function integer(value: bigint): bigint | Failure {
  return isInt64(value) ? value : new Failure('Expected an Integer of 64 bit, got an overflow');
}

function decimal(value: number): number | Failure {
  return Number.isFinite(value) ? value : new Failure('Expected a finite Decimal, got an overflow');
}

function order(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): Evaluated {
  if (isNumeric(left) && isNumeric(right)) {
    // JavaScript compares bigint and number by their mathematical value.
    if (operator === '<') return left < right;
    if (operator === '<=') return left <= right;
    return operator === '>' ? left > right : left >= right;
  }
  if (typeof left !== 'string' || typeof right !== 'string') {
    return refuse(operator, 'two numbers or two Strings', [left, right]);
  }
  const difference = compareByCodePoint(left, right);
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference >= 0;
}

// [ASSUMED A18]
function compareByCodePoint(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) {
    if (left.charCodeAt(i) !== right.charCodeAt(i)) return (left.codePointAt(i) ?? 0) - (right.codePointAt(i) ?? 0);
  }
  return left.length - right.length;
}

// [ASSUMED A17] a side without data is unequal to everything.
function equal(left: Value, right: Value, { equalityWithUndefined }: EngineOptions): boolean | undefined | Failure {
  // Loosely: bigint and number are equal by their mathematical value.
  if (isNumeric(left) && isNumeric(right)) return left == right;
  if (typeof left === typeof right && (typeof left === 'string' || typeof left === 'boolean')) return left === right;
  return refuse('==', 'compatible types', [left, right]) ?? (equalityWithUndefined === 'unequal' ? false : undefined);
}
