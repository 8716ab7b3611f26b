/** The backend of calendars and appointments on a Supabase project, and what its functions have to answer. */
import { OpenslotError } from '../errors.ts';
import type { NotificationsResult } from '../inbox/types.ts';
import {
  type BackendEnvironment,
  openProject,
  type ProjectOptions,
  type SupabaseClientLike,
} from '../supabase/project.ts';
import { createCall } from '../supabase/rpc.ts';
import { systemClock } from '../time/clock.ts';
import { isPackedChange, isPackedSnapshot, unpackChange, unpackSnapshot } from '../runs.ts';
import { type Fields, isObject, isTimed, reader } from '../validate.ts';
import type { AppointmentResult, BookingResult, HoldResult, MissedChanges, PackedChange } from '../wire.ts';
import type { Backend } from './backend.ts';

/** @throws {OpenslotError} as `openProject` does */
export function createSupabaseBackend(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  environment: BackendEnvironment = {},
): Backend {
  const { rpc, connect } = openProject(options, environment);
  const call = createCall(rpc, environment.clock ?? systemClock);
  return {
    calendar: (request, signal) => call('openslot_calendar', request, readSnapshot, signal),
    changes: (request, signal) => call('openslot_changes', request, readMissedChanges, signal),
    hold: (request, signal) => call('openslot_hold', request, readHold, signal),
    release: (request, signal) => call('openslot_release', request, readHold, signal),
    book: (request, signal) => call('openslot_book', request, readBooking, signal),
    appointment: (request, signal) => call('openslot_appointment', request, readAppointment, signal),
    cancel: (request, signal) => call('openslot_cancel', request, readBooking, signal),
    reschedule: (request, signal) => call('openslot_reschedule', request, readBooking, signal),
    notifications: (request, signal) => call('openslot_notifications', request, readNotifications, signal),
    connect,
  };
}

/** The version of the tables and functions that this SDK was written for. Newer ones keep what it relies on. */
const SCHEMA_VERSION = 2;

const readSnapshot = reader(
  (answer) =>
    isTimed(answer) &&
    isSupported(answer['schema_version']) &&
    isPackedSnapshot(answer) &&
    Array.isArray(answer['services']) &&
    typeof answer['announced_revision'] === 'number',
  unpackSnapshot,
);

/** @throws {OpenslotError} `schema_outdated` for an older version */
function isSupported(found: unknown): boolean {
  if (typeof found === 'number' && found < SCHEMA_VERSION)
    throw new OpenslotError('schema_outdated', undefined, { detail: { found, needed: SCHEMA_VERSION } });
  return typeof found === 'number';
}

const readMissedChanges = reader<MissedChanges>(
  (answer) =>
    typeof answer['announced_revision'] === 'number' &&
    typeof answer['check_after_seconds'] === 'number' &&
    isTimed(answer) &&
    isPackedChange(answer),
  unpackChange,
);

const readHold = reader((answer) => isTimed(answer) && hasChangeOrNull(answer), unpackAnswer<HoldResult>);

const readBooking = reader(
  (answer) =>
    isTimed(answer) && hasAppointment(answer) && hasChangeOrNull(answer) && typeof answer['manage_token'] === 'string',
  unpackAnswer<BookingResult>,
);

function unpackAnswer<T extends HoldResult | BookingResult>(
  answer: Omit<T, 'change'> & { readonly change: PackedChange | null },
): T {
  return { ...answer, change: answer.change && unpackChange(answer.change) } as T;
}

function hasChangeOrNull({ change }: Fields): boolean {
  return change === null || isPackedChange(change);
}

const readAppointment = reader<AppointmentResult>(
  (answer) => isTimed(answer) && hasAppointment(answer) && typeof answer['topic'] === 'string',
);

const readNotifications = reader<NotificationsResult>(
  (answer) => isTimed(answer) && Array.isArray(answer['notifications']),
);

function hasAppointment({ appointment }: Fields): boolean {
  return (
    isObject(appointment) &&
    typeof appointment['id'] === 'string' &&
    typeof appointment['start'] === 'string' &&
    isObject(appointment['provider'])
  );
}
