import { evaluate } from '../expression/evaluate.ts';
import { type EvaluationContext, Failure, isScalar } from '../expression/value.ts';
import { formatScalar, kindOf } from '../json.ts';
import { type Payload } from './external-action.ts';
import { notEvaluated } from './parameters.ts';

/** The text of a payload; `isJson` is false where it is free text. `warning`: it should have been JSON and is not. */
export interface Content {
  readonly text: string;
  readonly isJson: boolean;
  readonly warning: string | null;
}

/** Evaluates a custom payload; a failure means that the action must not run. Source: detector-engine.md, 11.3. */
export function evaluateContent(payload: Payload, context: EvaluationContext): Content | Failure {
  const value = evaluate(payload.contentExpression, context);
  // [ASSUMED A28] without a value the action does not run.
  if (!isScalar(value)) {
    return new Failure(
      notEvaluated(value instanceof Failure ? value.message : `Expected a value, got ${kindOf(value)}`),
    );
  }
  if (payload.type === 'JSON' && typeof value !== 'string') {
    return new Failure(
      `Your payload expression {${payload.text}} isn't valid. The defined payload type is JSON, so you must specify an ` +
        'expression that AWS IoT Events would evaluate to a string.',
    );
  }
  // [ASSUMED A29] any scalar, as text.
  const text = formatScalar(value);
  const { maxContentBytes } = context.options;
  const { length } = new TextEncoder().encode(text);
  if (length > maxContentBytes) {
    return new Failure(notEvaluated(`Expected a payload of at most ${maxContentBytes} bytes, got ${length}`));
  }
  if (payload.type === 'STRING') return { text, isJson: false, warning: null };
  const isJson = isJsonText(text);
  return { text, isJson, warning: isJson ? null : invalidJsonWarning };
}

const invalidJsonWarning =
  "The action was executed, but we couldn't evaluate your content expression for the action payload to valid JSON. " +
  'The defined payload type is JSON.';

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
