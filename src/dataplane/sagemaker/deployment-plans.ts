import { toEpochSeconds } from '../../clock.ts';
import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { ANY, type Operation } from '../protocol/operation.ts';
import { type Infer, integer, list, oneOf, structure } from '../protocol/shape.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import {
  checkStages,
  type Counters,
  countersOf,
  newStage,
  type PlanDocument,
  planOf,
  stages,
  stageStatus,
} from './deployment-plan.ts';
import {
  arnOf,
  filterRows,
  named,
  nameOf,
  newRow,
  pageAnswer,
  refuseIssues,
  requireAbsent,
  requireResource,
} from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { entityName, listMembers, namePart, nextToken, tags } from './shapes.ts';

/** CreateEdgeDeploymentPlan's request. */
export const createDeploymentPlanRequest = structure(
  {
    EdgeDeploymentPlanName: entityName,
    ModelConfigs: list(structure({ ModelHandle: entityName, EdgePackagingJobName: entityName }), { min: 1 }),
    DeviceFleetName: entityName,
  },
  { Stages: stages, Tags: tags },
);

type CreateDeploymentPlan = Infer<typeof createDeploymentPlanRequest>;

/** A plan as the store has it before any stage was started. */
export function deploymentPlanDocument({ Tags: _, Stages, ...request }: CreateDeploymentPlan): PlanDocument {
  return { ...request, Stages: (Stages ?? []).map(newStage) };
}

/** Throws an AwsError if there is one of the name, or for what it refers to in vain. */
export async function createDeploymentPlan(context: ControlContext, request: CreateDeploymentPlan): Promise<void> {
  const { EdgeDeploymentPlanName: name, DeviceFleetName } = request;
  await requireAbsent(context, 'edgeDeploymentPlan', name);
  refuseIssues('ResourceNotFound', await findMissing(context, request));
  await checkStages(context, DeviceFleetName, request.Stages ?? [], []);
  const document = { ...deploymentPlanDocument(request) };
  await context.tx.putResource(newRow(context, 'edgeDeploymentPlan', name, document, request.Tags));
}

async function findMissing({ tx }: ControlContext, request: CreateDeploymentPlan): Promise<readonly Issue[]> {
  const needed = [
    { path: 'DeviceFleetName', kind: 'deviceFleet', name: request.DeviceFleetName } as const,
    ...request.ModelConfigs.map(({ EdgePackagingJobName: name }, index) => {
      return { path: `ModelConfigs[${index}].EdgePackagingJobName`, kind: 'edgePackagingJob', name } as const;
    }),
  ];
  const issues: Issue[] = [];
  for (const { path, kind, name } of needed) {
    if ((await tx.getResource(kind, name, null)) !== null) continue;
    issues.push({ path, message: `Expected ${nameOf(kind, name)}, got none` });
  }
  return issues;
}

/** Throws an AwsError if there is none, or if devices wait in one of its stages. */
async function deleteDeploymentPlan(context: ControlContext, name: string): Promise<undefined> {
  const row = await requireResource(context, 'edgeDeploymentPlan', name);
  const { pending } = countersOf(await context.tx.countDeployments(row.name), null);
  if (pending > 0) {
    const message = `Expected ${nameOf('edgeDeploymentPlan', name)} without a stage in progress, got ${pending} devices that wait`;
    throw new AwsError('ResourceInUse', message);
  }
  await dropDeploymentPlan(context, name);
}

/** Deletes a plan with its deployments, whatever their status. */
export async function dropDeploymentPlan({ tx }: ControlContext, name: string): Promise<void> {
  await tx.deleteDeployments(name, null);
  await tx.deleteResource('edgeDeploymentPlan', name);
}

const describeRequest = structure(
  { EdgeDeploymentPlanName: entityName },
  { NextToken: nextToken, MaxResults: integer({ min: 1, max: 10 }) },
);

const listRequest = structure(
  {},
  {
    ...listMembers,
    DeviceFleetNameContains: namePart,
    SortBy: oneOf(['NAME', 'DEVICE_FLEET_NAME', 'CREATION_TIME', 'LAST_MODIFIED_TIME']),
  },
);

/** The operations on whole edge deployment plans. Source: wire.md, sections 8 and 9.12. */
export function createDeploymentPlanOperations(control: Control): readonly Operation[] {
  const planName = structure({ EdgeDeploymentPlanName: entityName });
  return [
    sagemakerOperation(
      control,
      'CreateEdgeDeploymentPlan',
      createDeploymentPlanRequest,
      named.plan,
      async (context, request) => {
        await createDeploymentPlan(context, request);
        return { EdgeDeploymentPlanArn: arnOf(context.account, 'edgeDeploymentPlan', request.EdgeDeploymentPlanName) };
      },
    ),
    sagemakerOperation(control, 'DescribeEdgeDeploymentPlan', describeRequest, named.plan, describeDeploymentPlan),
    sagemakerOperation(
      control,
      'ListEdgeDeploymentPlans',
      listRequest,
      () => ANY,
      async ({ tx, account }, request) => {
        const rows = filterRows(await tx.listResources('edgeDeploymentPlan'), request).filter(
          (row) =>
            request.DeviceFleetNameContains === null ||
            planOf(row).DeviceFleetName.includes(request.DeviceFleetNameContains),
        );
        const { entries, next } = pageAnswer(rows, (row) => sortKey(row, request.SortBy), request);
        const EdgeDeploymentPlanSummaries: object[] = [];
        for (const row of entries) {
          const counters = countersOf(await tx.countDeployments(row.name), null);
          EdgeDeploymentPlanSummaries.push(summary(account, row, counters));
        }
        return { EdgeDeploymentPlanSummaries, ...next };
      },
    ),
    sagemakerOperation(
      control,
      'DeleteEdgeDeploymentPlan',
      planName,
      named.plan,
      (context, { EdgeDeploymentPlanName }) => deleteDeploymentPlan(context, EdgeDeploymentPlanName),
    ),
  ];
}

async function describeDeploymentPlan(context: ControlContext, request: Infer<typeof describeRequest>) {
  const row = await requireResource(context, 'edgeDeploymentPlan', request.EdgeDeploymentPlanName);
  const plan = planOf(row);
  const counts = await context.tx.countDeployments(row.name);
  const Stages = plan.Stages.map((stage, index) => {
    const counters = countersOf(counts, stage.StageName);
    const DeploymentStatus = {
      ...stage.DeploymentStatus,
      StageStatus: stageStatus(stage, counters),
      EdgeDeploymentSuccessInStage: counters.success,
      EdgeDeploymentPendingInStage: counters.pending,
      EdgeDeploymentFailedInStage: counters.failed,
    };
    return { index, stage: { ...stage, DeploymentStatus } };
  });
  const { entries, next } = pageAnswer(Stages, ({ index }) => [index], request);
  return {
    ...summary(context.account, row, countersOf(counts, null)),
    ModelConfigs: plan.ModelConfigs,
    Stages: entries.map(({ stage }) => stage),
    ...next,
  };
}

function sortKey(row: ResourceRow, sortBy: string | null): readonly (string | number)[] {
  if (sortBy === 'DEVICE_FLEET_NAME') return [planOf(row).DeviceFleetName, row.name];
  if (sortBy === 'CREATION_TIME') return [row.creationTimeMs, row.name];
  if (sortBy === 'LAST_MODIFIED_TIME') return [row.lastUpdateTimeMs, row.name];
  return [row.name];
}

function summary(account: Account, row: ResourceRow, { success, pending, failed }: Counters): object {
  return {
    EdgeDeploymentPlanArn: arnOf(account, 'edgeDeploymentPlan', row.name),
    EdgeDeploymentPlanName: row.name,
    DeviceFleetName: planOf(row).DeviceFleetName,
    EdgeDeploymentSuccess: success,
    EdgeDeploymentPending: pending,
    EdgeDeploymentFailed: failed,
    CreationTime: toEpochSeconds(row.creationTimeMs),
    LastModifiedTime: toEpochSeconds(row.lastUpdateTimeMs),
  };
}
