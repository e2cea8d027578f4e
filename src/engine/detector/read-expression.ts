import { type Expression } from '../expression/ast.ts';
import { parseExpression } from '../expression/parse.ts';
import { staticType } from '../expression/static-type.ts';
import { type Place, optionalText, report, requiredText } from '../request.ts';
import { type ExpressionFindings, type Findings, note } from './findings.ts';

/** Stands for an expression that was reported. */
const unread: Expression = { kind: 'literal', value: false };

/** The condition of an event; null: it always holds. Source: detector-engine.md, 6.7. */
export function readCondition(place: Place, isRequired: boolean, findings: Findings): Expression | null {
  const rule = { min: 0, max: 512 };
  const text = isRequired ? requiredText(place, rule) : optionalText(place, rule);
  if (text === null || text === '') {
    if (place.value !== '' && (isRequired || place.value !== undefined)) findings.hasUnreadCondition = true;
    return null;
  }
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    findings.hasUnreadCondition = true;
    report(place, `Failed to parse expression '${text}' for condition. ${parsed.message}`);
    return unread;
  }
  findings.expressions.push({ place, expression: parsed.expression, isCondition: true });
  const type = staticType(parsed.expression);
  if (type === 'number' || type === 'String') {
    note(findings, place, `Expected a Boolean condition, got a ${type}: it never holds`);
  }
  return parsed.expression;
}

/** The expression in a text; a text that is none is reported with what AWS says of such. */
export function readExpression(place: Place, text: string, failure: string, findings: ExpressionFindings): Expression {
  // Not a text of the right shape: reported already.
  if (text === '') return unread;
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    report(place, `${failure} ${parsed.message}`);
    return unread;
  }
  findings.expressions.push({ place, expression: parsed.expression, isCondition: false });
  return parsed.expression;
}

/** [ASSUMED A26] an expression where the text is one, otherwise the text itself. Source: detector-engine.md, 11.1. */
export function readExpressionOrText(place: Place, text: string, findings: ExpressionFindings): Expression {
  const parsed = parseExpression(text);
  if (!parsed.ok) return { kind: 'literal', value: text };
  findings.expressions.push({ place, expression: parsed.expression, isCondition: false });
  return parsed.expression;
}
