import { type Issue } from '../reading.ts';
import { type ExternalActionType } from './external-action.ts';

/**
 * What a cycle wants done outside, as plain data, after its snapshot is committed. Performed at least once; those who
 * receive it tell repetitions by `actionExecutionId`. Source: detector-engine.md, 11.
 */
export interface Effect {
  /** A version-3 UUID, the same whenever the same cycle is evaluated again. */
  readonly actionExecutionId: string;
  readonly type: ExternalActionType;
  /** The topic, ARN, queue URL, stream, input or table; for SiteWise the property's alias, or its asset and id. */
  readonly target: string;
  /** Of dynamoDB: operation, key fields, types and values, and the column of the payload. Otherwise empty. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What is sent, byte for byte: base64 of sqs and separator of firehose included, of SiteWise the whole request. */
  readonly payload: string;
  /** The event that ran; null for an alarm, which has none. */
  readonly eventName: string | null;
  /** The state in which the action ran. */
  readonly stateName: string;
  readonly eventTimeMs: number;
}

/** An action that failed, for the log; one with a warning was performed all the same. */
export interface Problem extends Issue {
  readonly isWarning?: true;
}
