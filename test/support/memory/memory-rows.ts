/** The rows of the database in memory, and how they look from outside. */
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import { type ErrorCode, OpenslotError } from '../../../src/core/errors.ts';
import type { ChangedSlot, Service } from '../../../src/core/wire.ts';

/** A visitor's promise of a time: it outlives what staff decide about the time meanwhile. */
export interface HeldRun {
  readonly visitor: string;
  /** Epoch ms at which the patient's part begins. */
  readonly start: number;
  readonly rows: readonly Row[];
  readonly began: number;
  readonly until: number;
}

export interface Row {
  /** Its start in minutes since the epoch. */
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** What `setStatus` said. Holds and appointments come and go beside it. */
  status: 'open' | 'blocked' | 'booked' | 'removed';
  /** One of the database's appointments is there. */
  booked: boolean;
  hold: HeldRun | null;
  /** Of the latest change that visitors see. */
  revision: number;
  /** What visitors saw of it then. */
  seen: string;
}

/** Whether nobody but the holder can have it. */
export function isGone({ status, booked }: Row): boolean {
  return booked || status !== 'open';
}

/** Booked, blocked and removed rows are the same to visitors. */
export function publicSlot(row: Row, revision: number): ChangedSlot {
  const { id, start, end, hold } = row;
  const gone = isGone(row);
  return {
    id,
    start: isoInstant(start),
    end: isoInstant(end),
    status: gone ? 'removed' : hold ? 'held' : 'open',
    held_until: !gone && hold ? isoInstant(hold.until) : null,
    revision,
  };
}

export function seen(row: Row): string {
  const { status, held_until } = publicSlot(row, 0);
  return `${status} ${held_until ?? ''}`;
}

export function span(start: string, service: Service): { start: string; end: string } {
  const at = Date.parse(start);
  return { start: isoInstant(at), end: isoInstant(at + service.duration_minutes * 60_000) };
}

export function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row) => b.includes(row));
}

export function found<T>(value: T | undefined, code: ErrorCode): T {
  if (value === undefined) throw new OpenslotError(code, undefined, { status: 404 });
  return value;
}
