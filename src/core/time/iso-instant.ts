const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let latestDate = { from: NaN, text: '' };
const timesOfDay: Record<number, string> = {};

/**
 * Epoch ms as the database writes instants: in UTC, and without a fraction of a second when there is none. The texts of whole
 * minutes, of which calendars have thousands, are put together from a date and a time of day that were written before.
 */
export function isoInstant(at: number): string {
  const time = at % DAY_MS;
  if (!(time >= 0) || time % MINUTE_MS > 0) return write(at);
  if (at - time !== latestDate.from) latestDate = { from: at - time, text: write(at).slice(0, -'hh:mm:ssZ'.length) };
  return latestDate.text + (timesOfDay[time] ??= write(at).slice(-'hh:mm:ssZ'.length));
}

function write(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
