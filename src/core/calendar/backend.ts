import type { NotificationsResult } from '../inbox/types.ts';
import type {
  AppointmentResult,
  BookingResult,
  CalendarSnapshot,
  HoldResult,
  MissedChanges,
  PatientDetails,
  SlotsChange,
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

export type ChannelStatus =
  /** Joined: messages arrive from now on. Take a snapshot or the missed changes. */
  | 'joined'
  /** The socket or the channel is down; it is being retried. */
  | 'down'
  /** Closed for good by the server (rate limit, expired token) or refused. The owner decides whether to open a new one. */
  | 'closed';

export interface ChannelHandlers {
  status(status: ChannelStatus, error?: unknown): void;
}

export interface SlotsChannelHandlers extends ChannelHandlers {
  change(change: SlotsChange): void;
}

/** That something changed, on a topic of staff or of one appointment. Its content is never in a message: fetch it. */
export interface Signal {
  /** The notification that tells of it; null if none does. */
  readonly notification: number | null;
}

export interface SignalsChannelHandlers extends ChannelHandlers {
  signal(signal: Signal): void;
}

export interface ViewersChannelHandlers extends ChannelHandlers {
  /** How many viewers are tracked, and whether this client is one of them. Called on presence `sync` only. */
  viewers(count: number, tracked: boolean): void;
}

/** Leaves the channel. Safe to call twice and from a handler. */
export type Unsubscribe = () => void;

/**
 * Where changes come from: `broadcast`, one message per change, sent by the database; or `rows`, one per changed row,
 * read from its write-ahead log. A row tells nothing of the change it was part of, so each is passed on as a change
 * whose predecessor is unknown (`after` equals `revision`), which makes the client fetch what it has missed.
 */
export type ChangeSource = 'broadcast' | 'rows';

export interface LiveConnection {
  /** Joins `openslot:provider:<providerId>`, or for rows `openslot:rows:<providerId>`. Handlers are never called before this has returned. */
  slots(providerId: string, handlers: SlotsChannelHandlers, source?: ChangeSource): Unsubscribe;
  /** Joins `openslot:viewers:<providerId>` without tracking. Handlers are never called before this has returned. */
  viewers(providerId: string, handlers: ViewersChannelHandlers): { track(): Promise<void>; leave: Unsubscribe };
  /** Joins a private topic, as the database names it, on which `changed` is told. Handlers as above. */
  signals(topic: string, handlers: SignalsChannelHandlers): Unsubscribe;
  /** Resolves once the socket has answered a heartbeat, rejects after `timeoutMs` and replaces the socket then. */
  prove(timeoutMs: number): Promise<void>;
  /** Leaves what was joined through this object, and the socket with the last one of the backend's. */
  close(): void;
}
