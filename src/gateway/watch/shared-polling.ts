import { BusUnavailableError, type Lease, type Signal } from '../../fanout/bus.ts';
import { type Log } from '../../telemetry/log.ts';
import { createDuties, DUTIES, type Duty } from './duties.ts';
import { performAlone, type PerformRound, type Polling } from './polling.ts';
import { interestText, joined } from './record-text.ts';
import { createRecordWriter, type RecordWriter, type RecordWriterOptions } from './record-writer.ts';
import { createTenure, type Tenure } from './tenure.ts';

/** What sharing the polling of a watch needs. */
export interface SharedPollingOptions<Item> extends RecordWriterOptions<Item> {
  readonly polling: Polling<Item>;
  /** Takes what all replicas together ask for. */
  readonly takeInterests: (wanted: ReadonlySet<string>) => void;
  readonly log: Log;
}

/** This replica's part in the polling of a watch, while it has followers. */
export interface SharedPolling {
  /** Whether it polls for itself, as it cannot share. */
  isAlone(): boolean;
  /** Whether it polls for all. */
  isHolder(): boolean;
  /** Takes that its followers ask for something else. */
  renewInterests(): void;
  /** Ends its part; resolves when somebody else can take over. */
  stop(): Promise<void>;
}

/** A holder renews its lease so often within its time. */
const RENEWALS = 3;
/** What others ask for is forgotten after so many lease times without a word of them. */
const INTEREST_LEASES = 3;
const NOBODY: ReadonlySet<string> = new Set();
const DUTIES_AT: Readonly<Record<Exclude<Signal, 'LOST'>, readonly Duty[]>> = {
  CHANGED: ['record'],
  WANTED: ['interests'],
  RELEASED: DUTIES,
  FOUND: DUTIES,
};

/**
 * Begins to share: who gets the lease polls and writes the record, the others read it. Cut off from the bus, a replica polls for
 * itself until it can share again. The algorithm is at the head of fanout/bus.ts.
 */
export function startSharedPolling<Item>(options: SharedPollingOptions<Item>): SharedPolling {
  const { source, topics, polling, feed, takeInterests, bus, leaseMs, scheduler, log } = options;
  const tenure = createTenure(bus, source.id, leaseMs);
  const writer = createRecordWriter(options);
  let isAlone = false;
  let hasStopped = false;
  const isStopped = () => hasStopped;
  const steps = { lease: settleLease, record: catchUp, interests: settleInterests };
  const duties = createDuties(steps, goAlone, scheduler);
  const performForAll = createPerformForAll(writer, tenure, duties.fulfilAll, goAlone);

  async function settleLease(): Promise<void> {
    const sought = await tenure.seek();
    if (isStopped()) await tenure.release();
    else if (sought.kind !== 'kept') {
      polling.stop();
      takeInterests(NOBODY);
      if (isAlone) log.info('shares what it polls with other replicas again');
      isAlone = false;
      if (sought.kind === 'taken') await lead(sought.lease);
    }
    duties.fulfilAllAfter(sought.kind === 'refused' ? Math.min(sought.expiresInMs, leaseMs) + 1 : leaseMs / RENEWALS);
  }

  async function lead(lease: Lease): Promise<void> {
    await writer.begin(lease);
    if (!isStopped()) polling.start(performForAll);
  }

  async function catchUp(): Promise<void> {
    if (!isAlone) await feed.catchUp();
  }

  async function settleInterests(): Promise<void> {
    if (isAlone) return;
    if (tenure.lease() !== null) {
      const wanted = await bus.wanted(source.id);
      if (!isStopped()) takeInterests(wanted);
      return;
    }
    const followed = [...topics.values()].filter(({ followers }) => followers.size > 0);
    const wanted = followed.map(({ key, followers }) => interestText(key, joined(followers)));
    if (wanted.length > 0) await bus.want(source.id, wanted, leaseMs * INTEREST_LEASES);
  }

  function goAlone(error: unknown): void {
    tenure.drop();
    if (isStopped()) return;
    duties.fulfilAllAfter(leaseMs);
    if (isAlone && polling.isRunning()) return;
    if (!isAlone) log.warn({ err: error }, 'cut off from other replicas, polls for itself');
    isAlone = true;
    takeInterests(NOBODY);
    feed.suspend();
    polling.start(performAlone);
  }

  const leave = bus.subscribe(source.id, (signal) => {
    if (signal === 'LOST') goAlone(new BusUnavailableError('Expected a connection to the bus, got none'));
    else duties.fulfil(...DUTIES_AT[signal]);
  });
  duties.fulfilAll();
  return {
    isAlone: () => isAlone,
    isHolder: () => tenure.lease() !== null,
    renewInterests() {
      duties.fulfil('interests');
    },
    stop() {
      hasStopped = true;
      leave();
      duties.stop();
      polling.stop();
      takeInterests(NOBODY);
      feed.suspend();
      return tenure.release();
    },
  };
}

/** Makes what polls for all replicas: what is read goes into the record, and comes to the topics from there. */
function createPerformForAll<Item>(
  writer: RecordWriter<Item>,
  tenure: Tenure,
  onRefused: () => void,
  onCutOff: (error: unknown) => void,
): PerformRound<Item> {
  return async (read, { signal }) => {
    const lease = tenure.lease();
    if (lease === null) return false;
    try {
      const { round, isWritten } = await writer.perform(lease, read, signal);
      // Somebody else has the lease by now, or the record has lost what was written.
      if (!isWritten && !signal.aborted) onRefused();
      if (round.status === 'rejected') throw round.reason;
      return round.value;
    } catch (error) {
      if (error instanceof BusUnavailableError) onCutOff(error);
      throw error;
    }
  };
}
