import { describe, expect, it } from 'vitest';
import { type Ask, askDataplane, askFaulty, refusals } from '../gateway-client.ts';
import { answering, failing, resetting } from '../upstream/faulty-upstream.ts';

interface Result {
  readonly id: string;
  readonly ok: boolean;
  readonly error: { readonly code: string; readonly message: string; readonly retryable: boolean } | null;
}

async function putMessages(ask: Ask, messages: readonly object[]) {
  return ask<{ putMessages: { results: Result[] } }>(
    `mutation ($messages: [MessageInput!]!) {
      putMessages(input: { messages: $messages }) { results { id ok error { code message retryable } } }
    }`,
    { messages },
  );
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    inputName: 'PressureInput',
    payload: { n: index },
  }));

/** The messages of a request as they were sent. */
function sent(body: string) {
  const { messages } = JSON.parse(body) as { messages: { messageId: string; payload: string; timestamp?: object }[] };
  return messages.map(({ payload, ...rest }) => ({ ...rest, payload: Buffer.from(payload, 'base64').toString() }));
}

describe('putMessages', () => {
  it('says of each message what became of it', async () => {
    const { ask } = await askDataplane();
    const { data } = await putMessages(ask, [
      { messageId: 'good', inputName: 'PressureInput', payloadText: '{"motorid":"m","sensorData":{"pressure":80.0}}' },
      { messageId: 'lost', inputName: 'Nowhere', payload: {} },
      { messageId: 'broken', inputName: 'PressureInput', payloadText: '{' },
    ]);
    expect(data.putMessages.results).toMatchObject([
      { id: 'good', ok: true, error: null },
      { id: 'lost', ok: false, error: { code: 'RESOURCE_NOT_FOUND', retryable: false } },
      { id: 'broken', ok: false, error: { code: 'INVALID_REQUEST', retryable: false } },
    ]);
  });

  it('sends chunks of 10 and answers in the order given', async () => {
    const { ask, server } = await askFaulty(answering(200, {}));
    const { data, extensions } = await putMessages(ask, numbered(25));
    expect(data.putMessages.results.map(({ id, ok }) => (ok ? id : null))).toEqual(
      numbered(25).map(({ messageId }) => messageId),
    );
    expect(server.requests.map(({ body }) => sent(body).length).sort()).toEqual([10, 10, 5]);
    expect(extensions.upstreamCalls).toBe(3);
  });

  it('makes up ids that differ, and sends the bytes of payloadText as they are', async () => {
    const { ask, server } = await askFaulty(answering(200, {}));
    const payloadText = '{ "n": 20.0, "s": "é" }';
    const { data } = await putMessages(ask, [
      { inputName: 'i', payloadText, timestamp: '2026-01-01T00:00:00.123Z' },
      { inputName: 'i', payload: { n: 20 } },
    ]);
    const [first, second] = sent(server.requests[0]?.body ?? '');
    expect(first).toMatchObject({ payload: payloadText, timestamp: { timeInMillis: 1767225600123 } });
    expect(second).toMatchObject({ payload: '{"n":20}' });
    const ids = data.putMessages.results.map(({ id }) => id);
    expect(ids).toEqual([first?.messageId, second?.messageId]);
    expect(new Set(ids).size).toBe(2);
  });

  it('has 16 calls under way, and no more', async () => {
    const held: (() => void)[] = [];
    let most = 0;
    const { ask, server } = await askFaulty((request, response) => {
      held.push(() => {
        answering(200, {})(request, response);
      });
      most = Math.max(most, held.length);
      const isFull = held.length === 16;
      const isLast = server.requests.length === 30;
      if (isFull || isLast) for (const answer of held.splice(0)) answer();
    });
    const { data } = await putMessages(ask, numbered(300));
    expect(data.putMessages.results.every(({ ok }) => ok)).toBe(true);
    expect(most).toBe(16);
  });

  it.each([
    ['throttled', failing(429, 'ThrottlingException', ''), 'THROTTLING', true],
    ['refused', failing(400, 'InvalidRequestException', 'Too large'), 'INVALID_REQUEST', false],
    ['forbidden', failing(403, 'AccessDeniedException', ''), 'FORBIDDEN', false],
    ['answered 503', failing(503, 'ServiceUnavailableException', ''), 'OUTCOME_UNKNOWN', true],
    ['answered 500', failing(500, 'InternalFailureException', ''), 'OUTCOME_UNKNOWN', true],
    ['reset', resetting, 'OUTCOME_UNKNOWN', true],
    ['answered with a web page', answering(200, '<html>'), 'OUTCOME_UNKNOWN', true],
  ])('fails the messages of a chunk that is %s, and no others', async (_name, behaviour, code, retryable) => {
    const { ask, server } = await askFaulty((request, response) => {
      (request.body.includes('"m12"') ? behaviour : answering(200, {}))(request, response);
    });
    const { data, errors } = await putMessages(ask, numbered(25));
    expect(errors).toBeUndefined();
    data.putMessages.results.forEach(({ error }, index) => {
      if (index >= 10 && index < 20) expect(error).toMatchObject({ code, retryable });
      else expect(error).toBeNull();
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, readonly object[]]>([
    ['input.messages', []],
    ['input.messages', numbered(301)],
    ['input.messages[11].messageId', [...numbered(11), { messageId: 'm0', inputName: 'i', payload: {} }]],
    ['input.messages[0].messageId', [{ messageId: 'x'.repeat(65), inputName: 'i', payload: {} }]],
    ['input.messages[0].inputName', [{ inputName: '-i', payload: {} }]],
    ['input.messages[0]', [{ inputName: 'i' }]],
    ['input.messages[0]', [{ inputName: 'i', payload: null }]],
    ['input.messages[0]', [{ inputName: 'i', payload: {}, payloadText: '{}' }]],
    ['input.messages[0].timestamp', [{ inputName: 'i', payload: {}, timestamp: '1970-01-01T00:00:00Z' }]],
  ])('is refused for %s, with nothing sent', async (argument, messages) => {
    const { ask, server } = await askFaulty(answering(200, {}));
    expect(refusals(await putMessages(ask, messages))).toMatchObject({
      putMessages: { code: 'BAD_USER_INPUT', argument },
    });
    expect(server.requests).toEqual([]);
  });
});
