import { type Operation } from '../protocol/operation.ts';
import { type Runtime } from '../runtime/runtime.ts';
import { createAlarmOperations } from './alarms.ts';
import { createDetectorOperations } from './detectors.ts';
import { createMessageOperations } from './messages.ts';

/** The twelve operations of iotevents-data. Source: wire.md, section 4. */
export function createIotEventsDataOperations(runtime: Runtime): readonly Operation[] {
  return [...createMessageOperations(runtime), ...createDetectorOperations(runtime), ...createAlarmOperations(runtime)];
}
