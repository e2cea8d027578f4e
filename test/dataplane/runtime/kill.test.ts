import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inputRequest, openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
});
afterEach(() => it.close());

/** Counts the messages for each `id`. */
const set = (value: string) => [{ setVariable: { variableName: 'count', value } }];
const counter = {
  detectorModelName: 'counter',
  key: 'id',
  roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
  detectorModelDefinition: {
    initialStateName: 'Counting',
    states: [
      {
        stateName: 'Counting',
        onEnter: { events: [{ eventName: 'start', actions: set('0') }] },
        onInput: {
          events: [{ eventName: 'count', condition: 'currentInput("Sensor")', actions: set('$variable.count + 1') }],
        },
      },
    ],
  },
};

test('after kill -9 every acknowledged message has had its effect, and one that is sent again has it once', async () => {
  await it.load(inputRequest('Sensor', 'id'), counter);
  await it.store.close();
  const sender = spawn(process.execPath, [fileURLToPath(new URL('./sender.ts', import.meta.url)), it.directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<string, number>();
  let total = 0;
  const lines = createInterface(sender.stdout).on('line', (line) => {
    const [caller = '', number = ''] = line.split(' ');
    acknowledged.set(caller, Number(number));
    if (++total === 1000) sender.kill('SIGKILL');
  });
  await Promise.all([once(sender, 'exit'), once(lines, 'close')]);
  await it.reopen();
  expect(acknowledged.size).toBe(10);
  for (const [caller, number] of acknowledged) {
    const counted = async () => Number((await it.state('counter', `c${caller}`))?.variables['count']);
    // The message under way may have been committed without its acknowledgement.
    expect([number, number + 1]).toContain(await counted());
    await it.put('Sensor', { id: `c${caller}` }, `${caller}-${number + 1}`);
    expect(await counted()).toBe(number + 1);
  }
});
