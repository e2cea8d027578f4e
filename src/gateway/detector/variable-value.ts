/**
 * The value that a variable's text form stands for: a number, a Boolean or a string; the text itself where it is no literal.
 * Source: detector-engine.md, 10.4.
 */
export function variableValue(text: string): number | boolean | string {
  const value = parseJson(text);
  const isLiteral = typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value);
  return isLiteral ? (value as number | boolean | string) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
