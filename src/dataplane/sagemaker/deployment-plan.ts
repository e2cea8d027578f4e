import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { type Infer, integer, list, oneOf, structure } from '../protocol/shape.ts';
import { type ControlContext } from '../runtime/control.ts';
import { type DeploymentCount, type ResourceRow } from '../store/store.ts';
import { nameOf, refuseIssues, requireResource } from './resources.ts';
import { entityName } from './shapes.ts';

/** Stages as requests give them. Source: wire.md, section 8.1. */
export const stages = list(
  structure(
    {
      StageName: entityName,
      DeviceSelectionConfig: structure(
        { DeviceSubsetType: oneOf(['PERCENTAGE', 'SELECTION', 'NAMECONTAINS']) },
        {
          Percentage: integer({ min: 0, max: 100 }),
          DeviceNames: list(entityName),
          DeviceNameContains: entityName,
        },
      ),
    },
    { DeploymentConfig: structure({ FailureHandlingPolicy: oneOf(['ROLLBACK_ON_FAILURE', 'DO_NOTHING']) }) },
  ),
);

/** One stage of a request. */
export type StageRequest = Infer<typeof stages>[number];

/** A plan as the store has it: as CreateEdgeDeploymentPlan gives it, with what became of its stages. */
export interface PlanDocument {
  readonly EdgeDeploymentPlanName: string;
  readonly ModelConfigs: readonly { readonly ModelHandle: string; readonly EdgePackagingJobName: string }[];
  readonly DeviceFleetName: string;
  readonly Stages: readonly StageDocument[];
}

interface StageDocument {
  readonly StageName: string;
  readonly DeviceSelectionConfig: SelectionDocument;
  readonly DeploymentConfig: { readonly FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE' | 'DO_NOTHING' };
  readonly DeploymentStatus: {
    /** INPROGRESS: it was started and not stopped; what came of that is counted. */
    readonly StageStatus: 'READYTODEPLOY' | 'INPROGRESS' | 'STOPPED';
    readonly EdgeDeploymentStageStartTime?: number;
  };
}

interface SelectionDocument {
  readonly DeviceSubsetType: 'PERCENTAGE' | 'SELECTION' | 'NAMECONTAINS';
  readonly Percentage?: number;
  readonly DeviceNames?: readonly string[];
  readonly DeviceNameContains?: string;
}

/** The plan in a row of the store. */
export function planOf(row: ResourceRow): PlanDocument {
  return JSON.parse(row.request) as PlanDocument;
}

/** A stage that was not started yet. Rolling back is the default of the API. */
export function newStage({ DeploymentConfig, ...stage }: StageRequest): StageDocument {
  const config = DeploymentConfig ?? { FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE' };
  const document = withoutNulls({ ...stage, DeploymentConfig: config }) as unknown as StageDocument;
  return { ...document, DeploymentStatus: { StageStatus: 'READYTODEPLOY' } };
}

/** Throws AwsError if there is no such plan, or no such stage in it. */
export async function requireStage(context: ControlContext, planName: string, stageName: string) {
  const row = await requireResource(context, 'edgeDeploymentPlan', planName);
  const plan = planOf(row);
  const stage = plan.Stages.find(({ StageName }) => StageName === stageName);
  if (stage !== undefined) return { row, plan, stage };
  const message = `Expected stage ${stageName} in ${nameOf('edgeDeploymentPlan', planName)}, got none`;
  throw new AwsError('ResourceNotFound', message);
}

/** Replaces what the store has of a plan. */
export function putPlan({ tx, nowMs }: ControlContext, row: ResourceRow, plan: PlanDocument): Promise<void> {
  return tx.putResource({ ...row, request: JSON.stringify(plan), lastUpdateTimeMs: nowMs });
}

const neededMember = {
  PERCENTAGE: 'Percentage',
  SELECTION: 'DeviceNames',
  NAMECONTAINS: 'DeviceNameContains',
} as const;

/** Throws an AwsError with all that is wrong with the stages of a plan beyond their shape; `taken` are names of its others. */
export async function checkStages(
  { tx }: ControlContext,
  fleetName: string,
  given: readonly StageRequest[],
  taken: readonly string[],
): Promise<void> {
  const invalid: Issue[] = [];
  const missing: Issue[] = [];
  const names = new Set(taken);
  for (const [index, { StageName, DeviceSelectionConfig: config }] of given.entries()) {
    const path = `Stages[${index}]`;
    const needed = neededMember[config.DeviceSubsetType];
    if (names.has(StageName)) {
      invalid.push({ path: `${path}.StageName`, message: `Expected one stage ${StageName} in a plan, got another` });
    }
    names.add(StageName);
    if (config[needed] === null) {
      const message = `Expected ${needed} with DeviceSubsetType ${config.DeviceSubsetType}, got none`;
      invalid.push({ path: `${path}.DeviceSelectionConfig.${needed}`, message });
    }
    if (config.DeviceSubsetType !== 'SELECTION') continue;
    for (const [device, name] of (config.DeviceNames ?? []).entries()) {
      if ((await tx.getDevice(fleetName, name)) !== null) continue;
      const message = `Expected device ${name} in ${nameOf('deviceFleet', fleetName)}, got none`;
      missing.push({ path: `${path}.DeviceSelectionConfig.DeviceNames[${device}]`, message });
    }
  }
  refuseIssues('ValidationException', invalid.length > 0 ? [...missing, ...invalid] : []);
  refuseIssues('ResourceNotFound', missing);
}

/** Whether a stage selects a device by its name. A percentage takes any. */
export function selectsByName({ DeviceSelectionConfig: config }: StageDocument, deviceName: string): boolean {
  if (config.DeviceSubsetType === 'PERCENTAGE') return false;
  return config.DeviceSubsetType === 'SELECTION'
    ? config.DeviceNames?.includes(deviceName) === true
    : deviceName.includes(config.DeviceNameContains ?? '');
}

/**
 * The devices that a stage deploys to: a percentage is one of the whole fleet, and every stage takes only devices that no
 * other has. `deviceNames` are the fleet's, in order; `taken` those of other stages. [ASSUMED W7]
 */
export function selectDevices(
  stage: StageDocument,
  deviceNames: readonly string[],
  taken: ReadonlySet<string>,
): readonly string[] {
  const free = deviceNames.filter((deviceName) => !taken.has(deviceName));
  const { DeviceSubsetType, Percentage = 0 } = stage.DeviceSelectionConfig;
  return DeviceSubsetType === 'PERCENTAGE'
    ? free.slice(0, Math.ceil((deviceNames.length * Percentage) / 100))
    : free.filter((deviceName) => selectsByName(stage, deviceName));
}

/** How many devices of a stage, or of all, have succeeded, are waited for and have failed. */
export interface Counters {
  readonly success: number;
  readonly pending: number;
  readonly failed: number;
}

/** `stageName` null: of all stages. */
export function countersOf(counts: readonly DeploymentCount[], stageName: string | null): Counters {
  const sum = (status: DeploymentCount['status']) =>
    counts
      .filter((entry) => entry.status === status && (stageName === null || entry.stageName === stageName))
      .reduce((total, { count }) => total + count, 0);
  return { success: sum('DEPLOYED'), pending: sum('PENDING'), failed: sum('FAILED') };
}

/** A stage is DEPLOYED when every device has succeeded, FAILED when all have answered and one has failed. Source: wire.md, 9.12. */
export function stageStatus(
  { DeploymentStatus: { StageStatus } }: StageDocument,
  { pending, failed }: Counters,
): string {
  if (StageStatus !== 'INPROGRESS' || pending > 0) return StageStatus;
  return failed > 0 ? 'FAILED' : 'DEPLOYED';
}
