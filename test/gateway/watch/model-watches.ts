import { pino } from 'pino';
import { createWatches, type WatchSettings } from '../../../src/gateway/watch/watches.ts';
import { createFakeScheduler } from '../../fake-scheduler.ts';
import { createFakeModel } from './fake-model.ts';

/** Of `createModelWatches`, in a quiet world too. */
export const INTERVAL_MS = 1000;

/** Watches of a fake model with the detectors `d0`, `d1` and so on in the state `on`, whose time the test turns. */
export function createModelWatches(detectors: number, settings: Partial<WatchSettings> = {}) {
  const scheduler = createFakeScheduler();
  const model = createFakeModel();
  for (let index = 0; index < detectors; index += 1) model.put(`d${index}`, 'on');
  const watches = createWatches({
    upstream: model.upstream,
    scheduler,
    log: pino({ level: 'silent' }),
    pollIntervalMs: INTERVAL_MS,
    pollMaxIntervalMs: INTERVAL_MS,
    pollCallsPerSecond: 1000,
    resumeLogSize: 1000,
    resumeLogAgeMs: 120_000,
    maxBacklogEvents: 100,
    ...settings,
  });
  return { scheduler, model, watches };
}
