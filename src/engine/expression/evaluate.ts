import { type Json, formatScalar, isJsonObject } from '../json.ts';
import { type Expression } from './ast.ts';
import { applyFunction } from './functions.ts';
import { applyBinary, applyUnary, limitText, refuse } from './operators.ts';
import { type Evaluated, type EvaluationContext, Failure, isScalar } from './value.ts';

/** The value of an expression; never throws. Source: detector-engine.md, 7. */
export function evaluate(expression: Expression, context: EvaluationContext): Evaluated {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'variable':
      return context.variables.get(expression.variableName);
    case 'input':
      return follow(context.inputs.get(expression.inputName), expression.path);
    case 'binary': {
      const { operator } = expression;
      if (operator === '&&' || operator === '||') return evaluateLogical(expression, operator, context);
      const left = evaluate(expression.left, context);
      if (left instanceof Failure) return left;
      const right = evaluate(expression.right, context);
      return right instanceof Failure ? right : applyBinary(operator, left, right, context.options);
    }
    case 'unary': {
      const operand = evaluate(expression.operand, context);
      return operand instanceof Failure ? operand : applyUnary(expression.operator, operand);
    }
    case 'call':
      return evaluateCall(expression, context);
    case 'template':
      return evaluateTemplate(expression.parts, context);
    case 'sitewise':
      return undefined;
  }
}

/** Whether a condition holds: absent or true. Whatever is not Boolean does not. Source: detector-engine.md, 6.7. */
export function holds(condition: Expression | null, context: EvaluationContext): boolean {
  return condition === null || evaluate(condition, context) === true;
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

// [ASSUMED A14] only a left side that settles the result leaves the right side unevaluated.
function evaluateLogical(expression: Of<'binary'>, operator: '&&' | '||', context: EvaluationContext): Evaluated {
  const left = asLogical(operator, evaluate(expression.left, context));
  if (left instanceof Failure || left === (operator === '||')) return left;
  const right = asLogical(operator, evaluate(expression.right, context));
  if (right instanceof Failure) return right;
  if (operator === '||') return right === true;
  // [ASSUMED A13] undefined stays undefined here, while for `||` it counts as false.
  return left === undefined ? undefined : right;
}

function asLogical(operator: '&&' | '||', side: Evaluated): boolean | undefined | Failure {
  if (typeof side === 'boolean' || side instanceof Failure) return side;
  return refuse(operator, 'a Boolean', [side]);
}

function evaluateCall(call: Of<'call'>, context: EvaluationContext): Evaluated {
  const [firstOperand, secondOperand] = call.operands;
  const first = firstOperand && evaluate(firstOperand, context);
  if (first instanceof Failure) return first;
  const second = secondOperand && evaluate(secondOperand, context);
  return second instanceof Failure ? second : applyFunction(call.functionName, context, first, second);
}

// [ASSUMED A19] a missing part makes the whole text undefined; strings go in as they are.
function evaluateTemplate(parts: readonly Expression[], context: EvaluationContext): Evaluated {
  let text: string | undefined = '';
  for (const part of parts) {
    const value = evaluate(part, context);
    if (value instanceof Failure) return value;
    if (!isScalar(value)) {
      const refused = refuse('${}', 'a value', [value]);
      if (refused !== undefined) return refused;
      text = undefined;
    } else if (text !== undefined) {
      text += formatScalar(value);
      const tooLong = limitText(text.length);
      if (tooLong !== null) return tooLong;
    }
  }
  return text;
}

function follow(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let reached = value;
  for (const step of path) {
    if (typeof step === 'number') reached = Array.isArray(reached) ? (reached as readonly Json[])[step] : undefined;
    else reached = isJsonObject(reached) && Object.hasOwn(reached, step) ? reached[step] : undefined;
  }
  return reached;
}
