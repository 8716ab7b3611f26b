import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';
import type { Appointment, BookingResult, FullDay, PatientDetails, Provider, Service, Slot } from '../wire.ts';

/** The time that is held for this tab while its visitor types. */
export interface Hold {
  readonly serviceId: string;
  /** ISO instant of the patient's part. */
  readonly start: string;
  /** ISO instants of the grid slots that the hold takes. Staff may have blocked them meanwhile: then `slots` hasn't got them. */
  readonly slotStarts: readonly string[];
  /** Null while the server hasn't confirmed the hold yet. ISO instant by the server's clock. */
  readonly heldUntil: string | null;
  /** Null until confirmed. Past it the hold can't be extended. */
  readonly extendableUntil: string | null;
}

export type BookingPhase =
  /** Sent, or sent again after a lost answer. The shown slots assume that it succeeds. */
  | { readonly phase: 'submitting'; readonly start: string; readonly serviceId: string }
  | { readonly phase: 'confirmed'; readonly appointment: Appointment; readonly manageToken: string }
  /** The server refused. `start` is the time that was to be booked. */
  | { readonly phase: 'rejected'; readonly start: string; readonly serviceId: string; readonly error: OpenslotError };

/** What a calendar shows: server state plus pending operations. Frozen; a new object for every change. */
export interface CalendarState {
  /** `ready` once slots have been loaded, even if they are old by now; `error` if there are none, see `error`. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there are no slots (`status: 'error'`), or why the last refresh failed while older slots are still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly provider: Provider | null;
  readonly services: readonly Service[];
  /**
   * Slots by id, as they are to be shown, in order of start. Those that this visitor holds or is booking are in it, see `hold`
   * and `booking`. The same map while no slot changed.
   */
  readonly slots: ReadonlyMap<number, Slot>;
  /**
   * Days on which the provider takes no more appointments, in order, though slots of theirs may be open. `createAvailability`
   * leaves out their times. The same array while none of them changed.
   */
  readonly fullDays: readonly FullDay[];
  readonly revision: number;
  /** Server clock minus this machine's clock, in ms. Add it to `Date.now()` for the server's now. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which the slots last equalled the database's for certain; null while loading. */
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
 * A provider's calendar, live while it has subscribers. All subscribers of one provider on one client share it and its one
 * channel, which closes about a second after the last one has left.
 */
export interface Calendar {
  getState(): CalendarState;
  /** Calls back after every change, never within this call. The first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /** Holds the time that begins at `start`, and releases any other. The shown state changes at once. */
  hold(service: string, start: string): Promise<Hold>;
  /** Releases the held time, if there is one. */
  release(): Promise<void>;
  /**
   * Books. The shown state changes at once, and `booking` has the phase. After a lost answer, the request is sent again with the
   * same request id, so the outcome is always the database's. Rejects with the reason when the server refuses.
   */
  book(options: BookOptions): Promise<BookingResult>;
  /** Moves an appointment of this provider to another time; the old time is kept until the new one is confirmed. */
  reschedule(token: string, start: string): Promise<BookingResult>;
  cancel(token: string, reason?: string): Promise<BookingResult>;
  /** Forgets a finished booking (`confirmed` or `rejected`), e.g. to book another one. */
  clearBooking(): void;
  /** Checks that the connection is alive, replaces it if it isn't, and fetches what may have been missed. */
  refresh(): Promise<void>;
}

export interface CalendarOptions {
  /** Provider slug or id. */
  readonly provider: string;
  readonly realtime?: 'broadcast' | 'postgres-changes' | 'off';
  readonly presence?: boolean;
}
