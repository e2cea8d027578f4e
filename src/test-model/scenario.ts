import { type AlarmModelDefinition } from '../engine/alarm/definition.ts';
import { type CustomerAction } from '../engine/alarm/snapshot.ts';
import { type DetectorModelDefinition } from '../engine/detector/definition.ts';
import { type DetectorStateUpdate } from '../engine/detector/update.ts';
import { type InputDefinition } from '../engine/input.ts';
import { type JsonObject } from '../engine/json.ts';

/** Models, and what happens to them step by step. */
export interface Scenario {
  readonly kind: 'scenario';
  readonly name: string;
  /** Where the models and expectations come from. */
  readonly source: string | null;
  readonly inputs: readonly InputDefinition[];
  readonly detectorModels: readonly DetectorModelDefinition[];
  readonly alarmModels: readonly AlarmModelDefinition[];
  readonly steps: readonly Step[];
}

/** Inputs and models. */
export type Models = Pick<Scenario, 'inputs' | 'detectorModels' | 'alarmModels'>;

/** One operation and what must hold after it. */
export interface Step {
  readonly operation: Operation;
  readonly expectations: readonly Expectation[];
  readonly why: string | null;
}

export type Operation =
  /** `messageId` null: a fresh one. */
  | {
      readonly kind: 'put';
      readonly inputName: string;
      readonly payload: JsonObject;
      readonly messageId: string | null;
    }
  | { readonly kind: 'advanceSeconds'; readonly seconds: number }
  | {
      readonly kind: 'update';
      readonly modelName: string;
      readonly keyValue: string | null;
      readonly state: DetectorStateUpdate;
    }
  | { readonly kind: 'delete'; readonly modelName: string; readonly keyValue: string | null }
  | { readonly kind: 'updateModel'; readonly definition: DetectorModelDefinition }
  | {
      readonly kind: 'alarmAction';
      readonly modelName: string;
      readonly keyValue: string | null;
      readonly action: CustomerAction;
    };

/** What must hold of one detector or alarm, or, without a model, of the answer to the operation. */
export interface Expectation {
  readonly modelName: string | null;
  readonly keyValue: string | null;
  /** The members to check, as they stand in the file. */
  readonly members: JsonObject;
}
