import { type Cause, type ConditionEvaluation } from '../../engine/detector/cycle.ts';
import { type DetectorModelDefinition } from '../../engine/detector/definition.ts';
import { type DetectorSnapshot } from '../../engine/detector/snapshot.ts';
import { formatObject } from '../../engine/json.ts';

/** A cycle that was run. */
interface RunCycle {
  readonly definition: DetectorModelDefinition;
  readonly keyValue: string | null;
  readonly cause: Cause;
  /** The message as it came; null for a timer. */
  readonly payload: Uint8Array | null;
  readonly nowMs: number;
  /** Null: the message created the detector. */
  readonly before: DetectorSnapshot | null;
  readonly after: DetectorSnapshot;
  readonly evaluations: readonly ConditionEvaluation[];
}

/** The members of a cycle's entry in the log; the level is that of the line. Source: detector-engine.md, 15.2. */
export function cycleSummary({ definition, cause, payload, before, after, ...cycle }: RunCycle): object {
  const isMessage = cause.kind === 'Message';
  return {
    timestamp: new Date(cycle.nowMs).toISOString(),
    logMessage: 'Summary of message evaluation',
    context: 'MessageEvaluation',
    status: 'Success',
    ...(isMessage && { messageId: cause.messageId }),
    keyValue: cycle.keyValue,
    detectorModelName: definition.detectorModelName,
    initialState: before?.stateName ?? definition.initialStateName,
    initialVariables: variablesOf(before),
    finalState: after.stateName,
    finalVariables: variablesOf(after),
    ...(payload !== null && { message: new TextDecoder().decode(payload) }),
    messageType: isMessage ? 'CUSTOMER_MESSAGE' : 'TIMER_MESSAGE', // [ASSUMED A51]
    conditionEvaluationResults: cycle.evaluations.map(({ condition: _, ...evaluation }) => evaluation),
  };
}

/** The engine's Integers are bigint, which JSON.stringify does not take. */
function variablesOf(snapshot: DetectorSnapshot | null): unknown {
  return JSON.parse(formatObject(snapshot?.variables ?? []));
}
