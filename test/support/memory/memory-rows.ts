/** The rows of the database in memory, and how they look from outside. */
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import { type ErrorCode, OpenslotError } from '../../../src/core/errors.ts';
import type { ChangedSlot, Service, SlotStatus } from '../../../src/core/wire.ts';

export interface Row {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  status: SlotStatus;
  heldUntil: number | null;
  heldBy: string | null;
  holdStarted: number;
  /** Blocked because the day is full, to be opened again when it isn't. */
  limited: boolean;
  revision: number;
}

export function shown(status: SlotStatus): boolean {
  return status === 'open' || status === 'held';
}

export function publicSlot({ id, start, end, status, heldUntil, revision }: Row): ChangedSlot {
  const held = status === 'held' && heldUntil !== null;
  return {
    id,
    start: isoInstant(start),
    end: isoInstant(end),
    status,
    revision,
    ...(held && { held_until: isoInstant(heldUntil) }),
  };
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
