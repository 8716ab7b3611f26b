/**
 * Computes the times that a patient can book from a provider's slots. It uses neither clock nor network. It keeps only its
 * last result, so that a changed slot costs the work for its day and not for the whole calendar.
 *
 * The database applies the same rules again when it books. This code only decides which times are offered.
 */
import type { FullDay, Provider, Service, Slot } from '../wire.ts';
import { isoInstant } from '../time/iso-instant.ts';
import { dayFinder } from '../time/time-zones.ts';
import { sameItems } from './same-items.ts';
import type { Hold } from './types.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A time at which the service can begin. */
export interface BookableStart {
  /** ISO instant at which the patient's part begins: what `hold` and `book` take. */
  readonly start: string;
  /** ISO instant at which the patient's part ends. */
  readonly end: string;
  /** The same as `start`, in epoch ms. */
  readonly at: number;
  /** `YYYY-MM-DD` in the shown zone. */
  readonly day: string;
  /** Held by this visitor; other visitors aren't offered it. */
  readonly mine: boolean;
}

export interface DayAvailability {
  /** `YYYY-MM-DD` in the shown zone. */
  readonly day: string;
  /** In order of time; never empty. */
  readonly starts: readonly BookableStart[];
  /** How many starts the day has, as a share of those of the freest day: above 0, up to 1. */
  readonly share: number;
}

export interface Availability {
  /** Days with at least one start, in order. A day that didn't change is the same object as before. */
  readonly days: ReadonlyMap<string, DayAvailability>;
  /** All starts, in order of time. */
  readonly starts: readonly BookableStart[];
  /** Epoch ms by the server's clock at which the result changes although no slot does; `Infinity` if never. */
  readonly changesAt: number;
}

export interface AvailabilityQuery {
  /** In order of start, as `CalendarState.slots` has them. */
  readonly slots: ReadonlyMap<number, Slot>;
  /** In order, as `CalendarState.fullDays` has them. */
  readonly fullDays: readonly FullDay[];
  readonly provider: Provider;
  readonly service: Service;
  /** IANA zone by whose days the starts are grouped. */
  readonly zone: string;
  /** Epoch ms by the server's clock. */
  readonly now: number;
  /** What this visitor holds: `CalendarState.hold`. Its slots are free for the visitor, as is its place in a full day. */
  readonly own?: Pick<Hold, 'start' | 'slotStarts'> | null;
  /** ISO instant at which the appointment begins that is to be moved. Its place in a full day is free for it. */
  readonly moving?: string | null;
}

/** Epoch ms from which a slot is free; 0 when it is open, `Infinity` when it won't be. */
function freeFrom(slot: Slot): number {
  if (slot.status === 'open') return 0;
  return slot.status === 'held' && slot.held_until ? Date.parse(slot.held_until) : Infinity;
}

/** How many slots in a row the service takes, with its buffers. */
export function slotsNeeded(service: Service, slotMinutes: number): number {
  return Math.ceil(
    (service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes) / slotMinutes,
  );
}

/**
 * How many minutes before its start a patient must book, at least. The buffer before the patient's part must lie ahead, too: no
 * calendar has slots that have begun.
 */
export function noticeMinutes(provider: Provider, service: Service): number {
  return Math.max(provider.min_notice_minutes, service.buffer_before_minutes);
}

/** The slots that a booking of `service` at `start` takes, in order; null when some of them are missing. */
export function runOf(
  slots: ReadonlyMap<number, Slot>,
  provider: Provider,
  service: Service,
  start: string,
): readonly Slot[] | null {
  const { slot_minutes: minutes } = provider;
  const first = Date.parse(start) / MINUTE_MS - service.buffer_before_minutes;
  const run: Slot[] = [];
  for (let index = 0; index < slotsNeeded(service, minutes); index++) {
    const slot = slots.get(first + index * minutes);
    if (!slot) return null;
    run.push(slot);
  }
  return run;
}

/**
 * Makes a function that computes availabilities and keeps its last result. Use one per view: with two views, each call would
 * discard the other view's result.
 */
export function createAvailability(): (query: AvailabilityQuery) => Availability {
  let lastQuery: AvailabilityQuery | undefined;
  let result: Availability | undefined;
  let finder: { zone: string; dayOf: (instant: number) => string } | undefined;
  return (query) => {
    if (
      lastQuery &&
      result &&
      sameQuery(lastQuery, query) &&
      query.now >= lastQuery.now &&
      query.now < result.changesAt
    )
      return result;
    if (finder?.zone !== query.zone) finder = { zone: query.zone, dayOf: dayFinder(query.zone) };
    const comparable = lastQuery && lastQuery.zone === query.zone && lastQuery.service === query.service;
    result = compute(query, finder.dayOf, comparable ? result : undefined);
    lastQuery = query;
    return result;
  };
}

const COMPARED = ['slots', 'fullDays', 'provider', 'service', 'zone', 'own', 'moving'] as const;

function sameQuery(a: AvailabilityQuery, b: AvailabilityQuery): boolean {
  return COMPARED.every((key) => a[key] === b[key]);
}

function compute(query: AvailabilityQuery, dayOf: (instant: number) => string, before?: Availability): Availability {
  const { provider, service, now } = query;
  const own = new Set(query.own?.slotStarts);
  const full = withoutRoom(query);
  let lastFull = full.length - 1;
  const slots = [...query.slots.values()];
  const length = slotsNeeded(service, provider.slot_minutes);
  const lead = service.buffer_before_minutes * MINUTE_MS;
  const duration = service.duration_minutes * MINUTE_MS;
  const notice = noticeMinutes(provider, service) * MINUTE_MS;
  const earliest = now + notice;
  const latest = now + provider.booking_window_days * DAY_MS;

  const found: BookableStart[] = [];
  const former = before?.starts ?? [];
  let walked = former.length - 1;
  let changesAt = Infinity;
  /** How many free slots follow each other without a gap, from the current one on. */
  let free = 0;
  for (let index = slots.length - 1; index >= 0; index--) {
    const slot = slots[index] as Slot;
    const mine = own.has(slot.start);
    const freeAt = freeFrom(slot);
    if (!mine && freeAt > now) {
      changesAt = Math.min(changesAt, freeAt);
      free = 0;
      continue;
    }
    free = slot.id + provider.slot_minutes === slots[index + 1]?.id ? free + 1 : 1;
    if (free < length) continue;
    const at = slot.id * MINUTE_MS + lead;
    if (at >= latest) {
      changesAt = Math.min(changesAt, at - provider.booking_window_days * DAY_MS + 1);
    } else if (at >= earliest) {
      while ((full[lastFull]?.from ?? 0) > at) lastFull--;
      const day = full[lastFull];
      if (day && at < day.to) {
        changesAt = Math.min(changesAt, day.until);
        continue;
      }
      changesAt = Math.min(changesAt, at - notice + 1);
      while ((former[walked]?.at ?? 0) > at) walked--;
      const same = former[walked];
      found.push(same?.at === at && same.mine === mine ? same : bookable(at, at + duration, dayOf(at), mine));
    }
  }
  found.reverse();
  const starts = before && sameItems(before.starts, found) ? before.starts : found;
  const days = starts === before?.starts ? before.days : groupByDay(starts, before);
  return Object.freeze({ starts, days, changesAt });
}

/** The days on which this visitor can book nothing, in order. */
function withoutRoom({ fullDays, now, own, moving }: AvailabilityQuery): readonly FullDay[] {
  return fullDays.filter(({ from, to, until }) => {
    const has = (start: string | null | undefined) => start && Date.parse(start) >= from && Date.parse(start) < to;
    // A hold that will make room is the visitor's own, or another one beside it: either way, the own one has its place.
    return until > now && !has(moving) && !(until < Infinity && has(own?.start));
  });
}

function bookable(at: number, until: number, day: string, mine: boolean): BookableStart {
  return Object.freeze({ start: isoInstant(at), end: isoInstant(until), at, day, mine });
}

function groupByDay(starts: readonly BookableStart[], before?: Availability): Map<string, DayAvailability> {
  const lists: BookableStart[][] = [];
  let day = '';
  for (const start of starts) {
    if (start.day !== day) lists.push([]);
    day = start.day;
    lists.at(-1)?.push(start);
  }
  const most = Math.max(...lists.map((list) => list.length));
  return new Map(
    lists.map((list) => {
      const { day } = list[0] as BookableStart;
      const share = list.length / most;
      const former = before?.days.get(day);
      const same = former?.share === share && sameItems(former.starts, list);
      return [day, same ? former : Object.freeze({ day, starts: list, share })];
    }),
  );
}

/** The first bookable time on or after a day (`YYYY-MM-DD` in the shown zone); without a day, the first of all. */
export function nextStart(availability: Availability, day = ''): BookableStart | null {
  return availability.starts.find((start) => start.day >= day) ?? null;
}
