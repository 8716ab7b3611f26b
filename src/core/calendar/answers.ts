/**
 * Whether what came from outside has the shape that the rest of core relies on. Only what would break the calendar is
 * looked at; fields that are merely shown are taken as they come.
 */
import { OpenslotError } from '../errors.ts';
import type { NotificationsResult } from '../inbox/types.ts';
import type {
  AppointmentResult,
  BookingResult,
  CalendarSnapshot,
  HoldResult,
  MissedChanges,
  SlotsChange,
} from '../wire.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The version of the tables and functions that this SDK was written for. A newer one keeps its promises. */
export const SCHEMA_VERSION = 1;

export function toSnapshot(answer: unknown): CalendarSnapshot {
  const ok =
    isObject(answer) &&
    typeof answer['schema_version'] === 'number' &&
    isObject(answer['provider']) &&
    typeof answer['provider']['id'] === 'string' &&
    Array.isArray(answer['services']) &&
    typeof answer['announced_revision'] === 'number' &&
    isTimed(answer) &&
    isRevised(answer);
  check(ok);
  const snapshot = answer as CalendarSnapshot;
  if (snapshot.schema_version < SCHEMA_VERSION) {
    throw new OpenslotError('schema_outdated', undefined, {
      detail: { found: snapshot.schema_version, needed: SCHEMA_VERSION },
    });
  }
  return snapshot;
}

export function toMissedChanges(answer: unknown): MissedChanges {
  const ok =
    isObject(answer) &&
    typeof answer['announced_revision'] === 'number' &&
    typeof answer['check_after_seconds'] === 'number' &&
    isTimed(answer) &&
    isChange(answer);
  check(ok);
  return answer as MissedChanges;
}

export function toHoldResult(answer: unknown): HoldResult {
  check(isObject(answer) && isTimed(answer) && isChangeOrNull(answer['change']));
  return answer as HoldResult;
}

export function toBookingResult(answer: unknown): BookingResult {
  const told =
    isObject(answer) && isTimed(answer) && isAppointment(answer['appointment']) && isChangeOrNull(answer['change']);
  check(told && typeof answer['manage_token'] === 'string');
  return answer as BookingResult;
}

export function toAppointmentResult(answer: unknown): AppointmentResult {
  const told = isObject(answer) && isTimed(answer) && isAppointment(answer['appointment']);
  check(told && typeof answer['topic'] === 'string');
  return answer as AppointmentResult;
}

export function toNotificationsResult(answer: unknown): NotificationsResult {
  check(isObject(answer) && isTimed(answer) && Array.isArray(answer['notifications']));
  return answer as NotificationsResult;
}

/** True for the payload of a live message. */
export function isChange(value: unknown): value is SlotsChange {
  return isObject(value) && typeof value['after'] === 'number' && isRevised(value);
}

function check(ok: boolean): void {
  if (!ok) throw new OpenslotError('bad_response');
}

function isRevised(answer: Fields): boolean {
  return typeof answer['revision'] === 'number' && Array.isArray(answer['slots']) && answer['slots'].every(isSlot);
}

function isSlot(slot: unknown): boolean {
  return (
    isObject(slot) &&
    typeof slot['id'] === 'number' &&
    typeof slot['revision'] === 'number' &&
    typeof slot['start'] === 'string'
  );
}

function isChangeOrNull(change: unknown): boolean {
  return change === null || isChange(change);
}

function isAppointment(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    typeof value['start'] === 'string' &&
    isObject(value['provider'])
  );
}

function isTimed(answer: Fields): boolean {
  return typeof answer['server_time'] === 'string' && !Number.isNaN(Date.parse(answer['server_time']));
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
