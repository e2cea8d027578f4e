import { type Scalar } from '../json.ts';

/** A parsed expression: plain data, evaluated by walking it. Source: detector-engine.md, 7.3. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'input'; readonly inputName: string; readonly path: readonly (string | number)[] }
  | { readonly kind: 'variable'; readonly variableName: string }
  /** A reference into SiteWise, which no detector has: always undefined. */
  | { readonly kind: 'sitewise'; readonly path: readonly (string | number)[] }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly functionName: FunctionName; readonly operands: readonly Expression[] };

export type UnaryOperator = '!' | '~' | '-';

/** How tightly each binary operator binds; AWS does not say, its CDK takes JavaScript's order. Source: detector-engine.md, 7.3. */
export const precedence = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '+': 8,
  '-': 8,
  '*': 9,
  '/': 9,
} as const;

export type BinaryOperator = keyof typeof precedence;

/** The built-in functions and how many arguments each takes. Source: detector-engine.md, 8. */
export const arity = {
  timeout: 1,
  convert: 2,
  isNull: 1,
  isUndefined: 1,
  triggerType: 1,
  currentInput: 1,
  startsWith: 2,
  endsWith: 2,
  contains: 2,
  bitor: 2,
  bitand: 2,
  bitxor: 2,
  bitnot: 1,
} as const;

export type FunctionName = keyof typeof arity;

/** How deep parentheses, prefix operators, calls and templates may nest: parsing and evaluating recurse. */
export const maxNesting = 100;
