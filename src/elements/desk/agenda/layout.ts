/** Places slots and appointments in the days of the agenda. Pure. Minutes are those of the provider's clock. */
import { isoInstant } from '../../../core/time/iso-instant.ts';
import { overlap } from '../../../core/desk/optimistic.ts';
import type { DeskAppointment, DeskSlot, Hours, HoursRule } from '../../../core/desk/types.ts';
import { dayOf, instantAt, minuteOf, weekday } from '../../../core/time/time-zones.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** The agenda shows these hours if there are no slots, appointments or weekly hours. */
const OFFICE_HOURS = [9 * HOUR, 17 * HOUR] as const;

/** `empty`: there is no slot. `full`: the daily limit of appointments blocks the slot. */
export type CellStatus = 'open' | 'held' | 'blocked' | 'full' | 'empty';

interface Placed {
  /** Minutes since midnight. */
  readonly from: number;
  readonly until: number;
}

/** A step of the grid that no appointment covers. */
export interface Cell extends Placed {
  readonly kind: 'cell';
  readonly key: string;
  readonly status: CellStatus;
  readonly start: string;
  readonly end: string;
  readonly heldUntil: string | null;
  readonly past: boolean;
}

export interface Event extends Placed {
  readonly kind: 'event';
  readonly key: string;
  readonly appointment: DeskAppointment;
  readonly busyFrom: number;
  readonly busyUntil: number;
}

export type Item = Cell | Event;

/** Neighbouring cells of one status, drawn as one block. */
export interface Run extends Placed {
  readonly status: Exclude<CellStatus, 'empty'>;
  readonly heldUntil: string | null;
  readonly past: boolean;
}

export interface DayColumn {
  readonly day: string;
  /** In order of time, which is also the order of the arrow keys. */
  readonly items: readonly Item[];
  readonly runs: readonly Run[];
  /** There are no slots and no appointments. */
  readonly isEmpty: boolean;
}

export interface Layout {
  readonly days: readonly DayColumn[];
  /** Minutes, whole hours. */
  readonly from: number;
  readonly until: number;
}

export interface LayoutQuery {
  readonly days: readonly string[];
  readonly slots: readonly DeskSlot[];
  readonly appointments: readonly DeskAppointment[];
  readonly hours: Hours | null;
  readonly zone: string;
  readonly slotMinutes: number;
  /** Epoch ms by the server's clock. */
  readonly now: number;
}

export function layOut({ days, slots, appointments, hours, zone, slotMinutes, now }: LayoutQuery): Layout {
  const shown = appointments.filter(({ status }) => status !== 'cancelled');
  const events = group(
    days,
    shown,
    ({ start, end }) => daysOf(start, end, zone),
    (one, day) => eventOf(one, day, zone),
  );
  const busy = group(
    days,
    shown,
    ({ busy_start, busy_end }) => daysOf(busy_start, busy_end, zone),
    ({ busy_start, busy_end }, day) => ({
      from: minuteIn(day, busy_start, zone),
      until: minuteIn(day, busy_end, zone),
    }),
  );
  const cells = group(
    days,
    slots.filter((slot) => slot.status !== 'booked' && !shown.some((appointment) => covers(appointment, slot))),
    ({ start }) => daysOf(start, start, zone),
    (slot) => cellOf(slot, zone, now),
  );
  const all = [...events.values(), ...cells.values()].flat();
  const rules = hours?.rules ?? [];
  const minutes = [
    ...all.flatMap(({ from, until }) => [from, until]),
    ...rules.flatMap((rule) => partsOf(rule).flatMap(({ from, until }) => [from, until])),
  ];
  const [first, last] = minutes.length > 0 ? [Math.min(...minutes), Math.max(...minutes)] : OFFICE_HOURS;
  const from = Math.floor(first / HOUR) * HOUR;
  const until = Math.min(DAY, Math.ceil(last / HOUR) * HOUR);
  return {
    from,
    until,
    days: days.map((day) => {
      const taken: Item[] = [...(events.get(day) ?? []), ...(cells.get(day) ?? [])];
      const open = rules.some((rule) => partsOf(rule).some((part) => part.weekday === weekday(day)));
      const filled = [...(cells.get(day) ?? []), ...(busy.get(day) ?? [])];
      const items = [...taken, ...emptyCells(day, filled, { from, until }, slotMinutes, zone, now)].sort(byTime);
      return { day, items, runs: runsOf(items), isEmpty: taken.length === 0 && !open };
    }),
  };
}

/** `HH:MM` as minutes since midnight. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * HOUR + minute;
}

/** The minute at which hours end, counted from the day on which they begin. After midnight, it is above 24 hours. */
export function endOf({ start, end }: HoursRule): number {
  return minutesOf(end) + (minutesOf(end) > minutesOf(start) ? 0 : DAY);
}

/** The parts of hours by weekday (Sunday is 0): two where they go on after midnight. */
export function partsOf(rule: HoursRule): readonly (Placed & { readonly weekday: number })[] {
  const until = endOf(rule);
  const part = { weekday: rule.weekday % 7, from: minutesOf(rule.start), until: Math.min(until, DAY) };
  return until <= DAY ? [part] : [part, { weekday: (rule.weekday + 1) % 7, from: 0, until: until - DAY }];
}

/** What is in each of the days. Something that goes on after midnight is in several. */
function group<T, R>(
  days: readonly string[],
  from: readonly T[],
  span: (one: T) => readonly [first: string, last: string],
  make: (one: T, day: string) => R,
): Map<string, R[]> {
  const groups = new Map<string, R[]>(days.map((day) => [day, []]));
  for (const one of from) {
    const [first, last] = span(one);
    for (const [day, items] of groups) if (first <= day && day <= last) items.push(make(one, day));
  }
  return groups;
}

/** The first and the last day that a span is in. One that ends at midnight is not in the next day. */
function daysOf(start: string, end: string, zone: string): readonly [first: string, last: string] {
  const first = dayOf(Date.parse(start), zone);
  const last = dayOf(Date.parse(end) - 1, zone);
  return [first, last < first ? first : last];
}

function covers({ busy_start, busy_end }: DeskAppointment, slot: DeskSlot): boolean {
  return overlap({ start: busy_start, end: busy_end }, slot);
}

function cellOf(slot: DeskSlot, zone: string, now: number): Cell {
  const start = Date.parse(slot.start);
  const from = minuteOf(start, zone);
  const held = slot.status === 'held' && Date.parse(slot.held_until ?? '') > now;
  const blocked = slot.blocked_by === 'daily_limit' ? 'full' : 'blocked';
  return {
    kind: 'cell',
    key: String(start),
    status: held ? 'held' : slot.status === 'blocked' ? blocked : 'open',
    start: slot.start,
    end: slot.end,
    from,
    until: from + (Date.parse(slot.end) - start) / MINUTE_MS,
    heldUntil: held ? (slot.held_until ?? null) : null,
    past: start <= now,
  };
}

function eventOf(appointment: DeskAppointment, day: string, zone: string): Event {
  const at = (instant: string) => minuteIn(day, instant, zone);
  const from = at(appointment.start);
  return {
    kind: 'event',
    key: appointment.id,
    appointment,
    from,
    until: Math.max(at(appointment.end), from + 1),
    busyFrom: at(appointment.busy_start),
    busyUntil: at(appointment.busy_end),
  };
}

/** The minute of an instant on a day: the day's first or last one if the instant is on another day. */
function minuteIn(day: string, instant: string, zone: string): number {
  const at = Date.parse(instant);
  const actual = dayOf(at, zone);
  if (actual === day) return minuteOf(at, zone);
  return actual < day ? 0 : DAY;
}

/** Cells for times without slots, so that staff can open them. */
function emptyCells(
  day: string,
  filled: readonly Placed[],
  { from, until }: Placed,
  step: number,
  zone: string,
  now: number,
): Cell[] {
  const cells: Cell[] = [];
  for (let minute = from; minute + step <= until; minute += step) {
    if (filled.some((other) => other.from < minute + step && minute < other.until)) continue;
    const start = instantAt(day, minute, zone);
    cells.push({
      kind: 'cell',
      // The same key as of a slot at that time: the keyboard stays there when the slot appears.
      key: String(start),
      status: 'empty',
      start: isoInstant(start),
      end: isoInstant(start + step * MINUTE_MS),
      from: minute,
      until: minute + step,
      heldUntil: null,
      past: start <= now,
    });
  }
  return cells;
}

function runsOf(items: readonly Item[]): Run[] {
  const runs: Run[] = [];
  for (const item of items) {
    if (item.kind !== 'cell' || item.status === 'empty') continue;
    const { status, from, until, heldUntil, past } = item;
    const last = runs.at(-1);
    if (last && last.until === from && last.status === status && last.heldUntil === heldUntil && last.past === past)
      runs[runs.length - 1] = { ...last, until };
    else runs.push({ status, from, until, heldUntil, past });
  }
  return runs;
}

function byTime(a: Placed, b: Placed): number {
  return a.from - b.from || a.until - b.until;
}
