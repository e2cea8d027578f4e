import { formatScalar, kindOf } from '../json.ts';
import { type FunctionName } from './ast.ts';
import { bitwise, refuse } from './operators.ts';
import { type Evaluated, type EvaluationContext, Failure, type Value, isNumeric } from './value.ts';

/** Applies a built-in function to arguments that are no failures. Source: detector-engine.md, 8. */
export function applyFunction(name: FunctionName, context: EvaluationContext, first: Value, second: Value): Evaluated {
  switch (name) {
    case 'timeout':
      return typeof first === 'string' ? context.timeout(first) : refuse('timeout()', 'a String', [first]);
    case 'triggerType':
      // [ASSUMED A32] in any case.
      return typeof first === 'string'
        ? first.toLowerCase() === context.triggerType.toLowerCase()
        : refuse('triggerType()', 'a String', [first]);
    case 'currentInput':
      return typeof first === 'string'
        ? first === context.currentInputName
        : refuse('currentInput()', 'a String', [first]);
    case 'convert':
      return convert(first, second);
    case 'isNull':
      return first === null;
    case 'isUndefined':
      return first === undefined;
    case 'startsWith':
      return typeof first === 'string' && typeof second === 'string' ? first.startsWith(second) : undefined;
    case 'endsWith':
      return typeof first === 'string' && typeof second === 'string' ? first.endsWith(second) : undefined;
    case 'contains':
      return typeof first === 'string' && typeof second === 'string' ? first.includes(second) : undefined;
    case 'bitor':
      return bitwise('|', first, second);
    case 'bitand':
      return bitwise('&', first, second);
    case 'bitxor':
      return bitwise('^', first, second);
    case 'bitnot':
      return typeof first === 'bigint' ? ~first : undefined;
  }
}

// [ASSUMED A31] Integer counts as Decimal, identity succeeds, true and false in any case, undefined fails.
function convert(type: Value, value: Value): Evaluated {
  switch (type) {
    case 'String':
      if (typeof value === 'string') return value;
      if (isNumeric(value) || typeof value === 'boolean') return formatScalar(value);
      break;
    case 'Boolean':
      if (typeof value === 'boolean') return value;
      if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
      break;
    case 'Decimal':
      if (isNumeric(value)) return Number(value);
      if (typeof value === 'string') return readDecimal(value);
      break;
    default:
      return new Failure(`Expected String, Boolean or Decimal as the type of convert(), got another ${kindOf(type)}`);
  }
  return new Failure(`Expected a value that convert() can make a ${type}, got ${kindOf(value)}`);
}

function readDecimal(text: string): number | Failure {
  const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(decimal)
    ? decimal
    : new Failure('Expected a String that is a decimal in convert(), got another');
}
