/** A browser tab with a calendar: its visitor's actions, the results that the visitor saw, and the events around it. */
import type { Calendar, CalendarState } from '../../../src/core/calendar/types.ts';
import type { OpenslotClient } from '../../../src/core/client.ts';
import { isOpenslotError, type OpenslotError } from '../../../src/core/errors.ts';
import type { BookingResult, Slot } from '../../../src/core/wire.ts';
import type { FakePage } from '../../support/fakes/fake-page.ts';
import type { MessageFate, RequestFate, SocketFate } from './steps.ts';
import type { TabClock } from './tab-clock.ts';

/** The network between a tab and the project. Each layer of tests has its own. */
export interface TabNetwork {
  /** A request may have reached the server after its tab had given it up. */
  readonly lateRequestsPossible: boolean;
  /** No request is under way. */
  readonly quiet: boolean;
  requests(fate: RequestFate, count: number): void;
  messages(fate: MessageFate, count: number): void;
  socket(fate: SocketFate): void;
  offline(): void;
  online(): void;
  /** From now on all requests and messages arrive, once and in time. */
  heal(): void;
}

export interface TabOptions {
  readonly client: OpenslotClient;
  readonly calendar: Calendar;
  readonly clock: TabClock;
  readonly page: FakePage;
  readonly network: TabNetwork;
  /** Slugs of a short and of a long service. */
  readonly services: { readonly short: string; readonly long: string };
  readonly name: string;
}

/** A request whose answer matters, so that it is repeated until there is one. */
interface PendingRequest {
  readonly send: () => Promise<BookingResult>;
  /** The patient of a booking. */
  readonly patient: string | null;
  outcome: 'waiting' | 'unknown' | 'answered' | 'refused';
}

const REFUSALS = new Set([
  'slot_taken',
  'outside_hours',
  'outside_window',
  'too_soon',
  'daily_limit_reached',
  'hold_limit_reached',
  'appointment_cancelled',
  'appointment_past',
  'aborted',
  'service_not_found',
  'rate_limited',
]);

export class Tab {
  readonly name: string;
  readonly calendar: Calendar;
  readonly clock: TabClock;
  readonly page: FakePage;
  readonly network: TabNetwork;
  /** The newest answer that this visitor received about each of their appointments, by token. */
  readonly appointments = new Map<string, BookingResult>();
  /** Errors that no visitor may ever get. */
  readonly unexpectedErrors: OpenslotError[] = [];
  private readonly client: OpenslotClient;
  private readonly services: TabOptions['services'];
  private readonly requests: PendingRequest[] = [];
  private readonly underWay = new Set<Promise<unknown>>();
  private unsubscribe: (() => void) | null = null;
  private patients = 0;

  constructor({ client, calendar, clock, page, network, services, name }: TabOptions) {
    this.client = client;
    this.calendar = calendar;
    this.clock = clock;
    this.page = page;
    this.network = network;
    this.services = services;
    this.name = name;
  }

  get state(): CalendarState {
    return this.calendar.getState();
  }

  /** No operation of this tab is under way. */
  get idle(): boolean {
    return this.underWay.size === 0;
  }

  subscribe(): void {
    this.unsubscribe ??= this.calendar.subscribe(() => undefined);
  }

  leave(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  close(): void {
    this.client.close();
  }

  hold(at: number, long: boolean): void {
    const start = this.time(at);
    if (start) void this.follow(this.calendar.hold(this.service(long), start));
  }

  release(): void {
    void this.follow(this.calendar.release());
  }

  book(at: number, long: boolean): void {
    const start = this.time(at);
    if (start) this.bookAt(this.service(long), start);
  }

  /** Books the held time with the service that it is held for, as the form does. */
  bookHeld(): void {
    const { hold, services } = this.state;
    const service = services.find(({ id }) => id === hold?.serviceId);
    if (hold && service) this.bookAt(service.slug, hold.start);
  }

  cancel(): void {
    const [token] = [...this.appointments.keys()].slice(-1);
    if (token) this.request(() => this.calendar.cancel(token));
  }

  reschedule(at: number): void {
    const [token] = this.appointments.keys();
    const start = this.time(at);
    if (token && start) this.request(() => this.calendar.reschedule(token, start));
  }

  /** Repeats the requests that got no answer, as a visitor does who presses the button again. */
  repeatUnanswered(): void {
    for (const request of this.requests) if (request.outcome === 'unknown') this.send(request);
  }

  /** Reads appointments again, as the page behind the link in an e-mail does, because a change may have been missed. */
  lookUp(): void {
    if (!this.network.lateRequestsPossible) return;
    for (const [token, known] of this.appointments) {
      const look = this.client.appointment(token).then((appointment) => {
        this.appointments.set(token, { ...known, appointment });
      });
      void this.follow(look);
    }
  }

  /** The patients whose booking was refused. */
  get refused(): readonly (string | null)[] {
    return this.requests.filter(({ outcome }) => outcome === 'refused').map(({ patient }) => patient);
  }

  private bookAt(service: string, start: string): void {
    const patient = { name: `${this.name} ${++this.patients}`, email: 'patient@example.com' };
    this.request(() => this.calendar.book({ service, start, patient }), patient.name);
  }

  private request(send: () => Promise<BookingResult>, patient: string | null = null): void {
    const request: PendingRequest = { send, patient, outcome: 'waiting' };
    this.requests.push(request);
    this.send(request);
  }

  private send(request: PendingRequest): void {
    request.outcome = 'waiting';
    const answer = request.send().then(
      (result) => {
        request.outcome = 'answered';
        const known = this.appointments.get(result.manage_token);
        // Answers may arrive out of order; the sequence shows which one is newer.
        if ((known?.appointment.sequence ?? -1) <= result.appointment.sequence)
          this.appointments.set(result.manage_token, result);
      },
      (error: unknown) => {
        request.outcome = isOpenslotError(error) && error.transient ? 'unknown' : 'refused';
        throw error;
      },
    );
    void this.follow(answer);
  }

  private async follow(work: Promise<unknown>): Promise<void> {
    this.underWay.add(work);
    try {
      await work;
    } catch (error) {
      if (!isOpenslotError(error)) throw error;
      if (!error.transient && !REFUSALS.has(error.code)) this.unexpectedErrors.push(error);
    } finally {
      this.underWay.delete(work);
    }
  }

  /** A time among those that are shown as open, or among all if none is open. */
  private time(at: number): string | undefined {
    const shown = [...this.state.slots.values()];
    const open = shown.filter((slot: Slot) => slot.status === 'open');
    const offered = open.length > 0 ? open : shown;
    return offered[at % offered.length]?.start;
  }

  private service(long: boolean): string {
    return long ? this.services.long : this.services.short;
  }
}
