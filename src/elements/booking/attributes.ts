/** Checks the attributes of `<openslot-booking>`. Pure. Core checks URL and key. */
import type { CalendarOptions } from '../../core/calendar/types.ts';
import type { OpenslotError } from '../../core/errors.ts';
import { isValidZone } from '../../core/time/time-zones.ts';
import { HOUR_CYCLES, invalid, isClient, isOneOf, missing, WEEKDAYS } from '../shared/attributes.ts';

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

const REALTIME: readonly NonNullable<CalendarOptions['realtime']>[] = ['broadcast', 'postgres-changes', 'off'];
const SWITCH = ['on', 'off'];
const VIEWS = ['month', 'week'];

/**
 * Returns the first error that keeps the widget from working; null if there is none. `detail.name` is the attribute, `detail.allowed`
 * the values that it may have if they can be listed.
 * @param provider null while the widget does not know it yet
 */
export function findFault(
  { client, timeZone, hourCycle, firstDayOfWeek, view, phonePrefix, presence, realtime }: Omit<Attributes, 'provider'>,
  provider: string | null,
): OpenslotError | null {
  if (provider === '') return missing('provider');
  if (client && !isClient(client, 'calendar')) return invalid('client', typeof client);
  if (!['viewer', 'provider'].includes(timeZone) && !isValidZone(timeZone)) return invalid('time-zone', timeZone);
  if (firstDayOfWeek && !isOneOf(WEEKDAYS, firstDayOfWeek))
    return invalid('first-day-of-week', firstDayOfWeek, WEEKDAYS);
  if (hourCycle && !isOneOf(HOUR_CYCLES, hourCycle)) return invalid('hour-cycle', hourCycle, HOUR_CYCLES);
  if (!isOneOf(VIEWS, view)) return invalid('view', view, VIEWS);
  if (phonePrefix && !/^\+[1-9]\d{0,3}$/.test(phonePrefix)) return invalid('phone-prefix', phonePrefix);
  if (!isOneOf(SWITCH, presence)) return invalid('presence', presence, SWITCH);
  if (!isOneOf(REALTIME, realtime)) return invalid('realtime', realtime, REALTIME);
  return null;
}

export function realtimeFrom(value: string): NonNullable<CalendarOptions['realtime']> {
  return isOneOf(REALTIME, value) ? value : 'broadcast';
}
