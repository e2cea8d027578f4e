import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Delivery } from '../../../src/dataplane/runtime/delivery.ts';
import { inputRequest, openRuntime, stateRequest, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(() => open());
afterEach(() => it.close());

async function open(options: Parameters<typeof openRuntime>[0] = {}): Promise<void> {
  it = await openRuntime(options);
  await it.load(inputRequest('Sensor', 'id', 'text'), announcer);
}

const payload = { contentExpression: '$input.Sensor.text', type: 'STRING' };
/** Sends two texts for each message: `<text>` by sns, `<text>!` to a topic. */
const announcer = stateRequest('announcer', 'id', [
  {
    eventName: 'announce',
    condition: 'currentInput("Sensor")',
    actions: [
      { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:alert', payload } },
      { iotTopicPublish: { mqttTopic: "'alerts/' + $input.Sensor.id", payload: bang() } },
    ],
  },
]);

function bang() {
  return { contentExpression: "'${$input.Sensor.text}!'", type: 'STRING' };
}

const send = (id: string, text: string) => it.put('Sensor', { id, text });
const texts = (id?: string) =>
  it.delivered
    .filter(({ source }) => id === undefined || source.endsWith(`=${id}`))
    .map(({ effect }) => effect.payload);
const left = () =>
  it.store.transact(async (tx) => Promise.all((await tx.listEffectSources()).map((s) => tx.listEffects(s, 99))));
const fail = (reason = 'on purpose', members: Partial<Extract<Delivery, { ok: false }>> = {}): Delivery => ({
  ok: false,
  reason,
  isFinal: false,
  retryAfterMs: null,
  ...members,
});

describe('performing', () => {
  test('the actions of a step are performed after it, in their order, and nothing of them is left', async () => {
    await send('a', 'one');
    await it.settle();
    expect(it.delivered).toMatchObject([
      {
        source: '/detectors/announcer/keyValues/?keyValue=a',
        effect: { type: 'sns', target: 'arn:aws:sns:us-east-1:123456789012:alert', payload: 'one' },
      },
      { effect: { type: 'iotTopicPublish', target: 'alerts/a', payload: 'one!' } },
    ]);
    expect(await left()).toEqual([]);
  });

  test('nothing is performed of a step whose COMMIT fails', async () => {
    // A deferred constraint is checked at COMMIT; an effect breaks it.
    const database = new DatabaseSync(join(it.directory, 'fleetgraph.sqlite'));
    database.exec(`
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER fatal AFTER INSERT ON effects BEGIN INSERT INTO child VALUES (1); END;`);
    expect(await send('a', 'one')).toBe('InternalFailureException');
    database.exec('DROP TRIGGER fatal');
    database.close();
    await it.settle();
    expect(texts()).toEqual([]);
    expect(await send('a', 'two')).toBeNull();
    await it.settle();
    expect(texts()).toEqual(['two', 'two!']);
  });

  test('what was not performed when the program ended is performed by the next one, under the same id', async () => {
    it.deliver = () => fail();
    await send('a', 'one');
    await it.settle();
    const [{ effect: first } = { effect: null }] = it.delivered;
    it.deliver = () => ({ ok: true });
    await it.reopen();
    await it.settle();
    expect(texts()).toEqual(['one', 'one', 'one!']);
    expect(it.delivered[1]?.effect).toEqual(first);
    expect(first?.actionExecutionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('what many detectors do is performed in the order of each', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `k${index}`);
    // Answers come in another order than attempts.
    it.deliver = async ({ sequence }) => {
      if (sequence % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      return { ok: true };
    };
    for (const text of ['1', '2', '3', '4', '5', '6']) await Promise.all(ids.map((id) => send(id, text)));
    for (let round = 0; round < 5; round++) await it.settle();
    const expected = ['1', '2', '3', '4', '5', '6'].flatMap((text) => [text, `${text}!`]);
    for (const id of ids) expect(texts(id)).toEqual(expected);
    expect(await left()).toEqual([]);
  });
});

describe('failures', () => {
  test('a detector whose action fails waits for it, and no other detector does', async () => {
    it.deliver = ({ source }) => (source.endsWith('=bad') ? fail() : { ok: true });
    await send('bad', 'one');
    await send('good', 'two');
    await send('bad', 'three');
    await it.settle();
    expect(texts('good')).toEqual(['two', 'two!']);
    expect(texts('bad')).toEqual(['one']);
    it.deliver = () => ({ ok: true });
    await it.advance(1_000);
    expect(texts('bad')).toEqual(['one', 'one', 'one!', 'three', 'three!']);
  });

  test('attempts come ever more slowly, and one that rejects counts as one', async () => {
    it.deliver = () => Promise.reject(new Error('broken'));
    await send('a', 'one');
    const attemptedAt: number[] = [];
    for (let second = 0; second < 8; second++) {
      await it.settle();
      while (attemptedAt.length < texts().filter((text) => text === 'one').length) attemptedAt.push(second);
      await it.advance(1_000);
    }
    expect(attemptedAt).toEqual([0, 1, 3, 7]);
    expect(it.errors[0]).toMatchObject({ action: 'sns', attempts: 1, reason: 'broken', retryMs: 1_000 });
  });

  test('a receiver that asks to be left alone is', async () => {
    it.deliver = () => fail('HTTP 429', { retryAfterMs: 120_000 });
    await send('a', 'one');
    await it.advance(119_999);
    expect(texts()).toHaveLength(1);
    await it.advance(1);
    expect(texts()).toHaveLength(2);
  });

  test('the attempts made before a restart count', async () => {
    it.deliver = () => fail();
    await send('a', 'one');
    for (let attempt = 0; attempt < 4; attempt++) {
      await it.settle();
      await it.reopen();
    }
    await it.settle();
    expect(texts().filter((text) => text === 'one')).toHaveLength(4);
    expect(await it.runtime.listDeadLetters(0, 9)).toMatchObject([{ attempts: 4, effect: { payload: 'one' } }]);
  });
});

describe('dead letters', () => {
  test('an action that fails too often is given up, with its last reason, and those behind it go on', async () => {
    it.deliver = ({ effect }) => (effect.type === 'sns' ? fail(`HTTP ${texts().length}`) : { ok: true });
    await send('a', 'one');
    await it.advance(60_000);
    expect(texts()).toEqual(['one', 'one', 'one', 'one', 'one!']);
    expect(await it.runtime.listDeadLetters(0, 9)).toMatchObject([
      {
        source: '/detectors/announcer/keyValues/?keyValue=a',
        attempts: 4,
        reason: 'HTTP 4',
        effect: { payload: 'one' },
      },
    ]);
    expect(await left()).toEqual([]);
  });

  test('an action that fails for good is given up at once', async () => {
    it.deliver = ({ effect }) => (effect.type === 'sns' ? fail('HTTP 410', { isFinal: true }) : { ok: true });
    await send('a', 'one');
    await it.settle();
    expect(texts()).toEqual(['one', 'one!']);
    expect(await it.runtime.listDeadLetters(0, 9)).toMatchObject([{ attempts: 1, reason: 'HTTP 410' }]);
  });

  test('some or all of them are performed again, with all their attempts before them', async () => {
    it.deliver = () => fail('HTTP 404', { isFinal: true });
    for (const text of ['one', 'two', 'three']) await send('a', text);
    await it.settle();
    const letters = await it.runtime.listDeadLetters(0, 9);
    const payloads = ['one', 'one!', 'two', 'two!', 'three', 'three!'];
    expect(letters).toMatchObject(payloads.map((payload) => ({ effect: { payload } })));
    const ids = letters.map(({ id }) => id);
    expect(await it.runtime.listDeadLetters(ids[1] ?? 0, 1)).toMatchObject([{ effect: { payload: 'two' } }]);
    it.delivered.length = 0;
    it.deliver = () => ({ ok: true });
    expect(await it.runtime.retryDeadLetters([ids[2] ?? 0, 999_999])).toBe(1);
    await it.settle();
    expect(texts()).toEqual(['two']);
    it.deliver = () => fail('HTTP 404', { isFinal: true });
    expect(await it.runtime.retryDeadLetters('all')).toBe(5);
    await it.settle();
    expect(texts()).toEqual(['two', 'one', 'one!', 'two!', 'three', 'three!']);
    expect(await it.runtime.listDeadLetters(0, 9)).toHaveLength(5);
    expect(await it.runtime.retryDeadLetters([])).toBe(0);
  });
});

describe('slots', () => {
  test('a sink has no more deliveries under way than it takes, and each waiting detector gets its turn', async () => {
    await it.close();
    await open({ concurrency: 3 });
    let underWay = 0;
    let most = 0;
    it.deliver = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return { ok: true };
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(`k${index}`, 'x')));
    for (let round = 0; round < 20; round++) await it.settle();
    expect(most).toBe(3);
    expect(texts()).toHaveLength(40);
    expect(await left()).toEqual([]);
  });

  test('a detector whose turn comes when its actions are damaged gives the turn on', async () => {
    await it.close();
    await open({ concurrency: 1 });
    const { promise, resolve } = Promise.withResolvers<Delivery>();
    it.deliver = () => promise;
    await send('a', 'one');
    await send('b', 'two');
    await it.settle();
    const database = new DatabaseSync(join(it.directory, 'fleetgraph.sqlite'));
    database.exec("UPDATE effects SET effect = substr(effect, 2) WHERE source LIKE '%=b'");
    database.close();
    resolve({ ok: true });
    await it.settle();
    await send('c', 'three');
    await it.settle();
    expect(texts()).toEqual(['one', 'one!', 'three', 'three!']);
    expect(await left()).toEqual([]);
    expect(it.errors).toMatchObject([
      { source: '/detectors/announcer/keyValues/?keyValue=b', msg: expect.stringContaining('not read') as string },
      { source: '/detectors/announcer/keyValues/?keyValue=b' },
    ]);
  });
});

describe('close', () => {
  test('what is under way is waited for and not done again', async () => {
    const { promise, resolve } = Promise.withResolvers<Delivery>();
    it.deliver = () => promise;
    await send('a', 'one');
    await it.settle();
    const closed = it.runtime.close();
    resolve({ ok: true });
    await closed;
    expect(await left()).toMatchObject([[{ effect: expect.stringContaining('one!') as string }]]);
  });
});
