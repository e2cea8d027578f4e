import { batchIds, sendBatch } from '../batch.ts';
import { badUserInput } from '../errors.ts';
import { type MessageInput, type PutMessagesInput, type Resolvers } from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { type MessageRequest } from '../upstream/upstream.ts';

/** Messages to inputs. */
export const messageResolvers: Resolvers = {
  Mutation: {
    async putMessages(_parent, { input }, { upstream, call, loaders, maxBatchEntries }) {
      const results = await sendBatch(
        readMessages(input, maxBatchEntries),
        (message) => message.messageId,
        (chunk) => upstream.batchPutMessage(chunk, call),
      );
      // A message can change any detector and any alarm.
      loaders.forgetDetectors();
      loaders.alarm.clearAll();
      loaders.alarmPage.clearAll();
      return { results };
    },
  },
};

function readMessages({ messages }: PutMessagesInput, maxEntries: number): MessageRequest[] {
  const ids = batchIds('input.messages', 'messageId', messages, maxEntries);
  return messages.map((message, index) => {
    const path = `input.messages[${index}]`;
    const { inputName, timestamp = null } = message;
    checkArguments({ inputName }, `${path}.`);
    if (timestamp !== null && timestamp.getTime() < 1) {
      throw badUserInput(
        `${path}.timestamp`,
        `Expected a time after 1970-01-01T00:00:00Z, got ${timestamp.toISOString()}`,
      );
    }
    return { messageId: ids[index] as string, inputName, payload: readPayload(message, path), timestamp };
  });
}

/** The bytes of a message's payload. Whether they are what the input expects is for upstream to say, entry by entry. */
function readPayload({ payload, payloadText }: MessageInput, path: string): Buffer {
  const hasPayload = payload !== null && payload !== undefined;
  const hasText = payloadText !== null && payloadText !== undefined;
  if (hasPayload === hasText) {
    const got = hasPayload ? 'both' : 'neither';
    throw badUserInput(path, `Expected exactly one of payload and payloadText that is not null, got ${got}`);
  }
  return Buffer.from(hasText ? payloadText : JSON.stringify(payload));
}
