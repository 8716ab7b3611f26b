/**
 * The only code of the SDK that converts between instants and the days and times of a zone. Instants are epoch milliseconds,
 * days are `YYYY-MM-DD` and months `YYYY-MM` in a named IANA zone. Nothing here reads the clock.
 *
 * `Intl` has the rules of the zones, and days without a zone are plain UTC arithmetic. A date library would be a tenth of the
 * script's size.
 */

/** `h12`: 1:30 PM, `h23`: 13:30; undefined follows the locale. */
export type HourCycle = 'h11' | 'h12' | 'h23' | 'h24';

/** 0 is Sunday, 6 is Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export type DayStyle = 'full' | 'long' | 'short' | 'weekday' | 'number';

export type MonthStyle = 'full' | 'long' | 'short';

const DAY_MS = 86_400_000;

/** A page uses a handful of formats. The limit keeps a page that shows many zones in turn from using more and more memory. */
const MAX_FORMATTERS = 60;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    const oldest = formatters.keys().next();
    if (formatters.size >= MAX_FORMATTERS && !oldest.done) formatters.delete(oldest.value);
    formatters.set(key, found);
  }
  return found;
}

/** The zone of the machine that the page runs on. */
export function viewerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function isValidZone(zone: string): boolean {
  try {
    return Boolean(zone && new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** What clock and calendar in `zone` show at an instant, as the epoch ms at which clock and calendar in UTC show the same. */
function readingOf(instant: number, zone: string): number {
  const format = formatter('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const [month = 0, day, year = 0, hour, minute, second] = format.format(instant).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instants at which `zone` shows a reading: two where its clocks go back, none where they skip it. */
function instantsOf(
  reading: number,
  zone: string,
): { readonly found: readonly number[]; readonly beforeChange: number } {
  // The clocks of a zone change at most once in two days, and no zone is a day away from UTC.
  const [beforeChange = 0, afterChange = 0] = [reading - DAY_MS, reading + DAY_MS].map(
    (near) => reading - (readingOf(near, zone) - near),
  );
  const found = [...new Set([beforeChange, afterChange])].filter((instant) => readingOf(instant, zone) === reading);
  return { found, beforeChange };
}

function dayAt(reading: number): string {
  return new Date(reading).toISOString().slice(0, 10);
}

/** The day that an instant falls on in `zone`. */
export function dayOf(instant: number, zone: string): string {
  return dayAt(readingOf(instant, zone));
}

/** The first instant of a day in `zone`: usually midnight, later where the clocks skip it. */
export function startOfDay(day: string, zone: string): number {
  const { found, beforeChange } = instantsOf(Date.parse(day), zone);
  return found.length > 0 ? Math.min(...found) : beforeChange;
}

/**
 * `dayOf` for many instants of one zone: calls `Intl` once per day instead of once per instant. It is cheapest with
 * instants in ascending order.
 */
export function dayFinder(zone: string): (instant: number) => string {
  interface Span {
    readonly day: string;
    readonly from: number;
    readonly until: number;
  }
  const byUtcDay = new Map<number, Span[]>();
  let current: Span | undefined;
  return (instant) => {
    const contains = (span: Span) => instant >= span.from && instant < span.until;
    if (!current || !contains(current)) {
      const utcDay = Math.floor(instant / DAY_MS);
      const spans = byUtcDay.get(utcDay) ?? [];
      current = spans.find(contains);
      if (!current) {
        const day = dayOf(instant, zone);
        current = { day, from: startOfDay(day, zone), until: startOfDay(addDays(day, 1), zone) };
        byUtcDay.set(utcDay, [...spans, current]);
      }
    }
    return current.day;
  };
}

export function addDays(day: string, days: number): string {
  return dayAt(Date.parse(day) + days * DAY_MS);
}

export function addMonths(month: string, months: number): string {
  const date = new Date(Date.parse(`${month}-01`));
  return dayAt(date.setUTCMonth(date.getUTCMonth() + months)).slice(0, 7);
}

/** Codes of the regions whose weeks begin on a Sunday, a Saturday or a Friday (CLDR). All other weeks begin on a Monday. */
const WEEK_STARTS: readonly (readonly [Weekday, string])[] = [
  [0, 'AGASBDBRBSBTBWBZCACODMDOETGTGUHKHNIDILINJMJPKEKHKRLAMHMMMOMTMXMZNINPPAPEPHPKPRPTPYSASGSVTHTTTWUMUSVEVIWSYEZAZW'],
  [6, 'AEAFBHDJDZEGIQIRJOKWLYOMQASDSY'],
  [5, 'MV'],
];

/** The weekday on which weeks begin where `locale` is spoken. */
export function firstDayOfWeek(locale: string): Weekday {
  // Not every browser has the week information of `Intl.Locale`.
  const { region = '001' } = new Intl.Locale(locale).maximize();
  return WEEK_STARTS.find(([, regions]) => regions.match(/../g)?.includes(region))?.[0] ?? 1;
}

/** The weeks of a month, each of seven days, with the days of the neighbouring months that complete them. */
export function monthGrid(month: string, first: Weekday): string[][] {
  const start = `${month}-01`;
  const lead = (weekday(start) - first + 7) % 7;
  const days = (Date.parse(`${addMonths(month, 1)}-01`) - Date.parse(start)) / DAY_MS;
  return Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day - lead)),
  );
}

export function weekday(day: string): Weekday {
  return new Date(day).getUTCDay() as Weekday;
}

/** Names of the weekdays in the order of a week that begins with `first`. */
export function weekdayNames(first: Weekday, locale: string, style: 'long' | 'short' | 'narrow'): string[] {
  const format = formatter(locale, { weekday: style, timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => format.format(Date.UTC(2023, 0, 1 + ((first + index) % 7))));
}

const DAY_STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'long' },
  number: { day: 'numeric' },
};

export function formatDay(day: string, locale: string, style: DayStyle): string {
  return formatter(locale, { ...DAY_STYLES[style], timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

const MONTH_STYLES: Record<MonthStyle, Intl.DateTimeFormatOptions> = {
  full: { month: 'long', year: 'numeric' },
  long: { month: 'long' },
  short: { month: 'short' },
};

/** "November 2026", "November", "Nov". */
export function formatMonth(month: string, locale: string, style: MonthStyle = 'full'): string {
  return formatter(locale, { ...MONTH_STYLES[style], timeZone: 'UTC' }).format(new Date(month));
}

/** "Nov – Dec 2026". */
export function formatMonthRange(first: string, last: string, locale: string): string {
  const format = formatter(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(new Date(first), new Date(last));
}

/** How hours are written where `locale` is spoken. */
export function hourCycleOf(locale: string): HourCycle | undefined {
  return formatter(locale, { hour: 'numeric' }).resolvedOptions().hourCycle;
}

/**
 * The time on the clock in `zone`: "9:20 AM", "09:20". Where the clocks go back and show that time twice, the offset is
 * added, so that a reader can distinguish the two.
 */
export function formatTime(instant: number, zone: string, locale: string, hourCycle?: HourCycle): string {
  const time = formatter(locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    ...(hourCycle && { hourCycle }),
  }).format(instant);
  // Appended here: with an offset, `Intl` would write the hour in another form than in the times around it.
  return isAmbiguous(instant, zone) ? `${time} ${offsetOf(zone, instant, locale)}` : time;
}

/** The offset of a zone at an instant: "GMT+1". */
function offsetOf(zone: string, instant: number, locale: string): string {
  const parts = formatter(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(instant);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Whether the clock in `zone` shows the time of this instant twice on that day. */
export function isAmbiguous(instant: number, zone: string): boolean {
  return instantsOf(readingOf(instant, zone), zone).found.length > 1;
}

/** The hour of the day, 0 to 23, that the clock in `zone` shows. */
export function hourOf(instant: number, zone: string): number {
  return new Date(readingOf(instant, zone)).getUTCHours();
}

/** The zone's city and its offset at an instant: "Stockholm (GMT+1)". */
export function zoneLabel(zone: string, instant: number, locale: string): string {
  const offset = offsetOf(zone, instant, locale);
  const city = zone.includes('/') ? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ') : '';
  return city ? `${city} (${offset})` : offset;
}

/** The time that the clock in `zone` shows, as minutes since midnight. */
export function minuteOf(instant: number, zone: string): number {
  const reading = new Date(readingOf(instant, zone));
  return reading.getUTCHours() * 60 + reading.getUTCMinutes();
}

/** The instant at which the clock in `zone` shows that minute of a day. Where the clocks skip it, the gap is added. */
export function instantAt(day: string, minute: number, zone: string): number {
  const { found, beforeChange } = instantsOf(Date.parse(day) + minute * 60_000, zone);
  return found.length > 0 ? Math.min(...found) : beforeChange;
}

/** The ISO number of the week that a day belongs to. */
export function weekNumber(day: string): number {
  const thursday = addDays(day, 4 - (weekday(day) || 7));
  return Math.ceil((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`) + DAY_MS) / (7 * DAY_MS));
}

/** "23–27 November". */
export function formatDayRange(first: string, last: string, locale: string): string {
  const format = formatter(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.formatRange(new Date(first), new Date(last));
}

/** Writes a time of day, given as minutes since midnight: "10:00". */
export function formatMinute(minute: number, locale: string, hourCycle?: HourCycle): string {
  return formatter(locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    ...(hourCycle && { hourCycle }),
  }).format(minute * 60_000);
}
