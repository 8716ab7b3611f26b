import type { LiveConnection } from '../calendar/backend.ts';
import type {
  Agenda,
  DeskPatient,
  DeskResult,
  DeskService,
  Hours,
  HoursResult,
  MembersResult,
  NewsResult,
  ProviderSettings,
  Role,
  ServiceSettings,
  SetHoursResult,
  SetSlotsResult,
  StaffResult,
  DeskProvider,
} from './types.ts';

/**
 * What those who work for a tenant may do in its project, on behalf of whoever is signed in. The counterpart of `Backend`,
 * and like it rejects with an `OpenslotError` and nothing else. Argument names are the functions' own.
 */
export interface StaffBackend {
  desk(signal?: AbortSignal): Promise<DeskResult>;
  agenda(request: AgendaRequest, signal?: AbortSignal): Promise<Agenda>;
  news(signal?: AbortSignal): Promise<NewsResult>;
  book(request: StaffBookRequest): Promise<StaffResult>;
  reschedule(request: StaffRescheduleRequest): Promise<StaffResult>;
  cancel(request: { appointment: string; version: number; message: string | null }): Promise<StaffResult>;
  mark(request: MarkRequest): Promise<StaffResult>;
  setSlots(request: SetSlotsRequest): Promise<SetSlotsResult>;
  hours(request: { provider: string }, signal?: AbortSignal): Promise<HoursResult>;
  setHours(request: SetHoursRequest): Promise<SetHoursResult>;
  setProvider(request: { provider: string; settings: ProviderSettings }): Promise<{ provider: DeskProvider }>;
  setService(request: { provider: string; service: ServiceSettings }): Promise<{ service: DeskService }>;
  members(request: { tenant: string }): Promise<MembersResult>;
  invite(request: InviteRequest): Promise<MembersResult>;
  revokeInvitation(request: { invitation: string }): Promise<MembersResult>;
  removeMember(request: { tenant: string; member: string }): Promise<MembersResult>;
  acceptInvitation(request: { token: string }): Promise<DeskResult>;
  connect(): LiveConnection;
}

export interface AgendaRequest {
  readonly provider: string;
  /** `YYYY-MM-DD` in the provider's zone, both inclusive. */
  readonly from_date: string;
  readonly to_date: string;
}

export interface StaffBookRequest {
  readonly provider: string;
  readonly service: string;
  readonly start: string;
  readonly patient: DeskPatient;
  /** UUID made by the client; the same id returns the same appointment. */
  readonly request_id: string;
}

export interface StaffRescheduleRequest {
  readonly appointment: string;
  readonly start: string;
  readonly version: number;
  readonly request_id: string;
  readonly message: string | null;
}

/** What became of an appointment; `confirmed` takes it back. */
export type Mark = 'completed' | 'no_show' | 'confirmed';

export interface MarkRequest {
  readonly appointment: string;
  readonly status: Mark;
  readonly version: number;
}

export interface SetSlotsRequest {
  readonly provider: string;
  /** ISO instants; the end is exclusive. */
  readonly from_time: string;
  readonly to_time: string;
  readonly status: 'open' | 'blocked';
}

export interface SetHoursRequest {
  readonly provider: string;
  readonly hours: Hours;
  /** The version that was changed. */
  readonly version: number;
  /** Only tell what would happen. */
  readonly preview: boolean;
}

export interface InviteRequest {
  readonly tenant: string;
  readonly email: string;
  readonly role: Role;
  /** For the role `provider`: whose calendar it is. */
  readonly provider: string | null;
  readonly locale: string | null;
}

/** Whether somebody is signed in. `ended`: no longer, and nobody here asked for it. */
export type SessionStatus = 'loading' | 'signed-out' | 'signed-in' | 'ended';

export interface SessionState {
  readonly status: SessionStatus;
  /** Of whoever is, or was until the session ended, signed in. */
  readonly email: string | null;
}

/** Who is signed in to the tenant's project. Its functions reject with an `OpenslotError`. */
export interface StaffSession {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  signIn(email: string, password: string): Promise<void>;
  /** Sends an e-mail with a code and a link; either signs in. */
  sendCode(email: string): Promise<void>;
  verifyCode(email: string, code: string): Promise<void>;
  /** Makes an account. Resolves with whether it is signed in at once, or the address has to be confirmed by e-mail first. */
  signUp(email: string, password: string): Promise<'signed-in' | 'confirm'>;
  signOut(): Promise<void>;
  /** The server took nobody to be signed in: finds out whether that is so. */
  renew(): Promise<void>;
  /** Stops listening. Signs nobody out. */
  close(): void;
}
