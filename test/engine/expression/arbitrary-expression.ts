import * as fc from 'fast-check';
import {
  type BinaryOperator,
  type Expression,
  type FunctionName,
  type UnaryOperator,
  arity,
  precedence,
} from '../../../src/engine/expression/ast.ts';
import { type Scalar } from '../../../src/engine/json.ts';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'list', 'missing', 'constructor'),
  fc.stringMatching(/^[a-z _-]{1,8}$/),
);
const path = fc.array(fc.oneof(name, fc.nat({ max: 3 })), { maxLength: 3 });

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer({ min: -3, max: 3 }).map(BigInt),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

/** Any expression as the parser would make it: no minus before a number, no two texts in a row, no text alone in a template. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => {
  const expression = tie('expression');
  const inserted = expression.filter(
    ({ kind, ...rest }) => kind !== 'literal' || typeof (rest as { value: Scalar }).value !== 'string',
  );
  const text = fc.string({ minLength: 1, maxLength: 5 }).map((value): Expression => ({ kind: 'literal', value }));
  return {
    expression: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      scalar.map((value): Expression => ({ kind: 'literal', value })),
      fc.record({ kind: fc.constant('input' as const), inputName: name, path }),
      fc.record({ kind: fc.constant('variable' as const), variableName: name }),
      fc.record({ kind: fc.constant('sitewise' as const), path: path.filter(([first]) => typeof first === 'string') }),
      fc
        .record({
          kind: fc.constant('unary' as const),
          operator: fc.constantFrom<UnaryOperator>('!', '~', '-'),
          operand: expression,
        })
        .filter(({ operator, operand }) => operator !== '-' || operand.kind !== 'literal'),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...(Object.keys(precedence) as BinaryOperator[])),
        left: expression,
        right: expression,
      }),
      fc.constantFrom(...(Object.keys(arity) as FunctionName[])).chain((functionName) =>
        fc.record({
          kind: fc.constant('call' as const),
          functionName: fc.constant(functionName),
          operands: fc.array(expression, { minLength: arity[functionName], maxLength: arity[functionName] }),
        }),
      ),
      fc
        .tuple(fc.option(text), inserted, fc.option(text), fc.option(inserted))
        .map((parts): Expression => ({ kind: 'template', parts: parts.filter((part) => part !== null) })),
    ),
  };
}).expression;
