/** What the attributes of `<openslot-booking>` may be, and what is wrong with them. Pure. URL and key are checked by core. */
import { OpenslotError } from '../../core/errors.ts';
import type { CalendarOptions } from '../../core/calendar/types.ts';
import { type HourCycle, isValidZone, type Weekday } from '../../core/time/time-zones.ts';

export interface Attributes {
  /** A client of the page's own, in place of URL and key. */
  readonly client: unknown;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
  readonly provider: string;
  readonly timeZone: string;
  readonly hourCycle: string;
  readonly firstDayOfWeek: string;
  readonly view: string;
  readonly phonePrefix: string;
  readonly presence: string;
  readonly realtime: string;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const HOUR_CYCLES: readonly HourCycle[] = ['h12', 'h23', 'h11', 'h24'];
const REALTIME: readonly NonNullable<CalendarOptions['realtime']>[] = ['broadcast', 'postgres-changes', 'off'];
const SWITCH = ['on', 'off'];
const VIEWS = ['month', 'week'];

/**
 * The first thing that keeps the widget from working; null if all is well. `detail.name` is the attribute, `detail.allowed`
 * the values that it may have if they can be listed.
 * @param provider null while it isn't known yet
 */
export function findFault(
  { client, timeZone, hourCycle, firstDayOfWeek, view, phonePrefix, presence, realtime }: Omit<Attributes, 'provider'>,
  provider: string | null,
): OpenslotError | null {
  if (provider === '') return new OpenslotError('missing_config', 'provider', { detail: { name: 'provider' } });
  if (client && !isClient(client)) return invalid('client', typeof client);
  if (!['viewer', 'provider'].includes(timeZone) && !isValidZone(timeZone)) return invalid('time-zone', timeZone);
  if (firstDayOfWeek && !WEEKDAYS.includes(firstDayOfWeek))
    return invalid('first-day-of-week', firstDayOfWeek, WEEKDAYS);
  if (hourCycle && !isOneOf(HOUR_CYCLES, hourCycle)) return invalid('hour-cycle', hourCycle, HOUR_CYCLES);
  if (!isOneOf(VIEWS, view)) return invalid('view', view, VIEWS);
  if (phonePrefix && !/^\+[1-9]\d{0,3}$/.test(phonePrefix)) return invalid('phone-prefix', phonePrefix);
  if (!isOneOf(SWITCH, presence)) return invalid('presence', presence, SWITCH);
  if (!isOneOf(REALTIME, realtime)) return invalid('realtime', realtime, REALTIME);
  return null;
}

export function hourCycleFrom(value: string): HourCycle | undefined {
  return isOneOf(HOUR_CYCLES, value) ? value : undefined;
}

export function weekdayFrom(value: string): Weekday | undefined {
  const index = WEEKDAYS.indexOf(value);
  return index < 0 ? undefined : (index as Weekday);
}

export function realtimeFrom(value: string): NonNullable<CalendarOptions['realtime']> {
  return isOneOf(REALTIME, value) ? value : 'broadcast';
}

function invalid(name: string, value: string, allowed?: readonly string[]): OpenslotError {
  return new OpenslotError('invalid_config', `${name}="${value}"`, {
    detail: { name, value, ...(allowed && { allowed }) },
  });
}

function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}

function isClient(client: unknown): boolean {
  return (
    typeof client === 'object' && client !== null && ('calendar' in client || ('rpc' in client && 'realtime' in client))
  );
}
