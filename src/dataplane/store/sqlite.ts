import { type DatabaseSync } from 'node:sqlite';
import { primaryCode, reasonOf } from './sqlite-fault.ts';
import { openDatabase } from './sqlite-open.ts';
import { prepareTransaction } from './sqlite-transaction.ts';
import { type Store, StoreError, type Transaction } from './store.ts';

// Bounds how long the transactions of one COMMIT keep the thread from its sockets.
const groupSizeLimit = 256;

/** A transaction that waits for its group, or is in it. */
interface Job {
  readonly work: (tx: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface SqliteStoreOptions {
  readonly directory: string;
  /** Called when writing fails for another reason than before, and with null when it works again. */
  readonly onFault?: (fault: StoreError | null) => void;
}

/**
 * The embedded store: one SQLite file in `directory`, which is created where absent and owned by this process alone until
 * `close`. Transactions that arrive together share one COMMIT and its fsync. Throws a StoreError where the directory
 * cannot be written, another process owns it, the file is damaged, or a newer program has written it.
 */
export function createSqliteStore({ directory, onFault = () => undefined }: SqliteStoreOptions): Store {
  const opened = openDatabase(directory);
  const runGroup = createGroupRunner(opened.database, createFaultWatch(opened.database, onFault));
  const queue: Job[] = [];
  let flushing = false;
  let whenIdle: (() => void) | null = null;
  let closed: Promise<void> | null = null;

  function schedule(): void {
    if (flushing) return;
    if (queue.length === 0) {
      whenIdle?.();
      return;
    }
    flushing = true;
    // Everything that the sockets have brought by now joins the group.
    setImmediate(() => {
      void runGroup(queue.splice(0, groupSizeLimit)).then(() => {
        flushing = false;
        schedule();
      });
    });
  }

  return {
    transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      if (closed !== null) return Promise.reject(new StoreError('Expected an open store, got one that is closed'));
      return new Promise((resolve, reject) => {
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      });
    },
    close() {
      closed ??= new Promise<void>((resolve) => {
        whenIdle = resolve;
        schedule();
      }).then(() => {
        opened.close();
      });
      return closed;
    },
  };
}

/** Runs jobs in their order, each under a savepoint, and settles all of them after one COMMIT. Never rejects. */
function createGroupRunner(database: DatabaseSync, watch: FaultWatch): (group: readonly Job[]) => Promise<void> {
  const tx = prepareTransaction(database);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const savepoint = database.prepare('SAVEPOINT job');
  const release = database.prepare('RELEASE job');
  const rollbackToSavepoint = database.prepare('ROLLBACK TO job');

  async function runJob({ work, resolve, reject }: Job): Promise<() => void> {
    savepoint.run();
    try {
      const value = await work(tx);
      release.run();
      return () => {
        resolve(value);
      };
    } catch (error) {
      // A fault such as a full disk can end the whole transaction, and with it the group.
      if (!database.isTransaction) throw error;
      rollbackToSavepoint.run();
      release.run();
      const reason = primaryCode(error) === null ? error : watch.note(toStoreError(error));
      return () => {
        reject(reason);
      };
    }
  }

  return async function runGroup(group) {
    const settlements: (() => void)[] = [];
    try {
      begin.run();
      watch.begin();
      for (const job of group) settlements.push(await runJob(job));
      commit.run();
      watch.committed();
    } catch (cause) {
      rollBack(database);
      const error = watch.note(toStoreError(cause));
      for (const { reject } of group) reject(error);
      return;
    }
    for (const settle of settlements) settle();
  };
}

function toStoreError(cause: unknown): StoreError {
  return new StoreError(`Expected the transaction to be committed, got: ${reasonOf(cause)}`, { cause });
}

/** Tells of faults, each cause once, and of the first group without any that has written after them. */
interface FaultWatch {
  begin(): void;
  /** Answers the fault. */
  note(fault: StoreError): StoreError;
  committed(): void;
}

function createFaultWatch(database: DatabaseSync, onFault: (fault: StoreError | null) => void): FaultWatch {
  const count = database.prepare('SELECT total_changes() AS changes');
  const changes = () => Number(count.get()?.['changes']);
  let told: string | null = null;
  let changesBefore: number | null = null;
  return {
    begin() {
      changesBefore = told === null ? null : changes();
    },
    note(fault) {
      changesBefore = null;
      if (fault.message !== told) {
        told = fault.message;
        onFault(fault);
      }
      return fault;
    },
    committed() {
      // Reading goes on while the disk is full: it shows nothing.
      if (changesBefore === null || changes() === changesBefore) return;
      told = null;
      onFault(null);
    },
  };
}

function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // The next group's BEGIN fails as long as this transaction is open, and it is tried again here.
  }
}
