import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { boolean, type Infer, list, oneOf, structure } from '../protocol/shape.ts';
import { withLoggingOptions } from '../runtime/catalog.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import { iotEvents } from './service.ts';
import { keyValue, modelName, roleArn } from './shapes.ts';

const loggingOptions = structure(
  { roleArn, level: oneOf(['ERROR', 'INFO', 'DEBUG']), enabled: boolean },
  { detectorDebugOptions: list(structure({ detectorModelName: modelName }, { keyValue }), { min: 1 }) },
);

/** PutLoggingOptions' request. */
export const putLoggingOptionsRequest = structure({ loggingOptions });

/** An account has one of them. */
const name = 'account';

/** null: they were never put. */
export function getLoggingOptions({ tx }: ControlContext): Promise<ResourceRow | null> {
  return tx.getResource('loggingOptions', name, null);
}

/**
 * Replaces the logging options, from the next cycle on. Problems are logged whatever they say: `level` and `enabled` only turn on
 * the summaries of cycles, one line for each cycle of the detectors in `detectorDebugOptions`. The role is not used.
 * Source: detector-engine.md, section 15.
 */
export async function putLoggingOptions(
  { tx, nowMs, catalog }: ControlContext,
  request: Infer<typeof putLoggingOptionsRequest>,
): Promise<void> {
  const text = JSON.stringify(withoutNulls(request.loggingOptions));
  const times = { creationTimeMs: nowMs, lastUpdateTimeMs: nowMs };
  await tx.putResource({ kind: 'loggingOptions', name, version: 1, request: text, tags: [], ...times });
  catalog.current = withLoggingOptions(catalog.current, text);
}

/** The two operations on logging options. Source: wire.md, section 6; detector-engine.md, 15.1. */
export function createLoggingOperations(control: Control): readonly Operation[] {
  const common = { service: iotEvents, path: '/logging', status: 200 } as const;
  return [
    defineOperation({
      ...common,
      name: 'PutLoggingOptions',
      method: 'PUT',
      input: putLoggingOptionsRequest,
      resources: () => ANY,
      async handle(request) {
        await control.publish((context) => putLoggingOptions(context, request));
        return null;
      },
    }),
    defineOperation({
      ...common,
      name: 'DescribeLoggingOptions',
      method: 'GET',
      input: structure({}),
      resources: () => ANY,
      handle: () =>
        control.transact(async (context) => {
          const row = await getLoggingOptions(context);
          if (row === null) throw new AwsError('ResourceNotFoundException', 'Logging options not found');
          return { loggingOptions: JSON.parse(row.request) as object };
        }),
    }),
  ];
}
