import { type Expression } from './ast.ts';

/** The names that an expression speaks of. Source: detector-engine.md, 4.1 (A2), 5.3. */
export interface References {
  readonly inputNames: Set<string>;
  readonly variableNames: Set<string>;
  readonly timerNames: Set<string>;
}

/** Collects the names; those that are only known at run time (`timeout($variable.t)`) are left out. */
export function findReferences(expression: Expression): References {
  const found = { inputNames: new Set<string>(), variableNames: new Set<string>(), timerNames: new Set<string>() };
  collect(expression, found);
  return found;
}

function collect(expression: Expression, found: References): void {
  switch (expression.kind) {
    case 'input':
      found.inputNames.add(expression.inputName);
      return;
    case 'variable':
      found.variableNames.add(expression.variableName);
      return;
    case 'unary':
      collect(expression.operand, found);
      return;
    case 'binary':
      collect(expression.left, found);
      collect(expression.right, found);
      return;
    case 'template':
      for (const part of expression.parts) collect(part, found);
      return;
    case 'call': {
      for (const operand of expression.operands) collect(operand, found);
      const [name] = expression.operands;
      if (name?.kind !== 'literal' || typeof name.value !== 'string') return;
      if (expression.functionName === 'currentInput') found.inputNames.add(name.value);
      if (expression.functionName === 'timeout') found.timerNames.add(name.value);
      return;
    }
    case 'literal':
    case 'sitewise':
  }
}
