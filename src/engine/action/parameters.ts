import { type Expression } from '../expression/ast.ts';
import { evaluate } from '../expression/evaluate.ts';
import { type EvaluationContext, Failure, isScalar } from '../expression/value.ts';
import { type Scalar, formatScalar, kindOf } from '../json.ts';

/** The parameters of an action, evaluated, by their member names. */
export type Parameters = ReadonlyMap<string, Scalar>;

/** Why an action cannot run: `member` names the parameter, '' the action as a whole. */
export class ParameterFailure extends Failure {
  readonly member: string;

  constructor(member: string, message: string) {
    super(message);
    this.member = member;
  }
}

/** What AWS says of an expression that cannot be evaluated, and why it cannot. */
export function notEvaluated(reason: string): string {
  return (
    "We couldn't evaluate your expression for the action. Make sure that the variable names, input names, and paths to the " +
    'data refer to the existing variables and input values. Also, verify that the size of the payload is less than 1 KB, ' +
    `the maximum allowed size of a payload. ${reason}`
  );
}

/** Evaluates them all; without a value for each the action fails (A28). Source: detector-engine.md, 11.1. */
export function evaluateParameters(
  expressions: ReadonlyMap<string, Expression>,
  context: EvaluationContext,
): Parameters | ParameterFailure {
  const parameters = new Map<string, Scalar>();
  for (const [name, expression] of expressions) {
    const value = evaluate(expression, context);
    if (value instanceof Failure) return new ParameterFailure(name, notEvaluated(value.message));
    if (!isScalar(value)) {
      return new ParameterFailure(name, notEvaluated(`Expected a value, got ${kindOf(value)}`));
    }
    parameters.set(name, value);
  }
  return parameters;
}

/** A parameter as text, numbers and Booleans included [ASSUMED A26]; null if it is absent. */
export function textOf(parameters: Parameters, name: string): string | null {
  const value = parameters.get(name);
  return value === undefined ? null : formatScalar(value);
}

/** One of the choices, the first if the parameter is absent. */
export function choiceOf<T extends string>(
  parameters: Parameters,
  name: string,
  choices: readonly [T, ...T[]],
): T | ParameterFailure {
  const text = textOf(parameters, name);
  if (text === null) return choices[0];
  const choice = choices.find((one) => one === text);
  return choice ?? new ParameterFailure(name, `Expected one of ${choices.join(', ')}, got another text`);
}
