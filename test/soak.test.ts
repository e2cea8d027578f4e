import { expect, it } from 'vitest';
import { createClientLog, type ToldChange } from '../scripts/soak/client-log.ts';
import { runSoak } from '../scripts/soak/run-soak.ts';
import { createTruth } from '../scripts/soak/truth.ts';

it('300 clients that come and go while everything fails are told the truth (npm run soak has 50,000)', async () => {
  const { cycles, faults, events, violations } = await runSoak({ cycles: 300, seed: 1, replicas: 2 });
  expect(violations).toEqual([]);
  expect(cycles).toBeGreaterThanOrEqual(300);
  expect(Object.keys(faults)).not.toEqual([]);
  expect(events['UPDATED']).toBeGreaterThan(0);
}, 60_000);

/** The log of a client of one detector that is at version 3, with what makes its events. */
function startLog() {
  const truth = createTruth(1);
  for (let version = 1; version <= 3; version += 1) truth.change('d0');
  const log = createClientLog(truth, 'd0');
  const tell = (cursor: string, kind: ToldChange['kind'], version: number | null, before: number | null = null) =>
    log.add({
      cursor,
      kind,
      keyValue: kind === 'GAP' ? null : 'd0',
      previousStateName: before === null ? null : `S${before}`,
      conflated: false,
      detector: version === null ? null : detectorAt(version),
    });
  const detectorAt = (version: number) => ({
    lastUpdateTime: new Date(truth.changedAtMs('d0', version) ?? 0).toISOString(),
    state: { stateName: `S${version}`, variable: { json: version } },
  });
  return { log, tell };
}

it('a log that skips what the poll did not see, and one that begins anew after a GAP, are honest', () => {
  const { log, tell } = startLog();
  expect([tell('a', 'SNAPSHOT', 0), tell('b', 'UPDATED', 2, 0), tell('c', 'GAP', null)].flat()).toEqual([]);
  expect(log.behind()).toEqual(['d0']);
  expect([tell('d', 'SNAPSHOT', 1), tell('e', 'UPDATED', 3, 1)].flat()).toEqual([]);
  expect(log.behind()).toEqual([]);
});

it.each([
  ['a cursor twice', 'a', 'UPDATED', 2, 1, /a cursor of its own/],
  ['a change that is left out', 'b', 'UPDATED', 3, 2, /Expected the change after S1, got the one after S2/],
  ['a change that is told twice', 'b', 'UPDATED', 1, 1, /Expected a version after 1, got 1/],
  ['the present state without a GAP', 'c', 'SNAPSHOT', 2, null, /SNAPSHOT at the start/],
] as const)('%s is found', (_name, cursor, kind, version, before, expected) => {
  const { tell } = startLog();
  tell('a', 'SNAPSHOT', 0);
  tell('a1', 'UPDATED', 1, 0);
  expect(tell(cursor, kind, version, before).join()).toMatch(expected);
});
