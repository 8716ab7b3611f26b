import type { OpenslotError } from '../errors.ts';
import type { Mark } from './backend.ts';
import type { Connection } from '../sync/refresher.ts';
import type {
  DeskAppointment,
  DeskPatient,
  DeskProvider,
  DeskService,
  DeskSlot,
  Hours,
  HoursResult,
  News,
  ProviderSettings,
  ServiceSettings,
  SetHoursResult,
  SetSlotsResult,
} from './types.ts';

/** Days, `YYYY-MM-DD` in the provider's zone, both inclusive. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** What a provider's desk shows: server state plus pending operations. Frozen; a new object for every change. */
export interface DeskState {
  /** `ready` once the shown days have been loaded, even if they are old by now; `error` if they can't be, see `error`. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there is no agenda (`status: 'error'`), or why the last refresh failed while an older agenda is still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly range: DayRange;
  readonly provider: DeskProvider | null;
  readonly services: readonly DeskService[];
  /** Of the shown days, in order of start. */
  readonly slots: readonly DeskSlot[];
  /** In order of start, cancelled ones too. */
  readonly appointments: readonly DeskAppointment[];
  /** Null until they are loaded. */
  readonly hours: HoursResult | null;
  /** What happened lately to this provider's appointments, newest first. */
  readonly news: readonly News[];
  /** Ids of the appointments whose change the server hasn't answered yet. */
  readonly busy: ReadonlySet<string>;
  /** People viewing the public page. Null while unknown. */
  readonly viewers: number | null;
  /** True past the cap: "50+". */
  readonly viewersCapped: boolean;
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which the shown days last equalled the database's for certain. */
  readonly freshAt: number | null;
}

export interface DeskBookOptions {
  readonly service: string;
  /** ISO instant. */
  readonly start: string;
  readonly patient: DeskPatient;
}

/**
 * One provider's desk, live while it has subscribers. Every action shows its expected outcome at once. When the server refuses
 * it, the outcome disappears again and the action rejects with the reason.
 */
export interface Desk {
  getState(): DeskState;
  subscribe(listener: () => void): () => void;
  /** Shows other days. Days that were loaded before are there at once. */
  show(range: DayRange): void;
  book(options: DeskBookOptions): Promise<DeskAppointment>;
  /** @param appointment as it was shown; the server refuses if another person changed it since (`appointment_changed`) */
  reschedule(appointment: DeskAppointment, start: string, message?: string): Promise<DeskAppointment>;
  cancel(appointment: DeskAppointment, message?: string): Promise<DeskAppointment>;
  mark(appointment: DeskAppointment, status: Mark): Promise<DeskAppointment>;
  /** Blocks what is open between two ISO instants, or opens what staff blocked and adds what isn't there. */
  setSlots(from: string, to: string, status: 'open' | 'blocked'): Promise<SetSlotsResult>;
  /** Returns what these hours would change. Changes nothing. */
  previewHours(hours: Hours, version: number): Promise<SetHoursResult>;
  /** @param version of the hours that were edited; the server refuses if there are newer ones (`hours_changed`) */
  saveHours(hours: Hours, version: number): Promise<SetHoursResult>;
  saveProvider(settings: ProviderSettings): Promise<void>;
  saveService(service: ServiceSettings): Promise<void>;
  /** Checks that the connection is alive, replaces it if it isn't, and fetches. Never rejects; see `error`. */
  refresh(): Promise<void>;
}
