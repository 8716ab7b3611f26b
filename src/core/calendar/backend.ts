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
 * The one small interface through which the core talks to a tenant's project. `supabase-backend.ts` implements it for
 * real; anything that keeps the same contract may stand in its place.
 *
 * Every call rejects with an `OpenslotError` and nothing else. Every call honours `signal` (code `aborted`).
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
  /** What the patient was told of an appointment, newest first. */
  notifications(
    request: { token: string | null; before: number | null },
    signal?: AbortSignal,
  ): Promise<NotificationsResult>;
  /** Opens the live connection; cheap to call, shares one socket per backend. */
  connect(): LiveConnection;
}

export interface ChangesRequest {
  readonly provider: string;
  /** The revision that the caller holds. */
  readonly after: number;
  /**
   * Seconds from one check of this caller to the next, if this is a check that nothing but time caused; else null. By
   * these the server estimates how many viewers there are.
   */
  readonly every_seconds?: number | null;
}

export interface HoldRequest {
  readonly provider: string;
  readonly service: string;
  /** ISO instant at which the patient's part would begin. */
  readonly start: string;
  /** Secret UUID of this tab. One visitor holds at most one time. */
  readonly visitor: string;
}

export interface BookRequest extends HoldRequest {
  /** UUID made by the client; the same id returns the same appointment. */
  readonly request_id: string;
  readonly patient: PatientDetails;
}

export interface RescheduleRequest {
  readonly token: string;
  readonly start: string;
  readonly request_id: string;
  readonly visitor: string;
}
