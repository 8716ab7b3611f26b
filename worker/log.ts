import pino, { type DestinationStream } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * Facts about what happened, as one line of JSON each. Ids, kinds, codes and numbers only: no address, no name, no token, no
 * text that somebody wrote, and so no error as it came, since mail servers and databases quote what they complain about.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Log = Readonly<Record<LogLevel, (event: string, fields?: LogFields) => void>>;

export function createLog(level: LogLevel, destination: DestinationStream = pino.destination({ sync: true })): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const write =
    (at: LogLevel) =>
    (event: string, fields: LogFields = {}): void =>
      logger[at](fields, event);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** What of an error may be written down: its code, else its class. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : error.name;
}
