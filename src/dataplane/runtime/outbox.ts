import { type Scheduler } from '../../clock.ts';
import { type Effect } from '../../engine/action/effect.ts';
import { type Log } from '../../telemetry/log.ts';
import { type EffectRow, type Store, type Transaction } from '../store/store.ts';
import { type Delivery, type OutgoingEffect, type Sink } from './delivery.ts';
import { createSlots } from './slots.ts';

// So many sources are read in one transaction, and so many effects of each.
const sourcesPerRound = 256;
const effectsPerTurn = 10;

const retryStoreMs = 1_000;
const firstRetryMs = 1_000;
const longestRetryMs = 10 * 60_000;
// However long a receiver asks to be left alone.
const longestRetryAfterMs = 60 * 60_000;
// What is not answered by then when the program stops is performed again by the next one.
const closeTimeoutMs = 2_000;

interface OutboxOptions {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly sinkOf: (type: Effect['type']) => Sink;
  /** An effect that has failed so often becomes a dead letter. */
  readonly maxAttempts: number;
}

/** What performs the effects that are in the store. */
export interface Outbox {
  /** These effects were committed, in this order. */
  perform(effects: readonly OutgoingEffect[]): void;
  /** Effects of these sources are in the store. */
  wake(sources: Iterable<string>): void;
  /** Resolves when what is under way is done, after 2 seconds at most; what is left stays in the store. */
  close(): Promise<void>;
}

/** A source with effects. `hasMore`: the store has others than those that are being performed. */
interface Lane {
  hasMore: boolean;
}

/** An effect and how many attempts have failed so far. */
interface Waiting extends OutgoingEffect {
  readonly attempts: number;
}

/**
 * Makes the outbox: the effects of a source are performed at least once and in their order, those of different sources beside
 * each other. Those that have to wait are read when their turn comes: only the names of their sources are held.
 * Source: detector-engine.md, 6.10, 11.10.
 */
export function createOutbox({ store, scheduler, log, sinkOf, maxAttempts }: OutboxOptions): Outbox {
  const lanes = new Map<string, Lane>();
  const ready = new Set<string>();
  const turns = new Set<Promise<void>>();
  const slots = createSlots((source) => {
    makeReady(source);
  });
  /** What came of effects, to be written before any source is read again. */
  let outcomes: Write[] = [];
  let round: Promise<void> | null = null;
  let closed = false;

  function perform(effects: readonly OutgoingEffect[]): void {
    if (closed) return;
    for (const [source, own] of Map.groupBy(effects, (effect) => effect.source)) {
      const lane = lanes.get(source);
      if (lane !== undefined) lane.hasMore = true;
      else {
        lanes.set(source, { hasMore: false });
        startTurn(
          source,
          own.map((effect) => ({ ...effect, attempts: 0 })),
        );
      }
    }
  }

  function wake(sources: Iterable<string>): void {
    for (const source of sources) {
      const lane = lanes.get(source);
      if (lane !== undefined) lane.hasMore = true;
      else {
        lanes.set(source, { hasMore: true });
        makeReady(source);
      }
    }
  }

  function makeReady(source: string): void {
    ready.add(source);
    startRound();
  }

  function startRound(): void {
    if (closed || round !== null || (ready.size === 0 && outcomes.length === 0)) return;
    round = runRound().then((ok) => {
      round = null;
      if (ok) startRound();
      else scheduler.schedule(retryStoreMs, startRound);
    });
  }

  /** Writes what is done and reads what is next, in one transaction. Answers false if the store has failed. */
  async function runRound(): Promise<boolean> {
    const sources = takeReady();
    const written = outcomes;
    outcomes = [];
    let read: (readonly [string, readonly EffectRow[]])[];
    try {
      read = await store.transact(async (tx) => {
        await writeAll(tx, written);
        const effects = [];
        for (const source of sources) effects.push([source, await tx.listEffects(source, effectsPerTurn)] as const);
        return effects;
      });
    } catch (err) {
      log.error({ err }, 'effects not read');
      outcomes.unshift(...written);
      for (const source of sources) ready.add(source);
      return false;
    }
    for (const [source, rows] of read) {
      const lane = lanes.get(source);
      if (lane !== undefined && rows.length === effectsPerTurn) lane.hasMore = true;
      startTurn(source, rows.flatMap(parse));
    }
    return true;
  }

  /** Those that have waited longest. */
  function takeReady(): readonly string[] {
    const sources: string[] = [];
    for (const source of ready) {
      if (sources.length === sourcesPerRound) break;
      sources.push(source);
      ready.delete(source);
      lanes.set(source, { hasMore: false });
    }
    return sources;
  }

  function startTurn(source: string, effects: readonly Waiting[]): void {
    const turn = takeTurn(source, effects).then((isDone) => {
      turns.delete(turn);
      if (isDone && lanes.get(source)?.hasMore === true) ready.add(source);
      else if (isDone) lanes.delete(source);
      startRound();
    });
    turns.add(turn);
  }

  function parse(row: EffectRow): Waiting | [] {
    try {
      return { ...row, effect: JSON.parse(row.effect) as Effect };
    } catch (err) {
      const { sequence, source, attempts } = row;
      log.error({ err, source, sequence }, 'action not read: it is among the dead letters');
      outcomes.push((tx) => tx.buryEffect(sequence, attempts, 'damaged', scheduler.nowMs()));
      return [];
    }
  }

  /** Performs effects of one source; false: the source waits, for a slot or its next attempt. */
  async function takeTurn(source: string, effects: readonly Waiting[]): Promise<boolean> {
    for (const waiting of effects) {
      if (closed) return false;
      const sink = sinkOf(waiting.effect.type);
      if (!slots.take(source, sink)) return false;
      const delivery = await deliver(sink, waiting);
      slots.give(sink);
      const retryMs = settle(waiting, delivery);
      if (retryMs !== null) {
        scheduler.schedule(retryMs, () => {
          makeReady(source);
        });
        return false;
      }
    }
    return true;
  }

  /** Notes what is to be written about an attempt; answers after how long the next one is due, null if there is none. */
  function settle({ sequence, source, effect, ...waiting }: Waiting, delivery: Delivery): number | null {
    if (delivery.ok) {
      outcomes.push((tx) => tx.deleteEffect(sequence));
      return null;
    }
    const { reason, isFinal, retryAfterMs } = delivery;
    const attempts = waiting.attempts + 1;
    const { actionExecutionId, type, target } = effect;
    const place = { source, actionExecutionId, action: type, target, attempts, reason };
    if (isFinal || attempts >= maxAttempts) {
      log.error(place, 'action given up: it is among the dead letters');
      outcomes.push((tx) => tx.buryEffect(sequence, attempts, reason, scheduler.nowMs()));
      return null;
    }
    const retryMs = Math.max(backOffMs(attempts), Math.min(retryAfterMs ?? 0, longestRetryAfterMs));
    log.error({ ...place, retryMs }, 'action failed'); // [ASSUMED A41c]
    outcomes.push((tx) => tx.putEffectAttempts(sequence, attempts));
    return retryMs;
  }

  /** Twice as long after each attempt, between half and the whole of it, so that those who failed together part. */
  function backOffMs(attempts: number): number {
    return Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs) * (0.5 + scheduler.random() / 2);
  }

  return {
    perform,
    wake,
    async close() {
      closed = true;
      const timeout = new Promise<void>((resolve) => scheduler.schedule(closeTimeoutMs, resolve));
      await Promise.race([Promise.all(turns), timeout]);
      await round;
      // Of what is done as little as possible is done again.
      const written = outcomes;
      if (written.length > 0) await store.transact((tx) => writeAll(tx, written));
    },
  };
}

type Write = (tx: Transaction) => Promise<void>;

async function writeAll(tx: Transaction, writes: readonly Write[]): Promise<void> {
  for (const write of writes) await write(tx);
}

async function deliver(sink: Sink, outgoing: OutgoingEffect): Promise<Delivery> {
  try {
    return await sink.deliver(outgoing);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error), isFinal: false, retryAfterMs: null };
  }
}
