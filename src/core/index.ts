/**
 * Openslot without elements: a provider's calendar as live, frozen state, and the operations of its visitors. It runs in
 * browsers and in Node, and needs no DOM.
 *
 * ```ts
 * const openslot = createOpenslotClient({ supabaseUrl, supabaseKey });
 * const calendar = openslot.calendar({ provider: 'mira-lindqvist' });
 * const availability = createAvailability();
 * const leave = calendar.subscribe(() => {
 *   const { slots, fullDays, provider, services, hold, clockOffset } = calendar.getState();
 *   const [service] = services;
 *   if (!provider || !service) return;
 *   const now = Date.now() + clockOffset;
 *   const { days } = availability({ slots, fullDays, provider, service, zone: viewerZone(), now, own: hold });
 * });
 * await calendar.hold('consultation', '2026-11-24T08:00:00Z');
 * await calendar.book({ service: 'consultation', start: '2026-11-24T08:00:00Z', patient: { name, email } });
 * leave();
 * ```
 */
export { createOpenslotClient, type ClientOptions, type OpenslotClient } from './client.ts';
export { createInbox, type InboxOptions } from './inbox/client.ts';
export type * from './inbox/types.ts';
export type { InboxBackend } from './inbox/backend.ts';
export type { ProjectOptions, SupabaseClientLike } from './supabase/project.ts';
export type { Backend, BookRequest, HoldRequest, RescheduleRequest } from './calendar/backend.ts';
export type { LiveConnection, Signal } from './realtime/types.ts';
export type * from './appointment/types.ts';
export type * from './calendar/types.ts';
export type { Connection } from './sync/refresher.ts';
export type * from './wire.ts';
export { type ErrorCode, isOpenslotError, OpenslotError } from './errors.ts';
export {
  type Availability,
  type AvailabilityQuery,
  type BookableStart,
  createAvailability,
  type DayAvailability,
  nextStart,
} from './calendar/availability.ts';
export { nearestStarts } from './calendar/nearest-starts.ts';
export {
  dayOf,
  firstDayOfWeek,
  formatDay,
  formatMonth,
  formatTime,
  type HourCycle,
  isValidZone,
  monthGrid,
  viewerZone,
  type Weekday,
  weekdayNames,
  zoneLabel,
} from './time/time-zones.ts';
