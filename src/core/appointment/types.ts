import type { CalendarOptions } from '../calendar/types.ts';
import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';
import type { Appointment } from '../wire.ts';

/** How an appointment was moved to its present time. */
export interface AppointmentMove {
  /** Null when unknown. */
  readonly by: 'patient' | 'provider' | null;
  /** ISO instant at which it was before. */
  readonly previousStart: string;
  /** The message of the person who moved it. */
  readonly message: string | null;
}

/** An appointment and how fresh it is. Frozen; a new object for every change. */
export interface AppointmentState {
  /** `ready` once the appointment has been loaded, even if it is old by now; `error` if there is none, see `error`. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there is no appointment, or why the last refresh failed while an older version is still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly appointment: Appointment | null;
  /** Null if it still has the time that it was booked for. */
  readonly move: AppointmentMove | null;
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which it last equalled the database's for certain; null while loading. */
  readonly freshAt: number | null;
}

/** An appointment, live while it has subscribers. */
export interface LiveAppointment {
  getState(): AppointmentState;
  /** Calls back after every change, never within this call. The first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /** Checks that the connection is alive, replaces it if it isn't, and fetches. */
  refresh(): Promise<void>;
}

export interface AppointmentOptions {
  /** The appointment's manage token. */
  readonly token: string;
  readonly realtime?: CalendarOptions['realtime'] | undefined;
  /** The appointment as the page has it already, e.g. from booking it. */
  readonly known?: Appointment;
}
