/** What several elements read from their attributes, and the errors for values that can't work. */
import { OpenslotError } from '../../core/errors.ts';
import type { HourCycle, Weekday } from '../../core/time/time-zones.ts';

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export const HOUR_CYCLES: readonly HourCycle[] = ['h12', 'h23', 'h11', 'h24'];

/** Undefined stands for the hour cycle of the reader's language. */
export function hourCycleFrom(value: string): HourCycle | undefined {
  return isOneOf(HOUR_CYCLES, value) ? value : undefined;
}

/** Undefined stands for the first day of the week in the reader's language. */
export function weekdayFrom(value: string): Weekday | undefined {
  return isOneOf(WEEKDAYS, value) ? (WEEKDAYS.indexOf(value) as Weekday) : undefined;
}

export function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}

/**
 * Whether the property `client` holds a `SupabaseClient`, or one of Openslot's own clients.
 * @param method which only that client of Openslot has
 */
export function isClient(client: unknown, method: string): boolean {
  return (
    typeof client === 'object' && client !== null && (method in client || ('rpc' in client && 'realtime' in client))
  );
}

/** @param allowed the values that the attribute may have, if they can be listed */
export function invalid(name: string, value: string, allowed?: readonly string[]): OpenslotError {
  return new OpenslotError('invalid_config', `${name}="${value}"`, {
    detail: { name, value, ...(allowed && { allowed }) },
  });
}

export function missing(name: string): OpenslotError {
  return new OpenslotError('missing_config', name, { detail: { name } });
}
