import { pino } from 'pino';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createSinks } from '../../../src/dataplane/sinks/sinks.ts';
import { outgoing } from './outgoing.ts';

const lines: Readonly<Record<string, unknown>>[] = [];
const log = pino(
  { level: 'info', base: null, timestamp: false },
  { write: (line: string) => lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>) },
);
const open = (webhooks: Readonly<Record<string, string>>) =>
  createSinks({
    log,
    clock: systemClock,
    webhooks: new Map(Object.entries(webhooks)),
    webhookSecret: null,
    webhookTimeoutMs: 1_000,
    mqtt: null,
  });

test('without settings every action goes to the log, with all that it is', async () => {
  const { sinkOf } = await open({});
  const { effect } = outgoing({ parameters: { operation: 'INSERT' } });
  expect(await sinkOf('sns').deliver(outgoing({ parameters: { operation: 'INSERT' } }))).toEqual({ ok: true });
  expect(sinkOf('iotTopicPublish')).toBe(sinkOf('dynamoDB'));
  const { actionExecutionId, target, payload } = effect;
  const { source } = outgoing();
  const told = { source, actionExecutionId, action: 'sns', target, operation: 'INSERT', payload, msg: 'action' };
  expect(lines).toEqual([{ level: 30, ...told }]);
});

test('a type with a webhook of its own goes there, the others to that of all', async () => {
  const { sinkOf } = await open({ lambda: 'http://127.0.0.1/a', sqs: 'http://127.0.0.1/a', '*': 'http://127.0.0.1/b' });
  expect(sinkOf('lambda')).toBe(sinkOf('sqs'));
  expect(sinkOf('sns')).toBe(sinkOf('firehose'));
  expect(sinkOf('sns')).not.toBe(sinkOf('lambda'));
});
