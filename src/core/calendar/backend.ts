import type { NotificationsResult } from '../inbox/types.ts';
import type { LiveConnection } from '../realtime/types.ts';
import type {
  AppointmentResult,
  BookingResult,
  CalendarSnapshot,
  HoldResult,
  MissedChanges,
  PatientDetails,
} from '../wire.ts';

/**
 * The functions of a tenant's project that patients' widgets call. `supabase-backend.ts` implements the interface; anything
 * that keeps its contract can replace that.
 *
 * Every call rejects with an `OpenslotError` and nothing else. Every call ends when `signal` aborts (code `aborted`).
 */
export interface Backend {
  calendar(request: { provider: string }, signal?: AbortSignal): Promise<CalendarSnapshot>;
  changes(request: ChangesRequest, signal?: AbortSignal): Promise<MissedChanges>;
  hold(request: HoldRequest, signal?: AbortSignal): Promise<HoldResult>;
  release(request: { visitor: string }, signal?: AbortSignal): Promise<HoldResult>;
  book(request: BookRequest, signal?: AbortSignal): Promise<BookingResult>;
  appointment(request: { token: string }, signal?: AbortSignal): Promise<AppointmentResult>;
  cancel(request: { token: string; reason: string | null }, signal?: AbortSignal): Promise<BookingResult>;
  reschedule(request: RescheduleRequest, signal?: AbortSignal): Promise<BookingResult>;
  /** The notifications that the patient of an appointment has received, newest first. */
  notifications(
    request: { token: string | null; before: number | null },
    signal?: AbortSignal,
  ): Promise<NotificationsResult>;
  /** Opens a live connection. All of one backend share a socket. */
  connect(): LiveConnection;
}

export interface ChangesRequest {
  readonly provider: string;
  /** The revision of the caller's slots. */
  readonly after: number;
  /**
   * Seconds between two checks of this caller, if this call is one of the regular checks; null if an event caused it. From
   * these, the server estimates how many viewers there are.
   */
  readonly every_seconds?: number | null;
}

export interface HoldRequest {
  readonly provider: string;
  readonly service: string;
  /** ISO instant at which the patient's part would begin. */
  readonly start: string;
  /** Secret UUID of this tab. A visitor holds one time at most. */
  readonly visitor: string;
}

export interface BookRequest extends HoldRequest {
  /** UUID made by the client. For the same id, the server returns the same appointment. */
  readonly request_id: string;
  readonly patient: PatientDetails;
}

export interface RescheduleRequest {
  readonly token: string;
  readonly start: string;
  readonly request_id: string;
  readonly visitor: string;
}
