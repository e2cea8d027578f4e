import { type Scheduler } from '../../clock.ts';
import { type ExternalActionType } from '../../engine/action/external-action.ts';
import { type Log } from '../../telemetry/log.ts';
import { type EffectRow, levelOfFault, type Store, type Transaction } from '../store/store.ts';
import { attempt, readEffects, type WaitingEffect, type Write } from './attempt.ts';
import { type Sink } from './delivery.ts';
import { createLanes } from './lanes.ts';
import { createSlots } from './slots.ts';

// So many sources are read in one transaction, and so many effects of each.
const sourcesPerRound = 256;
const effectsPerTurn = 10;

const retryStoreMs = 1_000;
// What is not answered by then when the program stops is performed again by the next one.
const closeTimeoutMs = 2_000;

interface OutboxOptions {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly sinkOf: (type: ExternalActionType) => Sink;
  readonly maxAttempts: number;
}

/** What performs the effects that are in the store. */
export interface Outbox {
  /** These effects were committed, in this order. */
  perform(effects: readonly WaitingEffect[]): void;
  /** Effects of these sources are in the store. */
  wake(sources: Iterable<string>): void;
  /** Resolves when what is under way is done, after 2 seconds at most; what is left stays in the store. */
  close(): Promise<void>;
}

/**
 * Makes the outbox: the effects of a source are performed at least once and in their order, those of different sources beside
 * each other. Those that have to wait are read when their turn comes: only the names of their sources are held.
 * Source: detector-engine.md, 6.10, 11.10.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, scheduler, log } = options;
  const lanes = createLanes();
  const turns = new Set<Promise<void>>();
  /** What came of effects, to be written before any source is read again. */
  let outcomes: Write[] = [];
  let round: Promise<void> | null = null;
  let closed = false;

  const makeReady = (source: string): void => {
    lanes.makeReady(source);
    startRound();
  };
  const slots = createSlots(makeReady);

  function startRound(): void {
    if (closed || round !== null || (!lanes.hasReady() && outcomes.length === 0)) return;
    round = runRound().then((ok) => {
      round = null;
      if (ok) startRound();
      else scheduler.schedule(retryStoreMs, startRound);
    });
  }

  /** Writes what is done and reads what is next, in one transaction. Answers false if the store has failed. */
  async function runRound(): Promise<boolean> {
    const sources = lanes.takeReady(sourcesPerRound);
    const written = outcomes;
    outcomes = [];
    try {
      const read = await store.transact((tx) => writeAndRead(tx, written, sources));
      for (const [source, rows] of read) {
        if (rows.length === effectsPerTurn) lanes.noteMore(source);
        startTurn(source, readEffects(rows, outcomes, options));
      }
      return true;
    } catch (err) {
      log[levelOfFault(err)]({ err }, 'effects not read');
      outcomes.unshift(...written);
      for (const source of sources) lanes.makeReady(source);
      return false;
    }
  }

  function startTurn(source: string, effects: readonly WaitingEffect[]): void {
    const turn = takeTurn(source, effects).then((isDone) => {
      turns.delete(turn);
      if (isDone) lanes.finish(source);
      startRound();
    });
    turns.add(turn);
  }

  /** Performs effects of one source; false: the source waits, for a slot or its next attempt. */
  async function takeTurn(source: string, effects: readonly WaitingEffect[]): Promise<boolean> {
    for (const waiting of effects) {
      const sink = options.sinkOf(waiting.effect.type);
      if (closed || !slots.take(source, sink)) return false;
      const { write, retryMs } = await attempt(sink, waiting, options);
      slots.give(sink);
      outcomes.push(write);
      if (retryMs === null) continue;
      scheduler.schedule(retryMs, () => {
        makeReady(source);
      });
      return false;
    }
    // It has one still if the effect that it waited with turned out to be damaged.
    slots.forgo(source);
    return true;
  }

  return {
    perform(effects) {
      for (const [source, own] of Map.groupBy(effects, (effect) => effect.source)) {
        if (!closed && lanes.open(source)) startTurn(source, own);
      }
    },
    wake(sources) {
      for (const source of sources) if (lanes.open(source)) makeReady(source);
    },
    async close() {
      closed = true;
      const timeout = new Promise<void>((resolve) => scheduler.schedule(closeTimeoutMs, resolve));
      await Promise.race([Promise.all(turns), timeout]);
      await round;
      // Of what is done as little as possible is done again.
      if (outcomes.length > 0) await store.transact((tx) => writeAndRead(tx, outcomes, []));
    },
  };
}

async function writeAndRead(
  tx: Transaction,
  writes: readonly Write[],
  sources: readonly string[],
): Promise<readonly (readonly [string, readonly EffectRow[]])[]> {
  for (const write of writes) await write(tx);
  const read = [];
  for (const source of sources) read.push([source, await tx.listEffects(source, effectsPerTurn)] as const);
  return read;
}
