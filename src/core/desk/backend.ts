import type { LiveConnection } from '../realtime/types.ts';
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
 * The functions of a tenant's project that its members call once they are signed in. Like `Backend`, which is for patients,
 * it rejects with an `OpenslotError` and nothing else. Arguments are named as those of the database's functions.
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

/** How an appointment went; `confirmed` takes the other two back. */
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
  /** Of the hours that the member edited. */
  readonly version: number;
  /** Returns what would change, and changes nothing. */
  readonly preview: boolean;
}

export interface InviteRequest {
  readonly tenant: string;
  readonly email: string;
  readonly role: Role;
  /** Id of the only provider that a member with the role `provider` works for; null for other roles. */
  readonly provider: string | null;
  readonly locale: string | null;
}
