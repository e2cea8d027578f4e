import { toEpochSeconds } from '../../clock.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, type Operation } from '../protocol/operation.ts';
import { type Infer, type JsonDocument, oneOf, string, structure } from '../protocol/shape.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import {
  arnOf,
  filterRows,
  named,
  newRow,
  pageAnswer,
  refuseIssues,
  requireAbsent,
  requireResource,
} from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { artifactOutputConfig, entityName, listMembers, namePart, resourceKey, roleArn, tags } from './shapes.ts';

/** CreateEdgePackagingJob's request. */
export const createPackagingJobRequest = structure(
  {
    EdgePackagingJobName: entityName,
    CompilationJobName: entityName,
    ModelName: entityName,
    ModelVersion: string({ min: 1, max: 30, pattern: '[a-zA-Z0-9\\ \\_\\.]+' }),
    RoleArn: roleArn,
    OutputConfig: artifactOutputConfig,
  },
  { ResourceKey: resourceKey, Tags: tags },
);

type CreatePackagingJob = Infer<typeof createPackagingJobRequest>;

/** Nothing is compiled: a job is that from the start. Source: wire.md, 9.11. */
const status = 'COMPLETED';
const sha1Tag = 'fleetgraph:sha1';

/** A packaging job as the store has it. */
export function packagingJobDocument({ Tags: _, ...request }: CreatePackagingJob): JsonDocument {
  return withoutNulls(request);
}

/** Throws an AwsError if there is one of the name, or if the SHA-1 in its tags is none. */
export async function createPackagingJob(context: ControlContext, request: CreatePackagingJob): Promise<void> {
  await requireAbsent(context, 'edgePackagingJob', request.EdgePackagingJobName);
  await putPackagingJob(context, request, null);
}

/** Replaces a packaging job, or adds it where there is none before. Throws an AwsError if the SHA-1 in its tags is none. */
export async function putPackagingJob(
  context: ControlContext,
  request: CreatePackagingJob,
  before: ResourceRow | null,
) {
  const sum = request.Tags?.find(({ Key }) => Key === sha1Tag)?.Value;
  if (sum !== undefined && !/^[0-9a-f]{40}$/.test(sum)) {
    const message = `Expected the SHA-1 of the artifact in ${sha1Tag} as 40 characters of lower-case hex, got '${sum}'`;
    refuseIssues('ValidationException', [{ path: 'Tags', message }]);
  }
  const { EdgePackagingJobName: name, Tags } = request;
  const row = newRow(context, 'edgePackagingJob', name, packagingJobDocument(request), Tags);
  await context.tx.putResource({ ...row, creationTimeMs: before?.creationTimeMs ?? row.creationTimeMs });
}

/** What a device is told to load: S3Url and, where it is known, Checksum. Source: wire.md, 9.11. */
export function artifactOf(row: ResourceRow): { readonly S3Url: string; readonly Checksum?: object } {
  const sum = row.tags.find(({ key }) => key === sha1Tag)?.value;
  return { S3Url: artifactUrl(row), ...(sum !== undefined && { Checksum: { Type: 'SHA1', Sum: sum } }) };
}

function artifactUrl(row: ResourceRow): string {
  const { OutputConfig, ModelName, ModelVersion } = JSON.parse(row.request) as CreatePackagingJob;
  const location = OutputConfig.S3OutputLocation;
  const endsInFile = /^s3:\/\/[^/]+\/(?:.*\/)?[^/]+\.[^/]+$/.test(location);
  return endsInFile ? location : `${location.replace(/\/$/, '')}/${ModelName}-${ModelVersion}.tar.gz`;
}

const listRequest = structure(
  {},
  {
    ...listMembers,
    ModelNameContains: namePart,
    StatusEquals: oneOf(['STARTING', 'INPROGRESS', 'COMPLETED', 'FAILED', 'STOPPING', 'STOPPED']),
    SortBy: oneOf(['NAME', 'MODEL_NAME', 'CREATION_TIME', 'LAST_MODIFIED_TIME', 'STATUS']),
  },
);

/** The operations on edge packaging jobs. Source: wire.md, sections 8.1, 8.3 and 9.11. */
export function createPackagingJobOperations(control: Control): readonly Operation[] {
  const jobName = structure({ EdgePackagingJobName: entityName });
  return [
    sagemakerOperation(
      control,
      'CreateEdgePackagingJob',
      createPackagingJobRequest,
      named.packagingJob,
      async (context, request) => {
        await createPackagingJob(context, request);
        return undefined;
      },
    ),
    sagemakerOperation(
      control,
      'DescribeEdgePackagingJob',
      jobName,
      named.packagingJob,
      async (context, { EdgePackagingJobName }) => {
        const row = await requireResource(context, 'edgePackagingJob', EdgePackagingJobName);
        const { OutputConfig, ResourceKey, RoleArn } = JSON.parse(row.request) as JsonDocument;
        return {
          ...summary(context.account, row),
          OutputConfig,
          ResourceKey,
          RoleArn,
          ModelArtifact: artifactUrl(row),
        };
      },
    ),
    sagemakerOperation(
      control,
      'ListEdgePackagingJobs',
      listRequest,
      () => ANY,
      async ({ tx, account }, request) => {
        const { ModelNameContains, StatusEquals, SortBy } = request;
        const rows = StatusEquals === null || StatusEquals === status ? await tx.listResources('edgePackagingJob') : [];
        const named = filterRows(rows, request).filter(
          (row) => ModelNameContains === null || modelNameOf(row).includes(ModelNameContains),
        );
        const { entries, next } = pageAnswer(named, (row) => sortKey(row, SortBy), request);
        return { EdgePackagingJobSummaries: entries.map((row) => summary(account, row)), ...next };
      },
    ),
    sagemakerOperation(
      control,
      'StopEdgePackagingJob',
      jobName,
      named.packagingJob,
      async (context, { EdgePackagingJobName }) => {
        await requireResource(context, 'edgePackagingJob', EdgePackagingJobName);
        return undefined;
      },
    ),
  ];
}

function sortKey(row: ResourceRow, sortBy: string | null): readonly (string | number)[] {
  if (sortBy === 'MODEL_NAME') return [modelNameOf(row), row.name];
  if (sortBy === 'CREATION_TIME') return [row.creationTimeMs, row.name];
  if (sortBy === 'LAST_MODIFIED_TIME') return [row.lastUpdateTimeMs, row.name];
  return [row.name];
}

function modelNameOf(row: ResourceRow): string {
  return (JSON.parse(row.request) as CreatePackagingJob).ModelName;
}

function summary(account: Account, row: ResourceRow): object {
  const { CompilationJobName, ModelName, ModelVersion } = JSON.parse(row.request) as JsonDocument;
  return {
    EdgePackagingJobArn: arnOf(account, 'edgePackagingJob', row.name),
    EdgePackagingJobName: row.name,
    EdgePackagingJobStatus: status,
    CompilationJobName,
    ModelName,
    ModelVersion,
    CreationTime: toEpochSeconds(row.creationTimeMs),
    LastModifiedTime: toEpochSeconds(row.lastUpdateTimeMs),
  };
}
