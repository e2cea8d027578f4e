import { beforeEach, expect, test } from 'vitest';
import { type Sink } from '../../../src/dataplane/runtime/delivery.ts';
import { createSlots, type Slots } from '../../../src/dataplane/runtime/slots.ts';

const sinkOf = (concurrency: number): Sink => ({ concurrency, deliver: () => Promise.resolve({ ok: true }) });
const webhook = sinkOf(1);
const broker = sinkOf(1);

let granted: string[];
let slots: Slots;
beforeEach(() => {
  granted = [];
  slots = createSlots((source) => granted.push(source));
});

test('a slot goes to the source that has waited longest, which then has it', () => {
  expect(['a', 'b', 'c'].map((source) => slots.take(source, webhook))).toEqual([true, false, false]);
  slots.give(webhook);
  expect(granted).toEqual(['b']);
  expect(['c', 'b'].map((source) => slots.take(source, webhook))).toEqual([false, true]);
});

test('a slot that its source has no use for goes to the next', () => {
  for (const source of ['a', 'b', 'c']) slots.take(source, webhook);
  slots.give(webhook);
  slots.forgo('b');
  expect(granted).toEqual(['b', 'c']);
  expect(slots.take('c', webhook)).toBe(true);
});

test('a slot of one sink is none of another', () => {
  for (const source of ['a', 'b']) slots.take(source, webhook);
  slots.take('x', broker);
  slots.give(webhook);
  expect(slots.take('b', broker)).toBe(false);
  expect(slots.take('c', webhook)).toBe(true);
});
