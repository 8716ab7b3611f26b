import pino, { type DestinationStream } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * Facts about an event, one line of JSON each. Ids, kinds, codes and numbers only: no address, name or token, no text that a
 * person wrote, and no text of an error, because mail servers and databases quote the value that they refuse.
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

/** The part of an error that may be logged: its code, else its class. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : error.name;
}
