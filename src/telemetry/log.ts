import { pino, type Logger } from 'pino';
import { default as pretty } from 'pino-pretty';

export type Log = Logger;

/** How much is logged, and for whom: JSON lines for machines, coloured text for a terminal. */
export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly format: 'json' | 'pretty';
}

/** The process's logger, writing to standard error so that standard output stays the program's answer. */
export function createLog(options: LogOptions): Log {
  const base = { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (options.format === 'json') return pino(base, pino.destination({ dest: 2, sync: true }));
  return pino(base, pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' }));
}
