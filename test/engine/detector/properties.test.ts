import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cause } from '../../../src/engine/detector/cycle.ts';
import { type DetectorSnapshot, formatSnapshot, parseSnapshot } from '../../../src/engine/detector/snapshot.ts';
import { dueTimers, nextTimerMs } from '../../../src/engine/detector/timer.ts';
import { transition } from '../../../src/engine/detector/transition.ts';
import { type Json } from '../../../src/engine/json.ts';
import { anyJson } from '../arbitrary-json.ts';
import { anyModel } from './arbitrary-model.ts';

const settings = { keyValue: 'k', detectorModelVersion: '1' };
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -3, max: 100 }).map(BigInt),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  anyJson,
);
const anyMessage = fc.record({
  kind: fc.constant('Message' as const),
  inputName: fc.constantFrom('V', 'W'),
  messageId: fc.stringMatching(/^[a-z]{1,3}$/),
  payload: fc.record({ v: value, w: anyJson }),
});
/** A message, or some time that passes. */
const anyStep = fc.oneof(anyMessage, fc.integer({ min: 1, max: 200_000 }));
const anyHistory = fc.array(anyStep, { minLength: 1, maxLength: 12 });

/** Tells of every cycle that a history leads to. */
function live(
  steps: readonly (Cause | number)[],
  cycle: (snapshot: DetectorSnapshot | null, cause: Cause, nowMs: number) => DetectorSnapshot,
): void {
  let snapshot: DetectorSnapshot | null = null;
  let nowMs = 1_600_000_000_000;
  for (const step of steps) {
    if (typeof step !== 'number') snapshot = cycle(snapshot, step, nowMs);
    else {
      nowMs += step;
      while (snapshot !== null) {
        const [timerName] = dueTimers(snapshot, nowMs);
        if (timerName === undefined) break;
        snapshot = cycle(snapshot, { kind: 'Timer', timerName }, nowMs);
      }
    }
  }
}

describe('transition of any model', () => {
  it('never throws, loses no variable, keeps the limits, and is the same when repeated', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, (model, steps) => {
        live(steps, (snapshot, cause, nowMs) => {
          const before = snapshot && formatSnapshot(snapshot);
          const answer = transition(model, snapshot, cause, nowMs, settings);
          expect(transition(model, snapshot, cause, nowMs, settings)).toEqual(answer);
          expect(snapshot && formatSnapshot(snapshot)).toBe(before);
          const { variables, timers, inputs, stateName } = answer.snapshot;
          for (const name of snapshot?.variables.keys() ?? []) expect(variables.has(name)).toBe(true);
          for (const name of snapshot?.inputs.keys() ?? []) expect(inputs.has(name)).toBe(true);
          expect(model.states.has(stateName)).toBe(true);
          for (const { durationSeconds } of timers.values()) expect(durationSeconds).toBeGreaterThanOrEqual(60);
          const isDue = (nextTimerMs(answer.snapshot) ?? Number.POSITIVE_INFINITY) <= nowMs;
          expect(dueTimers(answer.snapshot, nowMs).length > 0).toBe(isDue);
          if (cause.kind === 'Timer') expect(dueTimers(answer.snapshot, nowMs)).not.toContain(cause.timerName);
          expect(parseSnapshot(formatSnapshot(answer.snapshot))).toEqual(answer.snapshot);
          return answer.snapshot;
        });
      }),
      { numRuns: 200 },
    );
  });

  it('gives effects with ids of their own and, by default, payloads that are JSON', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, (model, steps) => {
        live(steps, (snapshot, cause, nowMs) => {
          const answer = transition(model, snapshot, cause, nowMs, settings);
          const ids = answer.effects.map(({ actionExecutionId }) => actionExecutionId);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { payload, actionExecutionId, target, eventTimeMs } of answer.effects) {
            expect(target).not.toBe('');
            expect(eventTimeMs).toBe(nowMs);
            if (payload.includes(actionExecutionId)) JSON.parse(payload);
          }
          // Plain data, as the outbox stores it.
          expect(JSON.parse(JSON.stringify(answer.effects))).toEqual(answer.effects);
          return answer.snapshot;
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is the same with somebody watching, who is told of every condition', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, (model, steps) => {
        live(steps, (snapshot, cause, nowMs) => {
          const results: string[] = [];
          const watched = transition(model, snapshot, cause, nowMs, {
            ...settings,
            onCondition: ({ result, state }) => {
              expect(model.states.has(state)).toBe(true);
              results.push(result);
            },
          });
          const { onInput, transitionEvents } = model.states.get(snapshot?.stateName ?? model.initialStateName) ?? {
            onInput: [],
            transitionEvents: [],
          };
          expect(results.length).toBeGreaterThanOrEqual(onInput.length + transitionEvents.length);
          expect(transition(model, snapshot, cause, nowMs, settings)).toEqual(watched);
          return watched.snapshot;
        });
      }),
      { numRuns: 100 },
    );
  });
});
