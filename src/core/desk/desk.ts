/**
 * One provider's desk: the server's agenda and what staff do to it, composed into one frozen state. It runs while it has
 * subscribers. What `calendar.ts` is for patients, this is for staff.
 */
import { retry } from '../sync/retry.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { movedTo, spansOf, withAppointment, withSlots } from './optimistic.ts';
import type { DayRange, Desk, DeskBookOptions, DeskState } from './state.ts';
import { Store } from '../sync/store.ts';
import { DeskSync } from './sync.ts';
import { OpenslotError, SERVER_CODES, STAFF_CODES, toOpenslotError } from '../errors.ts';
import type { Page } from '../sync/page.ts';
import { UNKNOWN_VIEWERS } from '../realtime/viewers.ts';
import { type PendingChange, PendingChanges } from './pending-changes.ts';
import type { Mark, StaffBackend } from './backend.ts';
import type {
  DeskAppointment,
  Hours,
  ProviderSettings,
  ServiceSettings,
  SetHoursResult,
  SetSlotsResult,
  StaffResult,
} from './types.ts';

const PATIENCE_MS = 30_000;
const CODES = [...SERVER_CODES, ...STAFF_CODES];

export interface DeskContext {
  readonly backend: StaffBackend;
  readonly clock: Clock;
  readonly page: Page;
}

export class LiveDesk implements Desk {
  readonly #context: DeskContext;
  readonly #providerId: string;
  readonly #store: Store<DeskState>;
  #range: DayRange;
  #sync: DeskSync | null = null;
  readonly #pending = new PendingChanges();
  /** Changes the state when the next hold runs out, about which no message arrives. */
  #expiry: Cancel | null = null;

  constructor(context: DeskContext, providerId: string, range: DayRange) {
    this.#context = context;
    this.#providerId = providerId;
    this.#range = range;
    this.#store = new Store({
      clock: context.clock,
      compose: () => this.#compose(),
      start: () => this.#start(),
      stop: () => this.#stop(),
    });
  }

  getState(): DeskState {
    return this.#store.getState();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  show(range: DayRange): void {
    this.#range = range;
    this.#sync?.show(range);
    this.#changed();
  }

  async book({ service: wanted, start, patient }: DeskBookOptions): Promise<DeskAppointment> {
    const service = this.getState().services.find(({ id, slug }) => id === wanted || slug === wanted);
    if (!service) throw new OpenslotError('service_not_found');
    const request_id = crypto.randomUUID();
    const now = new Date(this.#now()).toISOString();
    const assumed: DeskAppointment = {
      ...spansOf(service, start),
      id: request_id,
      status: 'confirmed',
      sequence: 0,
      version: 0,
      provider_id: this.#providerId,
      service_id: service.id,
      service_name: service.name,
      patient,
      cancelled_by: null,
      cancel_reason: null,
      outside_hours: false,
      changeable: false,
      created_at: now,
      updated_at: now,
    };
    const provider = this.#providerId;
    return this.#change(assumed, () =>
      this.#context.backend.book({ provider, service: service.id, start, patient, request_id }),
    );
  }

  reschedule(appointment: DeskAppointment, start: string, message?: string): Promise<DeskAppointment> {
    const request_id = crypto.randomUUID();
    const { id, version } = appointment;
    return this.#change(movedTo(appointment, start), () =>
      this.#context.backend.reschedule({ appointment: id, start, version, request_id, message: message || null }),
    );
  }

  cancel(appointment: DeskAppointment, message?: string): Promise<DeskAppointment> {
    const { id, version } = appointment;
    const assumed: DeskAppointment = {
      ...appointment,
      status: 'cancelled',
      cancelled_by: 'provider',
      cancel_reason: message || null,
    };
    return this.#change(assumed, () =>
      this.#context.backend.cancel({ appointment: id, version, message: message || null }),
    );
  }

  mark(appointment: DeskAppointment, status: Mark): Promise<DeskAppointment> {
    const { id, version } = appointment;
    return this.#change({ ...appointment, status }, () =>
      this.#context.backend.mark({ appointment: id, status, version }),
    );
  }

  async setSlots(from: string, to: string, status: 'open' | 'blocked'): Promise<SetSlotsResult> {
    const request = { provider: this.#providerId, from_time: from, to_time: to, status };
    const assume = withSlots(from, to, status);
    return this.#attempt({ assume, appointment: null, answeredAfter: null }, () =>
      this.#context.backend.setSlots(request),
    );
  }

  previewHours(hours: Hours, version: number): Promise<SetHoursResult> {
    return this.#context.backend.setHours({ provider: this.#providerId, hours, version, preview: true });
  }

  async saveHours(hours: Hours, version: number): Promise<SetHoursResult> {
    try {
      return await this.#context.backend.setHours({ provider: this.#providerId, hours, version, preview: false });
    } finally {
      await this.refresh();
    }
  }

  async saveProvider(settings: ProviderSettings): Promise<void> {
    await this.#context.backend.setProvider({ provider: this.#providerId, settings });
    await this.refresh();
  }

  async saveService(service: ServiceSettings): Promise<void> {
    await this.#context.backend.setService({ provider: this.#providerId, service });
    await this.refresh();
  }

  async refresh(): Promise<void> {
    await this.#sync?.refresher.refresh();
  }

  /** Drops all subscribers and stops. */
  close(): void {
    this.#store.close();
  }

  async #change(assumed: DeskAppointment, send: () => Promise<StaffResult>): Promise<DeskAppointment> {
    const pending: PendingChange = { assume: withAppointment(assumed), appointment: assumed.id, answeredAfter: null };
    const { appointment } = await this.#attempt(pending, send, ({ appointment: now }) => {
      // A new appointment gets its id from the server; the assumed one had another.
      pending.assume = withAppointment(now);
    });
    return appointment;
  }

  /** Shows what a change assumes while the request is sent, and sent again after a lost answer. */
  async #attempt<T>(pending: PendingChange, send: () => Promise<T>, answered?: (answer: T) => void): Promise<T> {
    this.#pending.add(pending);
    this.#changed();
    const answers = { lost: false };
    try {
      const answer = await retry(
        this.#context.clock,
        PATIENCE_MS,
        () =>
          send().catch((error: unknown) => {
            answers.lost ||= toOpenslotError(error).transient;
            throw error;
          }),
        CODES,
      );
      answered?.(answer);
      this.#pending.answered(pending, this.#sync?.begun ?? 0);
      return answer;
    } catch (error) {
      this.#pending.drop(pending);
      const failure = toOpenslotError(error);
      // After a lost answer, this refusal may mean that the first request was carried out.
      if (answers.lost && failure.code === 'appointment_changed') {
        await this.#sync?.refresher.refetch();
        const done = this.#doneAnyway(pending);
        if (done) return { appointment: done } as T;
      }
      throw failure;
    } finally {
      this.#changed();
      void this.#sync?.refresher.refetch();
    }
  }

  /** The appointment as the server has it, if it is as the change assumed. */
  #doneAnyway({ assume, appointment: id }: PendingChange): DeskAppointment | null {
    const agenda = this.#sync?.agenda;
    const actual = agenda?.appointments.find((appointment) => appointment.id === id);
    const wanted = agenda && assume(agenda).appointments.find((appointment) => appointment.id === id);
    const same =
      actual && wanted && actual.status === wanted.status && Date.parse(actual.start) === Date.parse(wanted.start);
    return same ? actual : null;
  }

  #now(): number {
    return this.#sync?.serverNow ?? this.#context.clock.now();
  }

  #start(): void {
    const { backend, clock, page } = this.#context;
    this.#sync = new DeskSync({
      backend,
      clock,
      page,
      providerId: this.#providerId,
      range: this.#range,
      changed: () => this.#changed(),
    });
  }

  #stop(): void {
    this.#expiry?.();
    this.#sync?.stop();
    this.#sync = null;
    this.#pending.dropAll();
  }

  #changed(): void {
    this.#pending.dropIncluded(this.#sync?.succeeded ?? 0);
    this.#scheduleExpiry();
    this.#store.changed();
  }

  #scheduleExpiry(): void {
    this.#expiry?.();
    const now = this.#now();
    const ends = (this.#sync?.agenda?.slots ?? [])
      .map((slot) => (slot.status === 'held' ? Date.parse(slot.held_until ?? '') : NaN))
      .filter((end) => end > now);
    this.#expiry = ends.length > 0 ? this.#context.clock.after(Math.min(...ends) - now, () => this.#changed()) : null;
  }

  #compose(): DeskState {
    const sync = this.#sync;
    const agenda = sync?.agenda ? this.#pending.applyTo(sync.agenda) : null;
    const known = sync?.anyAgenda;
    const error = sync?.refresher.error ?? null;
    const { count, capped } = sync?.viewers ?? UNKNOWN_VIEWERS;
    return {
      status: agenda ? 'ready' : error && error.code !== 'realtime_refused' ? 'error' : 'loading',
      error,
      connection: sync?.refresher.connection ?? 'connecting',
      range: this.#range,
      provider: known?.provider ?? null,
      services: known?.services ?? [],
      slots: agenda?.slots ?? [],
      appointments: agenda?.appointments ?? [],
      hours: sync?.hours ?? null,
      news: sync?.news ?? [],
      busy: this.#pending.busy,
      viewers: count,
      viewersCapped: capped,
      clockOffset: sync?.refresher.serverClock.offset ?? 0,
      freshAt: sync?.refresher.freshAt ?? null,
    };
  }
}
