/** The times that a patient can choose from: the calendar's state with the patient's choices applied. Pure but for a cache. */
import {
  type Availability,
  type BookableStart,
  createAvailability,
  type DayAvailability,
  nextStart,
  noticeMinutes,
} from '../../core/calendar/availability.ts';
import type { CalendarState } from '../../core/calendar/types.ts';
import type { Provider, Service } from '../../core/wire.ts';
import { addDays, addMonths, dayOf, formatTime } from '../../core/time/time-zones.ts';

const MINUTE_MS = 60_000;

export interface Choices {
  /** IANA zone that times are shown in. */
  readonly zone: string;
  /** Slug or id; where no service has it, the first one counts. Or a service, even one that isn't offered any more. */
  readonly service: string | Service;
  readonly day: string | null;
  readonly month: string | null;
  /** ISO instant at which the appointment begins that the patient moves. */
  readonly moving?: string | null;
}

export interface Offer {
  readonly provider: Provider;
  readonly service: Service;
  /** IANA zone that the days belong to. */
  readonly zone: string;
  readonly availability: Availability;
  readonly now: number;
  readonly today: string;
  /** The chosen day, else the first with something to book. */
  readonly day: string | null;
  readonly month: string;
  readonly starts: readonly BookableStart[];
  /** The first time of all that can be booked. */
  readonly next: BookableStart | null;
  /** Epoch ms before which it is too late to book. */
  readonly earliest: number;
}

const NO_STARTS: DayAvailability['starts'] = [];

/** Create one per widget: it caches its last result, so that a small change costs little. */
export function createOffer(): (state: CalendarState, choices: Choices, now: number) => Offer | null {
  const availabilityOf = createAvailability();
  let before: Service | undefined;
  return (state, { zone, service: wanted, day: chosenDay, month, moving = null }, now) => {
    const { provider, services, slots, fullDays, hold: own } = state;
    const isName = typeof wanted === 'string';
    const service = findService(services, isName ? wanted : wanted.id) ?? (isName ? services[0] : wanted);
    if (!provider || !service) return null;
    const availability = availabilityOf({ slots, fullDays, provider, service, zone, now, own, moving });
    const next = nextStart(availability);
    const today = dayOf(now, zone);
    // A day outlives its last time, but not a change to a service that isn't offered on it.
    const isKept = chosenDay !== null && (service.id === before?.id || availability.days.has(chosenDay));
    const day = isKept ? chosenDay : (next?.day ?? null);
    before = service;
    return {
      provider,
      service,
      zone,
      availability,
      now,
      today,
      day,
      month: isKept && month ? month : monthOf(day ?? today),
      starts: (day ? availability.days.get(day)?.starts : null) ?? NO_STARTS,
      next,
      earliest: now + noticeMinutes(provider, service) * MINUTE_MS,
    };
  };
}

/** `YYYY-MM` of a `YYYY-MM-DD`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function findService(services: readonly Service[], wanted: string): Service | undefined {
  return services.find(({ id, slug }) => id === wanted || slug === wanted);
}

/** The first time after a day or month without any; else the first of all, which lies before it. */
export function nextAfter({ availability, next }: Offer, dayOrMonth: string): BookableStart | null {
  const isMonth = dayOrMonth.length === 7;
  return nextStart(availability, isMonth ? `${addMonths(dayOrMonth, 1)}-01` : addDays(dayOrMonth, 1)) ?? next;
}

export function hasTimesIn({ availability }: Offer, month: string): boolean {
  return [...availability.days.keys()].some((day) => monthOf(day) === month);
}

/** Times of the day shown that somebody has taken since `before`. */
export function takenSince(before: Offer, after: Offer): readonly BookableStart[] {
  const isSameList = before.day === after.day && before.service.id === after.service.id && before.zone === after.zone;
  if (!isSameList || before.availability === after.availability) return [];
  const free = new Set(after.starts.map(({ at }) => at));
  return before.starts.filter(({ at }) => !free.has(at) && at >= after.earliest);
}

/** Whether the clocks of two zones agree, now and at the last time on offer. */
export function sameClock({ availability, now }: Offer, a: string, b: string): boolean {
  return [now, availability.starts.at(-1)?.at ?? now].every(
    (at) => dayOf(at, a) === dayOf(at, b) && formatTime(at, a, 'en', 'h23') === formatTime(at, b, 'en', 'h23'),
  );
}
