import { type DocumentNode, getOperationAST } from 'graphql';
import { type Log } from '../telemetry/log.ts';

/** One operation that has ended. Variables and answers are not for the log. */
export interface OperationRecord {
  readonly requestId: string;
  readonly clientAddress: string;
  /** Absent: the document did not parse. */
  readonly document?: DocumentNode | undefined;
  readonly operationName?: string | null | undefined;
  readonly startedAtMs: number;
  /** The `extensions.code` of its errors. */
  readonly codes: Iterable<unknown>;
}

const NAME_LENGTH = 100;

/** Writes the one log line of an operation. `startedAtMs` is by `performance.now()`. */
export function logOperation(
  log: Log,
  { requestId, clientAddress, document, operationName, startedAtMs, codes }: OperationRecord,
): void {
  if (!log.isLevelEnabled('info')) return;
  const operation = document && getOperationAST(document, operationName);
  const line = {
    requestId,
    clientAddress,
    operationType: operation?.operation ?? null,
    operationName: operation?.name?.value.slice(0, NAME_LENGTH) ?? null,
    durationMs: Math.round((performance.now() - startedAtMs) * 10) / 10,
    codes: [...new Set(codes)],
  };
  log.info(line, 'operation');
}
