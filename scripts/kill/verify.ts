import { type Receiver } from './receiver.ts';
import { type Client } from './work.ts';

/** What was found to be wrong so far. */
export interface Findings {
  lost: number;
  appliedTwice: number;
  readonly details: string[];
}

/** Compares what is applied with what was acknowledged; one request of each client may be under way. */
export async function verifyApplied(clients: readonly Client[], url: string, findings: Findings): Promise<void> {
  for (const { kind, acknowledged, readApplied } of clients) {
    if (readApplied === null) continue;
    const applied = await readApplied(url);
    if (applied < acknowledged) findings.lost += acknowledged - applied;
    if (applied > acknowledged + 1) findings.appliedTwice += applied - acknowledged - 1;
    if (applied < acknowledged || applied > acknowledged + 1) {
      findings.details.push(`${kind}: ${acknowledged} acknowledged, ${applied} applied`);
    }
  }
}

/** How many effects have not come yet. */
export function countMissing(clients: readonly Client[], receiver: Receiver): number {
  let missing = 0;
  for (const client of clients) {
    for (const { expected, got } of client.effects(receiver)) missing += Math.max(0, expected.length - got.length);
  }
  return missing;
}

/** Compares the effects that came with those that had to; nothing is under way any more. Answers how many there were. */
export function verifyEffects(clients: readonly Client[], receiver: Receiver, findings: Findings): number {
  let effects = 0;
  for (const client of clients) {
    for (const { expected, got } of client.effects(receiver)) {
      effects += expected.length;
      const came = new Set(got);
      findings.lost += expected.filter((body) => !came.has(body)).length;
      findings.appliedTwice += got.length - came.size;
      if (expected.join() !== got.join()) {
        findings.details.push(`${client.kind}: effects ${summary(expected)} expected, ${summary(got)} came`);
      }
    }
  }
  return effects;
}

function summary(bodies: readonly string[]): string {
  return `${bodies.length} (${bodies.slice(-3).join(' ')})`;
}
