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
  /** What is there of the days asked for: nothing yet, a picture (even an old one), or nothing and a reason. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Why there is nothing (`status: 'error'`), or why the last refresh failed while a picture is still shown. */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  readonly range: DayRange;
  readonly provider: DeskProvider | null;
  readonly services: readonly DeskService[];
  /** Of the days asked for, in order of start. */
  readonly slots: readonly DeskSlot[];
  /** In order of start, cancelled ones too. */
  readonly appointments: readonly DeskAppointment[];
  /** Null until they came. */
  readonly hours: HoursResult | null;
  /** What happened lately to this provider's appointments, newest first. */
  readonly news: readonly News[];
  /** Ids of appointments that a change is on its way for. */
  readonly busy: ReadonlySet<string>;
  /** People viewing the public page. Null while unknown. */
  readonly viewers: number | null;
  /** True past the cap: "50+". */
  readonly viewersCapped: boolean;
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
  /** Epoch ms (this machine's clock) at which the days shown were last known to equal the database's. */
  readonly freshAt: number | null;
}

export interface DeskBookOptions {
  readonly service: string;
  /** ISO instant. */
  readonly start: string;
  readonly patient: DeskPatient;
}

/**
 * One provider's desk, live while somebody subscribes. Every action shows its outcome at once; when the server refuses it
 * is gone again and the action rejects with the reason.
 */
export interface Desk {
  getState(): DeskState;
  subscribe(listener: () => void): () => void;
  /** Shows other days. What was shown of them before is there at once. */
  show(range: DayRange): void;
  book(options: DeskBookOptions): Promise<DeskAppointment>;
  /** @param appointment as it was seen; somebody else's later change is not overwritten (`appointment_changed`) */
  reschedule(appointment: DeskAppointment, start: string, message?: string): Promise<DeskAppointment>;
  cancel(appointment: DeskAppointment, message?: string): Promise<DeskAppointment>;
  mark(appointment: DeskAppointment, status: Mark): Promise<DeskAppointment>;
  /** Blocks what is open between two ISO instants, or opens what staff blocked and adds what isn't there. */
  setSlots(from: string, to: string, status: 'open' | 'blocked'): Promise<SetSlotsResult>;
  /** What would happen if the hours became these. Changes nothing. */
  previewHours(hours: Hours, version: number): Promise<SetHoursResult>;
  /** @param version of the hours that were changed; `hours_changed` when there are newer ones */
  saveHours(hours: Hours, version: number): Promise<SetHoursResult>;
  saveProvider(settings: ProviderSettings): Promise<void>;
  saveService(service: ServiceSettings): Promise<void>;
  /** Proves the connection alive, or replaces it, and fetches anew. Never rejects; `error` tells. */
  refresh(): Promise<void>;
}
