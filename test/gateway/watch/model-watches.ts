import { pino } from 'pino';
import { type Bus } from '../../../src/fanout/bus.ts';
import { createWatches, type WatchSettings } from '../../../src/gateway/watch/watches.ts';
import { createFakeScheduler } from '../../fake-scheduler.ts';
import { createFakeModel } from './fake-model.ts';

/** Of `createModelWatches`, in a quiet world too. */
export const INTERVAL_MS = 1000;

/** A fake model with the detectors `d0`, `d1` and so on in the state `on`, and the time that the test turns. */
export function createModelWorld(detectors: number) {
  const model = createFakeModel();
  for (let index = 0; index < detectors; index += 1) model.put(`d${index}`, 'on');
  return { scheduler: createFakeScheduler(), model };
}

/** Watches of a world; with a bus those of one replica. */
export function watchWorld(
  { scheduler, model }: ReturnType<typeof createModelWorld>,
  bus: Bus | null,
  settings: Partial<WatchSettings> = {},
) {
  return createWatches({
    upstream: model.upstream,
    scheduler,
    bus,
    log: pino({ level: 'silent' }),
    pollIntervalMs: INTERVAL_MS,
    pollMaxIntervalMs: INTERVAL_MS,
    pollCallsPerSecond: 1000,
    resumeLogSize: 1000,
    resumeLogAgeMs: 120_000,
    maxBacklogEvents: 100,
    ...settings,
  });
}

/** Watches of a world of their own. */
export function createModelWatches(detectors: number, settings: Partial<WatchSettings> = {}) {
  const world = createModelWorld(detectors);
  return { ...world, watches: watchWorld(world, null, settings) };
}
