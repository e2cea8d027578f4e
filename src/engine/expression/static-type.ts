import { type Expression, type FunctionName } from './ast.ts';

/** What an expression yields whatever the data, as far as that is certain; null where it depends on data. */
export type StaticType = 'number' | 'String' | 'Boolean' | null;

const functionTypes: Record<FunctionName, StaticType> = {
  timeout: 'Boolean',
  convert: null,
  isNull: 'Boolean',
  isUndefined: 'Boolean',
  triggerType: 'Boolean',
  currentInput: 'Boolean',
  startsWith: 'Boolean',
  endsWith: 'Boolean',
  contains: 'Boolean',
  bitor: 'number',
  bitand: 'number',
  bitxor: 'number',
  bitnot: 'number',
};

/** The type that an expression has if it has a value at all. Source: detector-engine.md, 5.3, 7.4. */
export function staticType(expression: Expression): StaticType {
  switch (expression.kind) {
    case 'literal':
      if (typeof expression.value === 'string') return 'String';
      return typeof expression.value === 'boolean' ? 'Boolean' : 'number';
    case 'template':
      return 'String';
    case 'unary':
      return expression.operator === '!' ? 'Boolean' : 'number';
    case 'binary':
      switch (expression.operator) {
        case '+':
          return staticType(expression.left) ?? staticType(expression.right);
        case '-':
        case '*':
        case '/':
        case '|':
        case '&':
        case '^':
          return 'number';
        default:
          return 'Boolean';
      }
    case 'call':
      return functionTypes[expression.functionName];
    case 'input':
    case 'variable':
    case 'sitewise':
      return null;
  }
}
