import { type Expression, precedence } from '../../../src/engine/expression/ast.ts';
import { formatJson } from '../../../src/engine/json.ts';

/** The text of an expression with no more parentheses than precedence and left associativity ask for. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? doubleQuoted(expression.value) : formatJson(expression.value);
    case 'template':
      return `'${expression.parts.map(printPart).join('')}'`;
    case 'input':
      return `$input.${printName(expression.inputName)}${printPath(expression.path)}`;
    case 'variable':
      return `$variable.${printName(expression.variableName)}`;
    case 'sitewise':
      return `$sitewise${printPath(expression.path)}`;
    case 'unary': {
      const operand = print(expression.operand);
      return expression.operand.kind === 'binary'
        ? `${expression.operator}(${operand})`
        : `${expression.operator}${operand}`;
    }
    case 'binary': {
      const binding = precedence[expression.operator];
      const left = printOperand(expression.left, binding);
      return `${left} ${expression.operator} ${printOperand(expression.right, binding + 1)}`;
    }
    case 'call':
      return `${expression.functionName}(${expression.operands.map(print).join(', ')})`;
  }
}

function printOperand(operand: Expression, binding: number): string {
  const text = print(operand);
  return operand.kind === 'binary' && precedence[operand.operator] < binding ? `(${text})` : text;
}

function printPart(part: Expression): string {
  return part.kind === 'literal' && typeof part.value === 'string' ? escape(part.value) : `\${${print(part)}}`;
}

function printPath(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${printName(step)}`)).join('');
}

function printName(name: string): string {
  return /^[a-zA-Z][a-zA-Z0-9_]*$/.test(name) ? name : `\`${name}\``;
}

function doubleQuoted(text: string): string {
  return `"${escape(text)}"`;
}

function escape(text: string): string {
  return text.replace(/["'\\$]|[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
