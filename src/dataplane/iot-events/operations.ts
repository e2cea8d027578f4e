import { type Operation } from '../protocol/operation.ts';
import { type Control } from '../runtime/control.ts';
import { createAlarmModelOperations } from './alarm-models.ts';
import { createAnalysisOperations } from './analysis.ts';
import { createDetectorModelOperations } from './detector-models.ts';
import { createInputRoutingOperations } from './input-routings.ts';
import { createInputOperations } from './inputs.ts';
import { createLoggingOperations } from './logging.ts';
import { createTagOperations } from './tags.ts';

/** All operations of the iotevents control plane. Source: wire.md, section 6. */
export function createIotEventsOperations(control: Control): readonly Operation[] {
  return [
    ...createInputOperations(control),
    ...createInputRoutingOperations(control),
    ...createDetectorModelOperations(control),
    ...createAlarmModelOperations(control),
    ...createAnalysisOperations(control),
    ...createLoggingOperations(control),
    ...createTagOperations(control),
  ];
}
