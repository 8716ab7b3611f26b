/** The grid of the desk in memory: its rows follow from the hours, and what stands in them from blocks, holds and appointments. */
import { overlap } from '../../../src/core/desk/optimistic.ts';
import type { DeskAppointment, DeskProvider, DeskSlot, Hours, HoursRule } from '../../../src/core/desk/types.ts';
import { addDays, instantAt, weekday } from '../../../src/core/time/time-zones.ts';

const MINUTE = 60_000;

export interface DeskRow {
  readonly start: string;
  readonly end: string;
  /** Staff blocked it. Holds and appointments come and go beside it. */
  blocked: boolean;
}

/** A time that a visitor holds. */
export interface DeskHold {
  readonly start: string;
  readonly end: string;
  readonly held_until: string;
}

export function rowAt(start: number, minutes: number): DeskRow {
  const iso = (at: number) => new Date(at).toISOString();
  return { start: iso(start), end: iso(start + minutes * MINUTE), blocked: false };
}

/** The rows of the hours that begin on a day. */
export function rowsOf({ time_zone: zone, slot_minutes: step }: DeskProvider, hours: Hours, day: string): DeskRow[] {
  const instant = (local: string) => instantAt(local.slice(0, 10), minutesOf(local.slice(11)), zone);
  const spanOf = ({ starts_at, ends_at }: Hours['exceptions'][number]) =>
    [instant(starts_at), instant(ends_at)] as const;
  const ruleSpan = ({ start, end }: HoursRule) => {
    const lastDay = minutesOf(end) <= minutesOf(start) ? addDays(day, 1) : day;
    return [instantAt(day, minutesOf(start), zone), instantAt(lastDay, minutesOf(end), zone)] as const;
  };
  const off = hours.exceptions.filter(({ kind }) => kind === 'off').map(spanOf);
  const spans = [
    ...hours.rules.filter((rule) => rule.weekday % 7 === weekday(day)).map(ruleSpan),
    ...hours.exceptions.filter(({ kind, starts_at }) => kind === 'extra' && starts_at.startsWith(day)).map(spanOf),
  ];
  return spans.flatMap(([from, until]) =>
    Array.from({ length: Math.floor((until - from) / (step * MINUTE)) }, (_, index) => from + index * step * MINUTE)
      .filter((at) => !off.some(([begins, ends]) => begins < at + step * MINUTE && at < ends))
      .map((at) => rowAt(at, step)),
  );
}

/** A row as staff see it. */
export function slotOf(
  row: DeskRow,
  appointments: readonly DeskAppointment[],
  holds: readonly DeskHold[],
  revision: number,
): DeskSlot {
  const { start, end, blocked } = row;
  const taker = appointments.find((one) => one.status !== 'cancelled' && overlap(busyOf(one), row));
  const hold = taker || blocked ? undefined : holds.findLast((one) => overlap(one, row));
  return {
    id: Date.parse(start) / MINUTE,
    start,
    end,
    status: taker ? 'booked' : blocked ? 'blocked' : hold ? 'held' : 'open',
    held_until: hold?.held_until ?? null,
    revision,
    blocked_by: blocked && !taker ? 'staff' : null,
    appointment_id: taker?.id ?? null,
  };
}

/** Whether rows cover an appointment with its buffers. */
export function isCovered(appointment: DeskAppointment, rows: readonly DeskRow[]): boolean {
  const busy = busyOf(appointment);
  let reached = Date.parse(busy.start);
  for (const { start, end } of rows) if (Date.parse(start) <= reached) reached = Math.max(reached, Date.parse(end));
  return reached >= Date.parse(busy.end);
}

export function busyOf({ busy_start, busy_end }: DeskAppointment): { readonly start: string; readonly end: string } {
  return { start: busy_start, end: busy_end };
}

export function byStart(a: DeskRow, b: DeskRow): number {
  return Date.parse(a.start) - Date.parse(b.start);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
