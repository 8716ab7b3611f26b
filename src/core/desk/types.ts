/** The shapes that travel between the tenant's database and its members. Conventions as in `wire.ts`. */
import type { AnsweredQuestion, AppointmentStatus, ChangedSlot, PackedChange, Provider, Service } from '../wire.ts';

/** What a member works on. `owner`: everything of the tenant. `staff`: all its providers. `provider`: one provider. */
export type Role = 'owner' | 'staff' | 'provider';

export interface DeskProvider extends Provider {
  readonly tenant_id: string;
  /** Role of the signed-in member for this provider. */
  readonly role: Role;
  readonly active: boolean;
  readonly daily_limit: number | null;
  /** Grows with each edit of the hours: the `version` of the newest ones. */
  readonly hours_version: number;
  /** Address for notifications about appointments; never public. */
  readonly email: string | null;
  /** The page with the provider's widget, for links in e-mails. */
  readonly page_url: string | null;
}

export interface DeskService extends Service {
  readonly active: boolean;
  readonly position: number;
}

export interface DeskTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
}

/** Result of `openslot_desk`: the signed-in user, and whom they work for. */
export interface DeskResult {
  readonly user: { readonly id: string; readonly email: string };
  readonly tenants: readonly DeskTenant[];
  readonly providers: readonly DeskProvider[];
  readonly server_time: string;
}

export interface DeskSlot extends ChangedSlot {
  readonly blocked_by: 'staff' | 'daily_limit' | null;
  readonly appointment_id: string | null;
}

export interface DeskPatient {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly note: string | null;
  readonly time_zone?: string | null;
  readonly locale?: string | null;
}

export interface DeskAppointment {
  readonly id: string;
  readonly status: AppointmentStatus;
  /** ISO instants of the patient's part. */
  readonly start: string;
  readonly end: string;
  /** The same with its buffers. */
  readonly busy_start: string;
  readonly busy_end: string;
  /** Grows with each change that concerns the patient, as an iCalendar SEQUENCE does. */
  readonly sequence: number;
  /** Grows with every change. A change must name the version that it is made to. */
  readonly version: number;
  readonly provider_id: string;
  readonly service_id: string;
  readonly service_name: string;
  readonly patient: DeskPatient;
  /** Older projects have none. */
  readonly answers?: readonly AnsweredQuestion[];
  readonly cancelled_by: 'patient' | 'provider' | null;
  readonly cancel_reason: string | null;
  /** It is yet to come, and the hours don't cover it. Then `slots` has no slots where it is. */
  readonly outside_hours: boolean;
  readonly changeable: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Result of `openslot_agenda`: some days of a provider, of one moment. */
export interface Agenda {
  readonly provider: DeskProvider;
  readonly services: readonly DeskService[];
  /** In order of start. */
  readonly slots: readonly DeskSlot[];
  /** In order of start, cancelled ones too. */
  readonly appointments: readonly DeskAppointment[];
  readonly revision: number;
  readonly server_time: string;
}

/** Result of a change that staff make to one appointment. */
export interface StaffResult {
  readonly appointment: DeskAppointment;
  readonly change: PackedChange | null;
  readonly server_time: string;
}

/** Result of `openslot_set_slots`. */
export interface SetSlotsResult {
  readonly changed: number;
  /** Appointments in the range; they stay as they are. */
  readonly kept: readonly DeskAppointment[];
  /** How many times in the range visitors hold just now. Each can still be booked by its visitor, and is blocked otherwise. */
  readonly held: number;
  readonly change: PackedChange | null;
  readonly server_time: string;
}

/** Hours of one weekday. Between several rules of one weekday there is a break. */
export interface HoursRule {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** `HH:MM` in the provider's zone. */
  readonly start: string;
  /** `24:00` is the end of the day. An end before the start is on the next day. */
  readonly end: string;
}

export interface HoursException {
  /** Null until it is saved. */
  readonly id: number | null;
  readonly kind: 'off' | 'extra';
  /** `YYYY-MM-DDTHH:MM` in the provider's zone. */
  readonly starts_at: string;
  readonly ends_at: string;
  readonly note: string | null;
}

export interface Hours {
  readonly rules: readonly HoursRule[];
  /** Only those that end today or later. */
  readonly exceptions: readonly HoursException[];
}

/** Result of `openslot_hours`. */
export interface HoursResult {
  readonly hours: Hours;
  readonly version: number;
  readonly server_time: string;
}

/** Result of `openslot_set_hours`. */
export interface SetHoursResult extends HoursResult {
  readonly added: number;
  readonly removed: number;
  /** Confirmed appointments that lie outside the hours; they stay. */
  readonly outside: readonly DeskAppointment[];
  readonly preview: boolean;
  readonly change: PackedChange | null;
}

export type ProviderSettings = Partial<
  Pick<
    DeskProvider,
    | 'name'
    | 'title'
    | 'avatar_url'
    | 'time_zone'
    | 'slot_minutes'
    | 'min_notice_minutes'
    | 'booking_window_days'
    | 'daily_limit'
    | 'change_notice_minutes'
    | 'change_policy'
    | 'email'
    | 'page_url'
  >
>;

/** Without an id, saving adds a new service. */
export type ServiceSettings = Partial<Omit<DeskService, 'id'>> & { readonly id?: string };

export interface Member {
  readonly user_id: string;
  readonly email: string;
  readonly role: Role;
  readonly provider_id: string | null;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly provider_id: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

/** Result of `openslot_members`, and of all functions that change members or invitations. */
export interface MembersResult {
  readonly members: readonly Member[];
  readonly invitations: readonly Invitation[];
  readonly server_time: string;
}

/** Something that happened to an appointment. */
export interface News {
  readonly id: number;
  readonly kind: 'booked' | 'cancelled' | 'rescheduled' | 'reminder';
  readonly by: 'patient' | 'provider' | null;
  readonly appointment_id: string;
  readonly provider_id: string;
  readonly service_name: string;
  readonly patient_name: string | null;
  readonly start: string;
  readonly end: string;
  readonly previous_start: string | null;
  readonly message: string | null;
  readonly created_at: string;
}

/** Result of `openslot_notifications`, as far as the desk reads it. */
export interface NewsResult {
  /** Newest first. */
  readonly notifications: readonly News[];
  readonly server_time: string;
}
