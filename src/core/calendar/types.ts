import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';
import type { Appointment, BookingResult, PatientDetails, Provider, Service, Slot } from '../wire.ts';

/** The time that this tab holds while its visitor types. */
export interface Hold {
  readonly serviceId: string;
  /** ISO instant of the patient's part. */
  readonly start: string;
  /** ISO instants of the grid slots that the hold takes. */
  readonly slotStarts: readonly string[];
  /** Null while the server hasn't confirmed the hold yet. ISO instant by the server's clock. */
  readonly heldUntil: string | null;
  /** Null until confirmed. Past it the hold can't be extended. */
  readonly extendableUntil: string | null;
}

export type BookingPhase =
  /** Sent, or being asked again after a lost answer. What is shown assumes that it succeeds. */
  | { readonly phase: 'submitting'; readonly start: string; readonly serviceId: string }
  | { readonly phase: 'confirmed'; readonly appointment: Appointment; readonly manageToken: string }
  /** The server refused. `start` is the time that was asked for. */
  | { readonly phase: 'rejected'; readonly start: string; readonly serviceId: string; readonly error: OpenslotError };

/** What a calendar shows: server state plus pending operations. Frozen; a new object for every change. */
export interface CalendarState {
  /** What is there: nothing yet, a picture (even an old one), or nothing and a reason. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there is nothing (`status: 'error'`), or why the last refresh failed while a picture is still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly provider: Provider | null;
  readonly services: readonly Service[];
  /**
   * Slots by id, as they are to be shown, in order of start. Those that this visitor holds or is booking keep their
   * place: see `hold` and `booking`. Same map object while no slot changed.
   */
  readonly slots: ReadonlyMap<number, Slot>;
  readonly revision: number;
  /** Server clock minus this machine's clock, in ms. Add it to `Date.now()` for the server's now. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which the picture was last known to equal the database's; null while loading. */
  readonly freshAt: number | null;
  /** People viewing, this one included. Null while unknown or with presence off. */
  readonly viewers: number | null;
  /** True past the cap: "50+". */
  readonly viewersCapped: boolean;
  readonly hold: Hold | null;
  readonly booking: BookingPhase | null;
}

export interface BookOptions {
  readonly service: string;
  /** ISO instant. */
  readonly start: string;
  readonly patient: PatientDetails;
}

/**
 * A provider's calendar, live while somebody subscribes. All subscribers of one provider on one client share it and
 * its one channel; it is let go about a second after the last one left.
 */
export interface Calendar {
  getState(): CalendarState;
  /** Calls back after every change (not at once); the first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /** Holds the time that begins at `start`, letting go of any other. The shown state changes at once. */
  hold(service: string, start: string): Promise<Hold>;
  /** Lets go of the held time; nothing happens if there is none. */
  release(): Promise<void>;
  /**
   * Books. The shown state changes at once and `booking` tells the phase. A lost answer is asked for again with the same
   * request id, so the outcome is always the database's. Rejects with the reason when the server refuses.
   */
  book(options: BookOptions): Promise<BookingResult>;
  /** Moves an appointment of this provider to another time; the old time is kept until the new one is confirmed. */
  reschedule(token: string, start: string): Promise<BookingResult>;
  cancel(token: string, reason?: string): Promise<BookingResult>;
  /** Forgets a finished booking (`confirmed` or `rejected`), e.g. to book another one. */
  clearBooking(): void;
  /** Proves the connection alive, or replaces it, and refetches what may have been missed. */
  refresh(): Promise<void>;
}

export interface CalendarOptions {
  /** Provider slug or id. */
  readonly provider: string;
  readonly realtime?: 'broadcast' | 'postgres-changes' | 'off';
  readonly presence?: boolean;
}
