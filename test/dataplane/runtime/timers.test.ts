import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inputRequest, openRuntime, stateRequest, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
  await it.load(inputRequest('Sensor', 'id', 'seconds', 'command'), watchdog);
});
afterEach(() => it.close());

const command = (name: string) => `currentInput("Sensor") && $input.Sensor.command == '${name}'`;
const setTimer = (timerName: string, durationExpression: string) => ({ setTimer: { timerName, durationExpression } });
const append = (text: string) => ({
  setVariable: { variableName: 'log', value: `$variable.log + '${text} '` },
});

/** Sets the timers `a` and `b` when told, and keeps a log of what has fired. */
const watchdog = stateRequest('watchdog', 'id', [
  {
    eventName: 'start',
    condition: 'isUndefined($variable.log)',
    actions: [{ setVariable: { variableName: 'log', value: "''" } }],
  },
  { eventName: 'set a', condition: command('a'), actions: [setTimer('a', '$input.Sensor.seconds')] },
  {
    eventName: 'set both',
    condition: command('both'),
    actions: [setTimer('b', '$input.Sensor.seconds'), setTimer('a', '$input.Sensor.seconds')],
  },
  { eventName: 'reset a', condition: command('reset'), actions: [{ resetTimer: { timerName: 'a' } }] },
  { eventName: 'clear a', condition: command('clear'), actions: [{ clearTimer: { timerName: 'a' } }] },
  { eventName: 'a fired', condition: 'timeout("a")', actions: [append('a')] },
  { eventName: 'b fired', condition: 'timeout("b")', actions: [append('b')] },
]);

const tell = (name: string, seconds = 60, id = 'x') => it.put('Sensor', { id, seconds, command: name });
const fired = async (id = 'x') => (await it.state('watchdog', id))?.variables['log'];
const waiting = () => it.store.transact((tx) => tx.getNextTimerMs());

describe('firing (detector-engine.md, 9)', () => {
  test('a timer fires at its time, once, and not before', async () => {
    await tell('a', 90);
    await it.advance(89_999);
    expect(await fired()).toBe('""');
    await it.advance(1);
    expect(await fired()).toBe('"a "');
    await it.advance(1_000_000);
    expect(await fired()).toBe('"a "');
    expect(await waiting()).toBeNull();
  });

  test('a reset timer fires at its new time only, and a cleared one not at all', async () => {
    await tell('a', 60);
    await it.advance(50_000);
    await tell('reset');
    await it.advance(59_999);
    expect(await fired()).toBe('""');
    await it.advance(1);
    expect(await fired()).toBe('"a "');
    await tell('a', 60);
    await tell('clear');
    await it.advance(120_000);
    expect(await fired()).toBe('"a "');
  });

  test('timers of a detector that are due at the same instant have a cycle each, in the order of their names', async () => {
    await tell('both');
    await it.advance(60_000);
    expect(await fired()).toBe('"a b "');
  });

  test('those that came due meanwhile fire in the order of their expiry', async () => {
    await tell('both', 90);
    await tell('a', 100);
    it.nowMs += 200_000;
    await it.advance(5_000);
    expect(await fired()).toBe('"b a "');
  });

  test('a timer set by BatchUpdateDetector fires, and one that it clears does not', async () => {
    await tell('a', 60);
    const update = {
      stateName: 'Only',
      variables: [{ name: 'log', value: '""' }],
      timers: [{ name: 'b', seconds: 30 }],
    };
    await it.runtime.updateDetectors([{ detectorModelName: 'watchdog', keyValue: 'x', ...update }]);
    await it.advance(100_000);
    expect(await fired()).toBe('"b "');
  });

  test('a deleted detector, and one of a model with a new version, has no timers', async () => {
    await tell('a', 60, 'x');
    await it.runtime.deleteDetectors([{ detectorModelName: 'watchdog', keyValue: 'x' }]);
    expect(await waiting()).toBeNull();
    await tell('a', 60, 'y');
    await it.load(watchdog);
    expect(await waiting()).toBeNull();
  });

  test('hundreds that are due together all fire, in several transactions', async () => {
    await Promise.all(Array.from({ length: 250 }, (_, index) => tell('a', 60 + (index % 7), `k${index}`)));
    await it.advance(70_000);
    for (let index = 0; index < 250; index++) expect(await fired(`k${index}`)).toBe('"a "');
  });
});

describe('deadlines', () => {
  test('a timer keeps its deadline across a restart', async () => {
    await tell('a', 90);
    await it.advance(60_000);
    await it.reopen();
    await it.advance(29_999);
    expect(await fired()).toBe('""');
    await it.advance(1);
    expect(await fired()).toBe('"a "');
  });

  test('timers that came due while nothing ran fire after the restart', async () => {
    await tell('a', 60, 'x');
    await tell('both', 90, 'y');
    await it.runtime.close();
    it.nowMs += 3_600_000;
    await it.reopen();
    await it.advance(0);
    expect(await fired('x')).toBe('"a "');
    expect(await fired('y')).toBe('"a b "');
  });

  test('a deadline beyond what setTimeout can hold is reached in steps of 5 seconds at most', async () => {
    await tell('a', 31_622_400);
    expect(Math.max(...it.waits())).toBe(5_000);
    it.nowMs += 31_622_400_000 - 1;
    await it.advance(0);
    expect(await fired()).toBe('""');
    await it.advance(5_000);
    expect(await fired()).toBe('"a "');
  });

  test('a clock that is set forward is noticed within 5 seconds', async () => {
    await tell('a', 3600);
    it.nowMs += 3_600_000;
    expect(await fired()).toBe('""');
    await it.advance(5_000);
    expect(await fired()).toBe('"a "');
  });

  test('a clock that is set back delays a timer to its deadline, and it fires once', async () => {
    await tell('a', 60);
    it.nowMs -= 3_600_000;
    await it.advance(3_659_999);
    expect(await fired()).toBe('""');
    await it.advance(1);
    expect(await fired()).toBe('"a "');
    await it.advance(3_600_000);
    expect(await fired()).toBe('"a "');
  });

  test('a timer that has fired does not fire again when the clock is set back, nor after a restart', async () => {
    await tell('both', 60);
    await it.advance(60_000);
    it.nowMs -= 3_600_000;
    await it.reopen();
    await it.advance(7_200_000);
    expect(await fired()).toBe('"a b "');
  });

  test('a clock that jumps forward and back fires once what came due, and loses no other', async () => {
    await tell('a', 60, 'soon');
    await tell('a', 7200, 'late');
    it.nowMs += 3_600_000;
    await it.advance(5_000);
    it.nowMs -= 3_605_000;
    expect([await fired('soon'), await fired('late')]).toEqual(['"a "', '""']);
    await it.advance(7_200_000);
    expect([await fired('soon'), await fired('late')]).toEqual(['"a "', '"a "']);
  });

  test('nothing waits where no timer runs', async () => {
    await tell('none');
    await it.settle();
    expect(it.waits()).toEqual([]);
  });

  test('nothing fires after close', async () => {
    await tell('a', 60);
    await it.runtime.close();
    await it.advance(120_000);
    expect(await waiting()).not.toBeNull();
  });
});

describe('faults', () => {
  test('a detector that cannot be evaluated blocks no other, and is tried again after a minute', async () => {
    await tell('a', 60, 'broken');
    await tell('a', 61, 'whole');
    const row = await it.store.transact((tx) => tx.getDetector('watchdog', 'broken'));
    if (row === null) throw new Error('Expected a detector');
    await it.store.transact((tx) => tx.putDetector({ ...row, snapshot: 'damaged' }));
    await it.advance(61_000);
    expect(await fired('whole')).toBe('"a "');
    expect(it.errors).toMatchObject([{ triggerType: 'Timer', detectorModelName: 'watchdog', keyValue: 'broken' }]);
    await it.store.transact((tx) => tx.putDetector({ ...row, nextTimerMs: it.nowMs + 59_000 }));
    await it.advance(60_000);
    expect(await fired('broken')).toBe('"a "');
  });
});
