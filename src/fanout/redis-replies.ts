import { type LoggedChange, type Position, type TopicPresent, type TopicState } from './bus.ts';

// How the scripts of redis-scripts.ts answer. Lua's `false` arrives as null.
export type PositionReply = readonly [epoch: string, sequence: string];
type HashReply = readonly string[];
type StateReply = readonly [
  position: PositionReply,
  base: PositionReply,
  observedAtMs: string | null,
  fault: string | null,
];
export type LogReply = readonly [StateReply, (readonly [id: string, fields: HashReply])[]];

export type PresentReply = readonly [StateReply, objects: HashReply];

/** A log from where it was asked for, and the position after which the whole of it begins. */
export interface LogPart {
  readonly state: TopicState;
  readonly base: Position;
  readonly entries: readonly LoggedChange[];
}

/** A Lua boolean as 1 or 0. */
export function readBoolean(reply: number): boolean {
  return reply === 1;
}

/** `epoch`, `sequence`; null as it is. */
export function readPosition(reply: PositionReply | null): Position | null {
  return reply && toPosition(reply);
}

/** The state and all objects; null as it is. */
export function readPresent(reply: PresentReply | null): TopicPresent | null {
  return reply && { ...toState(reply[0]), objects: new Map(pairs(reply[1])) };
}

/** The state and entries of the log; null as it is. */
export function readLogPart(reply: LogReply | null): LogPart | null {
  if (reply === null) return null;
  const [state, entries] = reply;
  return { state: toState(state), base: toPosition(state[1]), entries: entries.map(toChange) };
}

function toPosition([epoch, sequence]: PositionReply): Position {
  return { epoch, sequence: Number(sequence) };
}

function toState([position, , observedAtMs, fault]: StateReply): TopicState {
  return {
    position: toPosition(position),
    observedAtMs: observedAtMs === null ? null : Number(observedAtMs),
    fault,
  };
}

function toChange([id, fields]: readonly [id: string, fields: HashReply]): LoggedChange {
  const { epoch = '', atMs, key = '', previous = null, text = null } = Object.fromEntries(pairs(fields));
  return { epoch, sequence: Number.parseInt(id, 10), atMs: Number(atMs), key, previous, text };
}

function* pairs(flat: HashReply): Generator<[string, string]> {
  for (let index = 0; index < flat.length; index += 2) yield [flat[index] ?? '', flat[index + 1] ?? ''];
}
