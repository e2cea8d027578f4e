import { type Clock } from '../clock.ts';
import {
  type Bus,
  createUniqueName,
  type LoggedChange,
  type Position,
  type Reading,
  type RecordLimits,
  type SharedLimits,
  type Signal,
  type TopicState,
  type Topics,
} from './bus.ts';
import { createExpiringMap } from './expiring-map.ts';
import { createListeners } from './listeners.ts';

/** What a bus in memory is made with. */
export interface MemoryHubOptions extends RecordLimits {
  readonly clock: Clock;
}

/** The bus of one process. Each `connect` is a replica of its own. */
export interface MemoryHub {
  connect(): Bus;
}

interface TopicRecord {
  lease: { readonly epoch: string; readonly replica: string; readonly expiresAtMs: number } | null;
  state: TopicState;
  readonly objects: Map<string, string>;
  /** Where the log begins: after this position. */
  base: Position;
  log: LoggedChange[];
}

/** Makes an empty bus in memory. It never fails, and expires what the Redis bus does, by `clock`. */
export function createMemoryHub(options: MemoryHubOptions): MemoryHub {
  const listeners = createListeners();
  const topics = createTopics(options, (topic, signal) => {
    queueMicrotask(() => {
      listeners.tell(topic, signal);
    });
  });
  const limits = createLimits(options.clock);

  return {
    connect() {
      const replica = createUniqueName();
      return {
        ...topics(replica),
        ...limits(replica),
        subscribe: listeners.add,
        isConnected: () => true,
        close: () => undefined,
      };
    },
  };
}

function createTopics(
  { clock, keepMs, maxChanges }: MemoryHubOptions,
  publish: (topic: string, signal: Signal) => void,
): (replica: string) => Omit<Topics, 'subscribe'> {
  const records = createExpiringMap<TopicRecord>(clock);
  const wanted = createExpiringMap<Map<string, number>>(clock);

  function lend(topic: string, record: TopicRecord, epoch: string, replica: string, ttlMs: number): void {
    record.lease = { epoch, replica, expiresAtMs: clock.nowMs() + ttlMs };
    records.set(topic, record, keepMs);
  }

  function leased(topic: string, epoch: string) {
    const record = records.get(topic);
    return record?.lease?.epoch === epoch ? record : undefined;
  }

  return (replica) => ({
    acquire(topic, ttlMs) {
      const known = records.get(topic);
      const expiresInMs = (known?.lease?.expiresAtMs ?? 0) - clock.nowMs();
      if (known?.lease && known.lease.replica !== replica && expiresInMs > 0) {
        return Promise.resolve({ lease: null, expiresInMs });
      }
      const epoch = createUniqueName();
      lend(topic, known ?? emptyRecord({ epoch, sequence: 0 }), epoch, replica, ttlMs);
      return Promise.resolve({ lease: { topic, epoch } });
    },
    renew({ topic, epoch }, ttlMs) {
      const record = leased(topic, epoch);
      if (record) lend(topic, record, epoch, replica, ttlMs);
      return Promise.resolve(record !== undefined);
    },
    release({ topic, epoch }) {
      const record = leased(topic, epoch);
      if (record) {
        record.lease = null;
        publish(topic, 'RELEASED');
      }
      return Promise.resolve();
    },
    append({ topic, epoch }, after, reading, ttlMs) {
      const record = leased(topic, epoch);
      if (record?.state.position.sequence !== after) return Promise.resolve(null);
      const { position, fault } = record.state;
      apply(record, reading, epoch);
      trim(record, Math.max(maxChanges, reading.changes.length), reading.atMs - keepMs);
      lend(topic, record, epoch, replica, ttlMs);
      if (record.state.position !== position || record.state.fault !== fault) publish(topic, 'CHANGED');
      return Promise.resolve(record.state.position);
    },
    read(topic) {
      const record = records.get(topic);
      return Promise.resolve(record ? { ...record.state, objects: new Map(record.objects) } : null);
    },
    changesAfter(topic, { epoch, sequence }) {
      const record = records.get(topic);
      if (record === undefined) return Promise.resolve(null);
      const { state, base, log } = record;
      const place = [base, ...log].findIndex((other) => other.epoch === epoch && other.sequence === sequence);
      return Promise.resolve(place < 0 ? null : { ...state, changes: log.slice(place) });
    },
    want(topic, keys, ttlMs) {
      const nowMs = clock.nowMs();
      const before = unexpired(wanted.get(topic), nowMs);
      const now = new Map(before);
      for (const key of keys) now.set(key, Math.max(now.get(key) ?? 0, nowMs + ttlMs));
      wanted.set(topic, now, ttlMs);
      if (now.size > before.size) publish(topic, 'WANTED');
      return Promise.resolve();
    },
    wanted: (topic) => Promise.resolve(new Set(unexpired(wanted.get(topic), clock.nowMs()).keys())),
  });
}

function emptyRecord(position: Position): TopicRecord {
  return {
    lease: null,
    state: { position, observedAtMs: null, fault: null },
    objects: new Map(),
    base: position,
    log: [],
  };
}

function apply(record: TopicRecord, { changes, atMs, fault }: Reading, epoch: string): void {
  const { observedAtMs, position } = record.state;
  const isFirst = observedAtMs === null && fault === null;
  let sequence = position.sequence + (isFirst ? 1 : 0);
  for (const { key, text } of changes) {
    const previous = record.objects.get(key) ?? null;
    if (text === null) record.objects.delete(key);
    else record.objects.set(key, text);
    if (isFirst || (previous === null && text === null)) continue;
    sequence += 1;
    record.log.push({ epoch, sequence, atMs, key, previous, text });
  }
  record.state = {
    position: sequence === position.sequence ? position : { epoch, sequence },
    observedAtMs: fault === null ? atMs : observedAtMs,
    fault,
  };
  if (isFirst) {
    record.base = record.state.position;
    record.log = [];
  }
}

function trim(record: TopicRecord, maxChanges: number, oldestMs: number): void {
  const young = record.log.findIndex(({ atMs }) => atMs >= oldestMs);
  const cut = Math.max(record.log.length - maxChanges, young < 0 ? record.log.length : young);
  const last = record.log[cut - 1];
  if (last === undefined) return;
  record.base = { epoch: last.epoch, sequence: last.sequence };
  record.log = record.log.slice(cut);
}

function createLimits(clock: Clock): (replica: string) => SharedLimits {
  /** When the bucket will be full again. */
  const spent = createExpiringMap<number>(clock);
  const shares =
    createExpiringMap<ReadonlyMap<string, { readonly count: number; readonly expiresAtMs: number }>>(clock);

  return (replica) => ({
    spend(name, cost, { limit, windowMs }) {
      const nowMs = clock.nowMs();
      const fullAtMs = Math.max(spent.get(name) ?? 0, nowMs) + (cost * windowMs) / limit;
      const waitMs = Math.ceil(fullAtMs - windowMs - nowMs);
      if (waitMs > 0) return Promise.resolve(waitMs);
      spent.set(name, fullAtMs, fullAtMs - nowMs);
      return Promise.resolve(0);
    },
    holdShare(name, count, limit, ttlMs) {
      const nowMs = clock.nowMs();
      const all = [...(shares.get(name) ?? [])].filter(([, share]) => share.expiresAtMs > nowMs);
      const others = new Map(all.filter(([holder]) => holder !== replica));
      const own = all.find(([holder]) => holder === replica)?.[1].count ?? 0;
      const total = [...others.values()].reduce((sum, share) => sum + share.count, count);
      if (count > own && total > limit) return Promise.resolve(false);
      if (count > 0) others.set(replica, { count, expiresAtMs: nowMs + ttlMs });
      shares.set(name, others, ttlMs);
      return Promise.resolve(true);
    },
  });
}

function unexpired(entries: ReadonlyMap<string, number> | undefined, nowMs: number): ReadonlyMap<string, number> {
  return new Map([...(entries ?? [])].filter(([, expiresAtMs]) => expiresAtMs > nowMs));
}
