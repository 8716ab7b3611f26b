/**
 * The shapes that travel between the tenant's database, the headless core and the elements.
 *
 * Every instant is an ISO 8601 string in UTC as the database sends it (`2026-11-24T08:00:00Z` or with an offset);
 * every duration names its unit; every zone is an IANA name. Objects never change once they are made.
 */

export type SlotStatus = 'open' | 'held' | 'booked' | 'blocked' | 'removed';

/** One cell of a provider's grid. A service takes a run of them. */
export interface Slot {
  /** In a calendar, its start in whole minutes since the epoch; at the desk, the number of its row. */
  readonly id: number;
  /** ISO instant. */
  readonly start: string;
  /** ISO instant, exclusive. */
  readonly end: string;
  readonly status: SlotStatus;
  /** ISO instant, only while `status` is `held`. After it, by the server's clock, the slot is open again. */
  readonly held_until?: string | null;
}

/** A slot together with the revision of the newest snapshot or change that it was in. */
export interface ChangedSlot extends Slot {
  readonly revision: number;
}

/** A local day of the provider that takes no more appointments. A time is in the day in which the patient's part begins. */
export interface FullDay {
  /** Epoch ms at which the day begins. */
  readonly from: number;
  /** Epoch ms at which the next day begins. */
  readonly to: number;
  /**
   * Epoch ms by the server's clock at which the hold ends that makes room; `Infinity` if no hold does; 0 if the day has room
   * again, in changes only.
   */
  readonly until: number;
  /** Revision of the snapshot or change that it was in. */
  readonly revision: number;
}

export interface Provider {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly title: string | null;
  readonly avatar_url: string | null;
  /** IANA zone in which the provider works. */
  readonly time_zone: string;
  readonly slot_minutes: number;
  readonly min_notice_minutes: number;
  readonly booking_window_days: number;
  /** Patients can move or cancel until so many minutes before the start. Null: until the start. */
  readonly change_notice_minutes: number | null;
  /** The clinic's words about moving and cancelling: plain text. */
  readonly change_policy: string | null;
  /** The clinic's public name. */
  readonly clinic: string;
}

export interface Service {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly duration_minutes: number;
  /** Kept free before the appointment; part of the run of slots that the service takes. */
  readonly buffer_before_minutes: number;
  /** Kept free after the appointment; part of the run of slots that the service takes. */
  readonly buffer_after_minutes: number;
  /** Older projects have none. */
  readonly questions?: readonly Question[];
}

/** What a clinic asks a patient who books a service, beside name and address. */
export interface Question {
  /** The answer's key. Unique among the questions of the service. */
  readonly key: string;
  readonly kind: 'text' | 'choice' | 'choices' | 'checkbox' | 'date';
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** Only for `choice`, whose answer is one of them, and `choices`, whose answer is any number of them. */
  readonly options?: readonly string[];
  /** A page to read, such as the terms that a checkbox consents to. */
  readonly link?: { readonly label: string; readonly url: string };
}

/** `true` for a checkbox, `YYYY-MM-DD` for a date, a list of texts for `choices`, else one text. */
export type Answer = string | true | readonly string[];

/** Answers by the keys of their questions. Questions without an answer are left out. */
export type Answers = Readonly<Record<string, Answer>>;

/** An answer with its question, as the patient read it. */
export type AnsweredQuestion = Pick<Question, 'key' | 'kind' | 'label'> & { readonly answer: Answer };

/** Result of `openslot_calendar`: a provider's calendar at one moment, with its open and held slots. */
export interface CalendarSnapshot {
  readonly schema_version: number;
  readonly provider: Provider;
  readonly services: readonly Service[];
  readonly slots: readonly ChangedSlot[];
  /** All of them, in order. */
  readonly fullDays: readonly FullDay[];
  readonly revision: number;
  /** Changes up to this revision were broadcast; at most `revision`, less within a tenant's broadcast gap. */
  readonly announced_revision: number;
  /** ISO instant at which the database answered. */
  readonly server_time: string;
}

/**
 * One change of a provider's slots: a `slots` broadcast on `openslot:provider:<id>`, the `change` of a booking function's
 * result, and the result of `openslot_changes`.
 */
export interface SlotsChange {
  /** The revision that this change follows. A client with a lower revision has missed a change. */
  readonly after: number;
  readonly revision: number;
  /** Those that changed. `removed` are all that patients can't have any more: booked, blocked and removed ones. */
  readonly slots: readonly ChangedSlot[];
  /** Those that changed, in order. */
  readonly fullDays: readonly FullDay[];
  /** Fetch a new snapshot: settings changed, the change is large, or the database has forgotten the missed changes. */
  readonly reload?: boolean;
}

/** Result of `openslot_changes`. */
export interface MissedChanges extends SlotsChange {
  /** As in the snapshot. */
  readonly announced_revision: number;
  /** Seconds until this viewer's next check. More viewers mean more seconds. */
  readonly check_after_seconds: number;
  readonly server_time: string;
}

/**
 * Slots of one state that follow each other without a gap, as they travel: the first one's start in whole minutes since the
 * epoch, and their number. `until` is missing if they are open. Else it is the epoch second until which they are held; 0 if
 * patients can't have them any more, in changes only.
 */
export type Run = readonly [minute: number, cells: number, until?: number];

/** A full day as it travels: two minutes and a second since the epoch. `until` is -1 if no hold makes room, 0 for room again. */
export type FullDayEntry = readonly [from: number, to: number, until: number];

/** A snapshot or change as it travels. Only `runs.ts` reads it. */
export type Packed<T extends { readonly slots: unknown; readonly fullDays: unknown }> = Omit<
  T,
  'slots' | 'fullDays'
> & {
  readonly runs: readonly Run[];
  readonly full_days: readonly FullDayEntry[];
};

/** Its slots have the length that its provider's settings name. */
export type PackedSnapshot = Packed<CalendarSnapshot>;

export type PackedChange<T extends SlotsChange = SlotsChange> = Packed<T> & { readonly slot_minutes: number };

/** Result of `openslot_hold` and `openslot_release`. */
export interface HoldResult {
  /** Null after a release. */
  readonly held_until: string | null;
  /** ISO instant past which this hold can't be extended; null after a release. */
  readonly extendable_until: string | null;
  /** Null when nothing changed, as when nothing was held. */
  readonly change: SlotsChange | null;
  readonly server_time: string;
}

export interface PatientDetails {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly note?: string | null;
  /** IANA zone that the patient saw the times in. */
  readonly time_zone?: string | null;
  /** BCP 47 tag of the language that the patient booked in. */
  readonly locale?: string | null;
  /** Answers to the service's questions. Only in requests; an appointment has them beside the patient. */
  readonly answers?: Answers;
}

export type AppointmentStatus = 'confirmed' | 'cancelled' | 'completed' | 'no_show';

export interface Appointment {
  readonly id: string;
  readonly status: AppointmentStatus;
  /** ISO instant; the patient's part, without buffers. */
  readonly start: string;
  readonly end: string;
  /** Grows with every change, as an iCalendar SEQUENCE does. */
  readonly sequence: number;
  readonly provider: Provider;
  readonly service: Service;
  readonly patient: PatientDetails;
  /** Older projects have none. */
  readonly answers?: readonly AnsweredQuestion[];
  readonly cancelled_by: 'patient' | 'provider' | null;
  readonly cancel_reason: string | null;
  /** Whether the server would still accept a cancellation or a new time from the patient. */
  readonly changeable: boolean;
  /** ISO instant from which it accepts neither. */
  readonly changeable_until: string;
}

/** Result of `openslot_book`, `openslot_cancel` and `openslot_reschedule`. */
export interface BookingResult {
  readonly appointment: Appointment;
  /** Opens, moves and cancels this appointment without an account. It must be kept as secret as a password. */
  readonly manage_token: string;
  /** Null when the same request was carried out before. */
  readonly change: SlotsChange | null;
  readonly server_time: string;
}

/** Result of `openslot_appointment`. */
export interface AppointmentResult {
  readonly appointment: Appointment;
  /** The topic that signals its changes. The name is secret, like the manage token. */
  readonly topic: string;
  readonly server_time: string;
}
