const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The date of the latest text, as most instants are on the day of the one before, and the times of day that were written so far. */
let date = { day: NaN, text: '' };
const timesOfDay: string[] = [];

/**
 * Epoch ms as the database writes instants: in UTC, and without a fraction of a second when there is none. Calendars have
 * thousands of whole minutes, whose texts are put together from parts: that takes a fraction of the time.
 */
export function isoInstant(at: number): string {
  const day = Math.floor(at / DAY_MS);
  const minute = (at - day * DAY_MS) / MINUTE_MS;
  if (!Number.isInteger(minute)) return new Date(at).toISOString().replace('.000Z', 'Z');
  if (day !== date.day) date = { day, text: new Date(at).toISOString().slice(0, -'hh:mm:00.000Z'.length) };
  timesOfDay[minute] ??= `${new Date(at).toISOString().slice(-'hh:mm:00.000Z'.length, -'.000Z'.length)}Z`;
  return date.text + timesOfDay[minute];
}
