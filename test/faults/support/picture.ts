/** Compares the state of a calendar with the database. */
import assert from 'node:assert/strict';
import type { CalendarState } from '../../../src/core/calendar/types.ts';
import type { CalendarSnapshot, FullDay, Slot } from '../../../src/core/wire.ts';

const DAY_MS = 86_400_000;
/** Slots within this time of the present or of the window's end are not compared: the two sides may see them differently. */
const MARGIN_MS = 600_000;

export interface DatabasePicture {
  readonly snapshot: CalendarSnapshot;
  /** Epoch ms by the database's clock. */
  readonly now: number;
}

export function assertShows(state: CalendarState, { snapshot, now }: DatabasePicture, who = 'the tab'): void {
  assert.equal(state.status, 'ready', who);
  const there = snapshot.slots.map((slot) => (hasRunOut(slot, now) ? { ...slot, status: 'open' as const } : slot));
  const expected = timetable(there, snapshot, now);
  assert.deepEqual(timetable(state.slots.values(), snapshot, now), expected, `${who} shows what is there`);
  assert.deepEqual(daysOf(state.fullDays, now), daysOf(snapshot.fullDays, now), `${who} shows which days are full`);
  assert.equal(state.revision, snapshot.revision, `${who} has the newest revision`);
  assert.deepEqual(state.provider, snapshot.provider, `${who} shows the provider`);
  assert.deepEqual(state.services, snapshot.services, `${who} shows the services`);
}

/** The database stores an expired hold as held, and treats it as open. */
export function hasRunOut({ status, held_until: until }: Slot, now: number): boolean {
  return status === 'held' && Boolean(until) && Date.parse(until ?? '') <= now;
}

/** One line per day that is full now. */
function daysOf(days: readonly FullDay[], now: number): string[] {
  return days
    .filter(({ to, until }) => to > now + MARGIN_MS && until > now)
    .map(({ from, to, until }) => `${from} - ${to} until ${until}`);
}

/** One line per slot. */
function timetable(slots: Iterable<Slot>, { provider }: CalendarSnapshot, now: number): string[] {
  const latest = now + provider.booking_window_days * DAY_MS - MARGIN_MS;
  return [...slots]
    .filter(({ start }) => Date.parse(start) > now + MARGIN_MS && Date.parse(start) < latest)
    .map(({ id, start, end, status, held_until: until }) => {
      const what = status === 'held' ? `held until ${until}` : status;
      return `${start} - ${end} #${id} ${what}`;
    });
}
