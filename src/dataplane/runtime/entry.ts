import { type CustomerAction } from '../../engine/alarm/snapshot.ts';
import { type AlarmSummaryRow, type DetectorSummaryRow } from '../store/store.ts';

/** One message of BatchPutMessage; `payload` is decoded. */
export interface MessageEntry {
  readonly messageId: string;
  readonly inputName: string;
  readonly payload: Uint8Array;
  readonly timestampMs: number | null;
}

/** One detector of BatchDeleteDetector; keyValue null: the model has no key. */
export interface DetectorEntry {
  readonly detectorModelName: string;
  readonly keyValue: string | null;
}

/** One detector of BatchUpdateDetector with the state that it is put into. */
export interface DetectorUpdateEntry extends DetectorEntry {
  readonly stateName: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly timers: readonly { readonly name: string; readonly seconds: number }[];
}

/** One request of the five batch operations on alarms. */
export interface AlarmActionEntry {
  readonly requestId: string;
  readonly alarmModelName: string;
  readonly keyValue: string | null;
  readonly action: CustomerAction;
}

/** What DescribeAlarm tells; `alarmState` as it is on the wire, plain JSON; severity null: the model has none. */
export interface AlarmDescription extends AlarmSummaryRow {
  readonly alarmState: object;
  readonly severity: number | null;
}

/** Why one entry of a batch failed. Source: wire.md, section 3, per-entry error codes. */
export interface EntryError {
  readonly errorCode: 'ResourceNotFoundException' | 'InvalidRequestException' | 'InternalFailureException';
  readonly errorMessage: string;
}

/** What DescribeDetector tells; `value` in API text form, `timestampMs` the time of expiry. */
export interface DetectorDescription extends DetectorSummaryRow {
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly timers: readonly { readonly name: string; readonly timestampMs: number }[];
}

/** A request that is refused whole: 400 InvalidRequestException with this message. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}
