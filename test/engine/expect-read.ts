import { type Issue, type Reading } from '../../src/engine/reading.ts';

/** The value of a successful reading; throws with every issue otherwise. */
export function expectRead<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value;
  throw new Error(`Expected a valid request, got\n${formatIssues(reading.issues)}`);
}

export function formatIssues(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => `${path}: ${message}`).join('\n');
}
