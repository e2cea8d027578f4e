import { maxNesting } from './ast.ts';

/** One word of an expression; `at` is the index of its first character. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  /** A single-quoted string: its texts, and the tokens of each `${...}`. */
  | { readonly kind: 'template'; readonly parts: readonly (string | readonly Token[])[] }
  /** A bare name. */
  | { readonly kind: 'name'; readonly value: string }
  /** A name in backticks. */
  | { readonly kind: 'quotedName'; readonly value: string }
  | { readonly kind: 'root'; readonly value: '$input' | '$variable' | '$sitewise' }
  | { readonly kind: 'symbol'; readonly value: string }
  | { readonly kind: 'end' }
);

interface Scanner {
  readonly text: string;
  position: number;
  nesting: number;
}

const symbolPattern = /\|\||&&|[=!<>]=|[-+*/<>!~|&^().,[\]]/y;
const numberPattern = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const namePattern = /[a-zA-Z][a-zA-Z0-9_]*/y;
const quotedNamePattern = /`[^`]+`/y;
const rootPattern = /\$(?:input|variable|sitewise)\b/y;
const spacePattern = /\s*/y;

/** The tokens of an expression, the last of kind `end`. Throws SyntaxError. Source: detector-engine.md, 7.2, 7.3, 7.8. */
export function tokenize(text: string): readonly Token[] {
  return scanTokens({ text, position: 0, nesting: 0 });
}

/** Reads to the end of the text or, inside a template, to the `}` that ends the expression. */
function scanTokens(scanner: Scanner): readonly Token[] {
  const tokens: Token[] = [];
  for (;;) {
    match(scanner, spacePattern);
    const at = scanner.position;
    if (at === scanner.text.length || (scanner.nesting > 0 && scanner.text[at] === '}')) {
      tokens.push({ kind: 'end', at });
      return tokens;
    }
    tokens.push(scanToken(scanner, at));
  }
}

function scanToken(scanner: Scanner, at: number): Token {
  const first = scanner.text[at];
  if (first === "'") return templateToken(scanParts(scanner), at);
  if (first === '"') return { kind: 'text', value: scanText(scanner, '"').text, at };
  const name = match(scanner, namePattern);
  if (name !== null) return { kind: 'name', value: name, at };
  const number = match(scanner, numberPattern);
  if (number !== null) return { kind: 'number', value: number, at };
  const root = match(scanner, rootPattern);
  if (root !== null) return { kind: 'root', value: root as '$input' | '$variable' | '$sitewise', at };
  const quotedName = match(scanner, quotedNamePattern);
  if (quotedName !== null) return { kind: 'quotedName', value: quotedName.slice(1, -1), at };
  const symbol = match(scanner, symbolPattern);
  if (symbol !== null) return { kind: 'symbol', value: symbol, at };
  throw new SyntaxError(`Expected an expression, got ${JSON.stringify(first)} at character ${at + 1}`);
}

function templateToken(parts: readonly (string | readonly Token[])[], at: number): Token {
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string'
    ? { kind: 'text', value: only, at }
    : { kind: 'template', parts, at };
}

function scanParts(scanner: Scanner): readonly (string | readonly Token[])[] {
  const parts: (string | readonly Token[])[] = [];
  for (;;) {
    const { text, closed } = scanText(scanner, "'");
    // Only a template without any ${} keeps an empty text.
    if (text !== '' || (closed && parts.length === 0)) parts.push(text);
    if (closed) return parts;
    parts.push(scanInterpolation(scanner));
  }
}

/** From after `${` up to the `}` that ends it. */
function scanInterpolation(scanner: Scanner): readonly Token[] {
  const start = scanner.position;
  scanner.nesting += 1;
  if (scanner.nesting > maxNesting) throw new SyntaxError(`Expected at most ${maxNesting} nested levels, got more`);
  const tokens = scanTokens(scanner);
  scanner.nesting -= 1;
  if (scanner.position === scanner.text.length) {
    throw new SyntaxError(`Expected } to end \${ at character ${start - 1}, got the end`);
  }
  return tokens;
}

/** Steps over the quote or brace that it stands on, then reads to the closing quote, or to `${` within single quotes. */
function scanText(scanner: Scanner, quote: string): { text: string; closed: boolean } {
  const start = scanner.position;
  scanner.position += 1;
  let text = '';
  for (;;) {
    const character = scanner.text[scanner.position];
    if (character === undefined) {
      throw new SyntaxError(`Expected ${quote} to end the text at character ${start + 1}, got the end`);
    }
    scanner.position += 1;
    if (character === quote) return { text, closed: true };
    if (character === '$' && quote === "'" && scanner.text[scanner.position] === '{') {
      scanner.position += 1;
      return { text, closed: false };
    }
    text += character === '\\' ? scanEscape(scanner) : character;
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);
const unicodePattern = /u[0-9a-fA-F]{4}/y;

// [ASSUMED A19] any other backslash stays.
function scanEscape(scanner: Scanner): string {
  const unicode = match(scanner, unicodePattern);
  if (unicode !== null) return String.fromCharCode(Number.parseInt(unicode.slice(1), 16));
  const escaped = escapes.get(scanner.text.charAt(scanner.position));
  if (escaped === undefined) return '\\';
  scanner.position += 1;
  return escaped;
}

function match(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.position;
  const found = pattern.exec(scanner.text)?.[0];
  if (found === undefined) return null;
  scanner.position += found.length;
  return found;
}
