import type { CalendarOptions } from '../calendar/types.ts';
import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';
import type { Appointment } from '../wire.ts';

/** How an appointment came to the time that it has. */
export interface AppointmentMove {
  /** Null when it isn't known. */
  readonly by: 'patient' | 'provider' | null;
  /** ISO instant at which it was before. */
  readonly previousStart: string;
  /** What whoever moved it has to say about that. */
  readonly message: string | null;
}

/** What is known of an appointment. Frozen; a new object for every change. */
export interface AppointmentState {
  /** What is there: nothing yet, an appointment (even as it was a while ago), or nothing and a reason. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there is nothing, or why the last refresh failed while the appointment is still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly appointment: Appointment | null;
  /** Null while it has the time that it was booked for. */
  readonly move: AppointmentMove | null;
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which it was last known to equal the database's; null while loading. */
  readonly freshAt: number | null;
}

/** An appointment, live while somebody subscribes. */
export interface LiveAppointment {
  getState(): AppointmentState;
  /** Calls back after every change (not at once); the first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /** Proves the connection alive, or replaces it, and refetches. */
  refresh(): Promise<void>;
}

export interface AppointmentOptions {
  /** Its manage token. */
  readonly token: string;
  readonly realtime?: CalendarOptions['realtime'] | undefined;
  /** What is known of it already, e.g. from booking it. */
  readonly known?: Appointment;
}
