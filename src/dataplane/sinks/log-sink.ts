import { type Log } from '../../telemetry/log.ts';
import { type Sink } from '../runtime/delivery.ts';

/** Makes the sink that writes actions into the log, at level info: for types that nothing else is set up for. */
export function createLogSink(log: Log): Sink {
  return {
    concurrency: Number.POSITIVE_INFINITY,
    deliver({ source, effect }) {
      const { actionExecutionId, type, target, parameters, payload } = effect;
      log.info({ source, actionExecutionId, action: type, target, ...parameters, payload }, 'action');
      return Promise.resolve({ ok: true });
    },
  };
}
