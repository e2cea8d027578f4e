import { type Issue } from '../../engine/reading.ts';
import { type Infer } from '../protocol/shape.ts';
import { type alarmModel, type deploymentPlan, type deviceFleet, type devices, type packagingJob } from './shapes.ts';

/** One request of a loaded file, told by its members. The requests of IoT Events are checked by the engine, later. */
export type Resource = { readonly path: string; readonly json: JsonRequest } & (
  | { readonly kind: 'input' | 'detectorModel' }
  | { readonly kind: 'alarmModel'; readonly request: Infer<typeof alarmModel> }
  | { readonly kind: 'deviceFleet'; readonly request: Infer<typeof deviceFleet> }
  | { readonly kind: 'devices'; readonly request: Infer<typeof devices> }
  | { readonly kind: 'packagingJob'; readonly request: Infer<typeof packagingJob> }
  | { readonly kind: 'deploymentPlan'; readonly request: Infer<typeof deploymentPlan> }
);

/** A resource of one kind. */
export type ResourceOf<Kind extends Resource['kind']> = Extract<Resource, { readonly kind: Kind }>;

/** A request as JSON.parse gives it, without the members that are null. */
export type JsonRequest = Readonly<Record<string, unknown>>;

/** What a file holds, and what is wrong with it. A file with issues is not applied. */
export interface ResourceFile {
  /** As an operator would type it: `examples/motor.json`. */
  readonly file: string;
  readonly resources: readonly Resource[];
  /** `path` like `[2].Devices[0].DeviceName`; '' is the whole file. */
  readonly issues: readonly Issue[];
}

/** Why a file is not applied. */
export interface Refusal extends Issue {
  readonly file: string;
}

/** What a load did, a line for each resource. `notes`: what a loaded model asks for and does not get yet, and doubts. */
export interface LoadReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly refused: readonly Refusal[];
  readonly notes: readonly string[];
}

/** A line of the report, and the part that it belongs to. */
export interface ReportLine {
  readonly part: 'created' | 'updated' | 'unchanged' | 'notes';
  readonly text: string;
}
