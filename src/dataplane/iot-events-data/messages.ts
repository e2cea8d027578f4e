import { defineOperation, type Operation } from '../protocol/operation.ts';
import { list, long, string, structure } from '../protocol/shape.ts';
import { type Runtime } from '../runtime/runtime.ts';
import { errorEntries, requireUniqueIds } from './batch.ts';
import { iotEventsData } from './service.ts';
import { BATCH_LIMIT, entryId, payload } from './shapes.ts';

const message = structure(
  {
    messageId: entryId,
    inputName: string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$' }),
    payload,
  },
  { timestamp: structure({}, { timeInMillis: long({ min: 1n }) }) },
);

/** BatchPutMessage. Source: wire.md, section 4; detector-engine.md, section 3. */
export function createMessageOperations(runtime: Runtime): readonly Operation[] {
  return [
    defineOperation({
      service: iotEventsData,
      name: 'BatchPutMessage',
      method: 'POST',
      path: '/inputs/messages',
      status: 200,
      input: structure({ messages: list(message, { min: 1, max: BATCH_LIMIT }) }),
      resources: ({ messages }) => messages.map(({ inputName }) => `input/${inputName}`),
      async handle({ messages }) {
        const ids = messages.map(({ messageId }) => messageId);
        requireUniqueIds('messageId', ids);
        const outcomes = await runtime.putMessages(
          messages.map(({ messageId, inputName, payload: bytes, timestamp }) => {
            const timeInMillis = timestamp?.timeInMillis ?? null;
            return {
              messageId,
              inputName,
              payload: bytes,
              timestampMs: timeInMillis === null ? null : Number(timeInMillis),
            };
          }),
        );
        return { BatchPutMessageErrorEntries: errorEntries('messageId', ids, outcomes) };
      },
    }),
  ];
}
