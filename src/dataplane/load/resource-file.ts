import { type Issue } from '../../engine/reading.ts';
import { type ControlContext } from '../runtime/control.ts';

/** What a file holds: its requests, and what is not a request that can be loaded. A file with issues is not applied. */
export interface ResourceFile {
  /** As an operator would type it: `examples/motor.json`. */
  readonly file: string;
  readonly entries: readonly FileEntry[];
  readonly notes: readonly string[];
}

/** One request of a file: `resource`, unless it cannot be read. Paths of issues like `[2].Devices[0].DeviceName`; '' is the whole file. */
export interface FileEntry {
  readonly resource: Resource | null;
  readonly issues: readonly Issue[];
}

/** A request of the right shape. */
interface Resource {
  /** Where it stands in the file. */
  readonly path: string;
  /** Resources of a lower rank come first, as others refer to them. */
  readonly rank: number;
  /** What it defines, as messages have it: `input PressureInput`. */
  readonly names: readonly string[];
  /** Creates, updates or leaves what it defines. Throws the AwsError with which a control plane refuses the request. */
  apply(context: LoadContext): Promise<readonly ReportLine[]>;
}

/** What the requests of one load work with. */
export interface LoadContext extends ControlContext {
  /** The packaging jobs that this load has changed. */
  readonly changedJobs: Set<string>;
}

/** Why a file is not applied. */
export interface Refusal extends Issue {
  readonly file: string;
}

/** What a load did, a line for each resource. `notes`: what the writers of the files should know. */
export interface LoadReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly refused: readonly Refusal[];
  readonly notes: readonly string[];
}

/** What became of a resource. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** A line of the report, and the part that it belongs to. Lines with a count are summed up: `24 devices in device fleet demo`. */
export interface ReportLine {
  readonly part: Outcome | 'notes';
  readonly text: string;
  readonly count?: number;
}
