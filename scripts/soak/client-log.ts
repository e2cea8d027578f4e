import { stateNameOf, type Truth } from './truth.ts';

/** An event as a client is told it. */
export interface ToldChange {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CREATED' | 'UPDATED' | 'DELETED' | 'GAP';
  readonly keyValue: string | null;
  readonly previousStateName: string | null;
  readonly conflated: boolean;
  readonly detector: {
    readonly lastUpdateTime: string;
    readonly state: { readonly stateName: string; readonly variable: { readonly json: unknown } | null };
  } | null;
}

/** All that one client is told, over however many connections, held against the truth. */
export interface ClientLog {
  /** Takes the next event, and gives what is wrong with it. */
  add(change: ToldChange): string[];
  /** Where it goes on; null: it was told nothing yet. */
  cursor(): string | null;
  /** The keys of which it does not know the newest state. */
  behind(): string[];
}

/** Makes the log of a client of one detector, or of all where `keyValue` is null. */
export function createClientLog(truth: Truth, keyValue: string | null): ClientLog {
  const cursors = new Set<string>();
  /** The state that was told last, by key; a key without one is not there. */
  const states = new Map<string, string>();
  const versions = new Map<string, number>();
  let cursor: string | null = null;
  /** At the start and after a GAP the present state is told. */
  let isPresentDue = true;

  function takeGap(): void {
    states.clear();
    versions.clear();
    isPresentDue = true;
  }

  function checkOrder(key: string, { kind, previousStateName }: ToldChange): string[] {
    if (kind === 'SNAPSHOT') return isPresentDue ? [] : ['Expected SNAPSHOT at the start or after a GAP only'];
    isPresentDue = false;
    const known = states.get(key) ?? null;
    return previousStateName === known
      ? []
      : [`Expected the change after ${String(known)}, got the one after ${String(previousStateName)}`];
  }

  function checkState(key: string, { detector, kind }: ToldChange): string[] {
    if (detector === null) {
      states.delete(key);
      return kind === 'DELETED' || kind === 'SNAPSHOT' ? [] : [`Expected a detector in ${kind}, got none`];
    }
    const { stateName, variable } = detector.state;
    const version = Number(stateName.slice(1));
    const before = versions.get(key) ?? -1;
    states.set(key, stateName);
    versions.set(key, version);
    const wrong: string[] = [];
    if (version <= before) wrong.push(`Expected a version after ${before}, got ${version}`);
    // Variables may be read after the state, by a call of their own that can fail.
    const isRight = typeof (variable?.json ?? version) === 'number' && Number(variable?.json ?? version) >= version;
    if (!isRight) wrong.push(`Expected the variable of ${stateName}, got ${String(variable?.json)}`);
    if (truth.changedAtMs(key, version) !== Date.parse(detector.lastUpdateTime)) {
      wrong.push(`Expected the time of ${stateName}, got ${detector.lastUpdateTime}`);
    }
    return wrong;
  }

  return {
    add(change) {
      const wrong = cursors.has(change.cursor) ? [`Expected a cursor of its own, got ${change.cursor} again`] : [];
      cursors.add(change.cursor);
      cursor = change.cursor;
      if (change.kind === 'GAP') takeGap();
      else {
        const key = change.keyValue ?? '';
        wrong.push(...checkOrder(key, change), ...checkState(key, change));
      }
      return wrong.map((text) => `${change.kind} of ${String(change.keyValue)}: ${text}`);
    },
    cursor: () => cursor,
    behind: () =>
      (keyValue === null ? truth.keyValues : [keyValue]).filter(
        (key) => (states.get(key) ?? null) !== stateNameOf(truth.versionOf(key)),
      ),
  };
}
