import { type JsonObject } from '../json.ts';
import { type EngineOptions } from '../options.ts';
import { type CustomerAction } from './snapshot.ts';

/** What an alarm reacts to. The payload of a message is projected already (projectMessage). */
export type AlarmCause =
  | { readonly kind: 'Message'; readonly inputName: string; readonly messageId: string; readonly payload: JsonObject }
  | { readonly kind: 'SnoozeTimeout' }
  | { readonly kind: 'CustomerAction'; readonly requestId: string; readonly action: CustomerAction };

/** Which alarm it is, and how it is run. */
export interface AlarmSettings {
  /** Null: the only alarm of a model without key. */
  readonly keyValue: string | null;
  readonly alarmModelVersion: string;
  readonly options?: EngineOptions;
}
