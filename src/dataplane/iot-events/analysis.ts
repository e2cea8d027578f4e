import { randomUUID } from 'node:crypto';
import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { document, integer, string, structure } from '../protocol/shape.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { listAnswer } from './resources.ts';
import { iotEvents } from './service.ts';
import { pagingQuery } from './shapes.ts';

/** How long results are kept. Source: detector-engine.md, section 12. */
const keptForMs = 24 * 60 * 60 * 1000;

/** What kind of finding a text is; the first that fits. Source: AWS IoT Events developer guide, "Detector model analysis". */
const types: readonly (readonly [string, RegExp])[] = [
  ['supported-actions', /^Actions may only have one type/],
  ['service-limits', /exceeded the limit|should be at least .* long|Member must have (length|value) less/],
  ['expression-syntax', /Failed to parse/],
  ['referenced-data', /^Detected broken/],
  ['referenced-resource', /contains reference to Input/],
  ['data-type', /^Expected a Boolean condition/],
];

interface AnalysisResult {
  readonly type: string;
  readonly level: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly locations: readonly { readonly path: string }[];
}

/**
 * The three operations of the analysis of detector models, which is complete at once. Its findings are those that would refuse
 * the model (ERROR) and what its writer should know (WARNING). Source: wire.md, sections 6 and 7.
 */
export function createAnalysisOperations(control: Control): readonly Operation[] {
  const one = { service: iotEvents, path: '/analysis/detector-models/{analysisId}', status: 200 } as const;
  return [
    defineOperation({
      service: iotEvents,
      name: 'StartDetectorModelAnalysis',
      method: 'POST',
      path: '/analysis/detector-models',
      status: 200,
      input: structure({ detectorModelDefinition: document }),
      resources: () => ANY,
      handle: ({ detectorModelDefinition }) =>
        control.transact(async (context) => {
          const { tx, nowMs } = context;
          const analysisId = randomUUID();
          const request = JSON.stringify(analyse(context, withoutNulls(detectorModelDefinition)));
          await tx.forgetResources('detectorModelAnalysis', nowMs - keptForMs);
          const times = { creationTimeMs: nowMs, lastUpdateTimeMs: nowMs };
          const row = { kind: 'detectorModelAnalysis', name: analysisId, version: 1, request, tags: [] } as const;
          await tx.putResource({ ...row, ...times });
          return { analysisId };
        }),
    }),
    defineOperation({
      ...one,
      name: 'DescribeDetectorModelAnalysis',
      method: 'GET',
      input: structure({ analysisId: string() }),
      resources: () => ANY,
      handle: ({ analysisId }) =>
        control.transact(async (context) => {
          await requireResults(context, analysisId);
          return { status: 'COMPLETE' };
        }),
    }),
    defineOperation({
      ...one,
      path: '/analysis/detector-models/{analysisId}/results',
      name: 'GetDetectorModelAnalysisResults',
      method: 'GET',
      query: pagingQuery,
      input: structure({ analysisId: string() }, { nextToken: string(), maxResults: integer({ min: 1 }) }),
      resources: () => ANY,
      handle: ({ analysisId, ...request }) =>
        control.transact(async (context) => {
          const results = await requireResults(context, analysisId);
          const numbered = results.map((result, index) => ({ result, index }));
          return listAnswer(
            'analysisResults',
            numbered,
            ({ index }) => [index],
            request,
            ({ result }) => result,
          );
        }),
    }),
  ];
}

function analyse({ catalog, quotas }: ControlContext, detectorModelDefinition: object): readonly AnalysisResult[] {
  const request = { detectorModelName: 'analysis', roleArn: 'analysis', detectorModelDefinition };
  const reading = readDetectorModel(request, new Set(catalog.current.inputs.keys()), quotas.definition);
  return reading.ok ? resultsOf('WARNING', reading.notes) : resultsOf('ERROR', reading.issues);
}

function resultsOf(level: AnalysisResult['level'], issues: readonly Issue[]): readonly AnalysisResult[] {
  return issues.map(({ path, message }) => ({
    type: types.find(([, pattern]) => pattern.test(message))?.[0] ?? 'structure',
    level,
    message,
    locations: [{ path: path.replace(/^detectorModelDefinition\.?/, '') }],
  }));
}

async function requireResults({ tx, nowMs }: ControlContext, analysisId: string): Promise<readonly AnalysisResult[]> {
  const row = await tx.getResource('detectorModelAnalysis', analysisId, null);
  if (row !== null && row.creationTimeMs >= nowMs - keptForMs) return JSON.parse(row.request) as AnalysisResult[];
  throw new AwsError('ResourceNotFoundException', `Analysis of id: ${analysisId} not found`);
}
