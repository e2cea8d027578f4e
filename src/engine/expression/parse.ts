import { readNumber } from '../json.ts';
import {
  type BinaryOperator,
  type Expression,
  type FunctionName,
  type UnaryOperator,
  arity,
  maxNesting,
  precedence,
} from './ast.ts';
import { type Token, tokenize } from './tokenize.ts';

/** The expression, or what was expected where. */
export type Parsed =
  { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly message: string };

/** Chains like `a + b + c` nest to the left and are walked recursively; the longest text allowed (1024) holds fewer. */
const maxOperators = 512;

interface Parser {
  readonly tokens: readonly Token[];
  next: number;
  /** Shared with the parsers of the templates inside. */
  readonly size: { nesting: number; operators: number };
}

/** Parses the text of a condition, a variable value, a duration or a payload. Never throws. Source: detector-engine.md, 7.3. */
export function parseExpression(text: string): Parsed {
  try {
    return { ok: true, expression: parseAll(tokenize(text), { nesting: 0, operators: 0 }) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, message: error.message };
    throw error;
  }
}

function parseAll(tokens: readonly Token[], size: Parser['size']): Expression {
  const parser: Parser = { tokens, next: 0, size };
  const expression = parseBinary(parser, 1);
  if (peek(parser).kind !== 'end') throw unexpected(parser, 'an operator or the end');
  return expression;
}

/** Operands joined by operators that bind at least as tightly as `weakest`. */
function parseBinary(parser: Parser, weakest: number): Expression {
  let left = parseUnary(parser);
  for (;;) {
    const operator = binaryOperator(peek(parser));
    if (operator === null || precedence[operator] < weakest) return left;
    parser.next += 1;
    parser.size.operators += 1;
    if (parser.size.operators > maxOperators)
      throw new SyntaxError(`Expected at most ${maxOperators} operators, got more`);
    left = { kind: 'binary', operator, left, right: parseBinary(parser, precedence[operator] + 1) };
  }
}

function parseUnary(parser: Parser): Expression {
  const token = peek(parser);
  if (token.kind !== 'symbol' || !isUnaryOperator(token.value)) return parsePrimary(parser);
  const operator = token.value;
  parser.next += 1;
  const number = peek(parser);
  if (operator === '-' && number.kind === 'number') {
    parser.next += 1;
    return { kind: 'literal', value: readNumber(`-${number.value}`) };
  }
  return { kind: 'unary', operator, operand: nested(parser, () => parseUnary(parser)) };
}

function parsePrimary(parser: Parser): Expression {
  const token = peek(parser);
  switch (token.kind) {
    case 'number':
      parser.next += 1;
      return { kind: 'literal', value: readNumber(token.value) };
    case 'text':
      parser.next += 1;
      return { kind: 'literal', value: token.value };
    case 'template':
      parser.next += 1;
      return { kind: 'template', parts: token.parts.map((part) => parsePart(parser, part)) };
    case 'root':
      parser.next += 1;
      return parseReference(parser, token.value);
    case 'name':
      parser.next += 1;
      return parseName(parser, token.value);
    case 'symbol':
      if (token.value === '(') {
        parser.next += 1;
        const expression = nested(parser, () => parseBinary(parser, 1));
        expectSymbol(parser, ')');
        return expression;
      }
      break;
    case 'quotedName':
    case 'end':
  }
  throw unexpected(parser, 'a value');
}

function parsePart(parser: Parser, part: string | readonly Token[]): Expression {
  if (typeof part === 'string') return { kind: 'literal', value: part };
  return nested(parser, () => parseAll(part, parser.size));
}

function parseReference(parser: Parser, root: '$input' | '$variable' | '$sitewise'): Expression {
  expectSymbol(parser, '.');
  const name = expectName(parser);
  if (root === '$variable') return { kind: 'variable', variableName: name };
  const path = parsePath(parser);
  return root === '$input' ? { kind: 'input', inputName: name, path } : { kind: 'sitewise', path: [name, ...path] };
}

function parsePath(parser: Parser): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (;;) {
    if (skipSymbol(parser, '.')) path.push(expectName(parser));
    else if (skipSymbol(parser, '[')) {
      const index = peek(parser);
      if (index.kind !== 'number' || !/^\d+$/.test(index.value)) throw unexpected(parser, 'an index');
      parser.next += 1;
      path.push(Number(index.value));
      expectSymbol(parser, ']');
    } else return path;
  }
}

function parseName(parser: Parser, name: string): Expression {
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (!skipSymbol(parser, '(')) {
    throw new SyntaxError(`Expected a value, got the bare name ${name} (a string needs quotes)`);
  }
  if (!isFunctionName(name)) throw new SyntaxError(`Expected one of ${Object.keys(arity).join(', ')}, got ${name}()`);
  const operands: Expression[] = [];
  if (!skipSymbol(parser, ')')) {
    do operands.push(name === 'convert' && operands.length === 0 ? parseType(parser) : parseOperand(parser));
    while (skipSymbol(parser, ','));
    expectSymbol(parser, ')');
  }
  if (operands.length !== arity[name]) {
    throw new SyntaxError(`Expected ${arity[name]} argument(s) of ${name}(), got ${operands.length}`);
  }
  return { kind: 'call', functionName: name, operands };
}

function parseOperand(parser: Parser): Expression {
  return nested(parser, () => parseBinary(parser, 1));
}

/** The type that convert() converts to: a bare word, or an expression that yields the word. */
function parseType(parser: Parser): Expression {
  const token = peek(parser);
  if (token.kind === 'name' && ['String', 'Boolean', 'Decimal'].includes(token.value)) {
    parser.next += 1;
    return { kind: 'literal', value: token.value };
  }
  return parseOperand(parser);
}

function nested(parser: Parser, parse: () => Expression): Expression {
  parser.size.nesting += 1;
  if (parser.size.nesting > maxNesting) throw new SyntaxError(`Expected at most ${maxNesting} nested levels, got more`);
  const expression = parse();
  parser.size.nesting -= 1;
  return expression;
}

function peek(parser: Parser): Token {
  const token = parser.tokens[parser.next];
  if (token === undefined) throw new RangeError('Expected no reading beyond the end token, got one');
  return token;
}

function skipSymbol(parser: Parser, symbol: string): boolean {
  const token = peek(parser);
  if (token.kind !== 'symbol' || token.value !== symbol) return false;
  parser.next += 1;
  return true;
}

function expectSymbol(parser: Parser, symbol: string): void {
  if (!skipSymbol(parser, symbol)) throw unexpected(parser, symbol);
}

function expectName(parser: Parser): string {
  const token = peek(parser);
  if (token.kind !== 'name' && token.kind !== 'quotedName') throw unexpected(parser, 'a name');
  parser.next += 1;
  return token.value;
}

function unexpected(parser: Parser, expected: string): SyntaxError {
  const token = peek(parser);
  const got = token.kind === 'end' ? 'the end' : token.kind === 'template' ? 'a text' : token.value;
  return new SyntaxError(`Expected ${expected}, got ${got} at character ${token.at + 1}`);
}

function binaryOperator(token: Token): BinaryOperator | null {
  return token.kind === 'symbol' && Object.hasOwn(precedence, token.value) ? (token.value as BinaryOperator) : null;
}

function isUnaryOperator(symbol: string): symbol is UnaryOperator {
  return symbol === '!' || symbol === '~' || symbol === '-';
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(arity, name);
}
