import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type Log } from '../src/telemetry/log.ts';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 };

/** A log, and what was written to it. */
export interface TestLog {
  readonly log: Log;
  /** All lines that were logged so far. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** The lines of one level that were logged so far. */
  readonly logged: (level: keyof typeof LEVELS) => readonly Readonly<Record<string, unknown>>[];
}

export function createTestLog(): TestLog {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  return {
    log: pino({ level: 'debug' }, sink),
    lines,
    logged: (level) => lines.filter((line) => line['level'] === LEVELS[level]),
  };
}
