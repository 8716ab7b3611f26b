/** A browser tab with a calendar in it: what its visitor does, what its visitor was told, and what happens to it. */
import type { Calendar, CalendarState } from '../../../src/core/calendar/types.ts';
import type { OpenslotClient } from '../../../src/core/client.ts';
import { isOpenslotError, type OpenslotError } from '../../../src/core/errors.ts';
import type { BookingResult, Slot } from '../../../src/core/wire.ts';
import type { FakePage } from '../../support/fakes/fake-page.ts';
import type { MessageFate, RequestFate, SocketFate } from './steps.ts';
import type { TabClock } from './tab-clock.ts';

/** What can happen between a tab and the project. Each layer of tests brings its own. */
export interface TabNetwork {
  /** A request may have reached the server after its tab had given it up. */
  readonly haunted: boolean;
  /** No request is on its way. */
  readonly quiet: boolean;
  requests(fate: RequestFate, count: number): void;
  messages(fate: MessageFate, count: number): void;
  socket(fate: SocketFate): void;
  offline(): void;
  online(): void;
  /** From now on everything arrives, once and in time. */
  heal(): void;
}

export interface TabOptions {
  readonly client: OpenslotClient;
  readonly calendar: Calendar;
  readonly clock: TabClock;
  readonly page: FakePage;
  readonly network: TabNetwork;
  /** Service slugs, by whether they are long. */
  readonly services: { readonly short: string; readonly long: string };
  readonly name: string;
}

/** One question to the server whose answer matters; asked again until there is one. */
interface Question {
  readonly ask: () => Promise<BookingResult>;
  /** Whom a booking is for. */
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
  /** The newest that this visitor was told about each of their appointments, by token. */
  readonly appointments = new Map<string, BookingResult>();
  /** Errors that no visitor should ever get. */
  readonly surprises: OpenslotError[] = [];
  private readonly client: OpenslotClient;
  private readonly services: TabOptions['services'];
  private readonly questions: Question[] = [];
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

  /** Nothing that was begun is still under way. */
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

  /** What a form does: the held time, with the service that it is held for. */
  bookHeld(): void {
    const { hold, services } = this.state;
    const service = services.find(({ id }) => id === hold?.serviceId);
    if (hold && service) this.bookAt(service.slug, hold.start);
  }

  cancel(): void {
    const [token] = [...this.appointments.keys()].slice(-1);
    if (token) this.question(() => this.calendar.cancel(token));
  }

  reschedule(at: number): void {
    const [token] = this.appointments.keys();
    const start = this.time(at);
    if (token && start) this.question(() => this.calendar.reschedule(token, start));
  }

  /** Asks again what was never answered, as a visitor does who wants to know. */
  askAgain(): void {
    for (const question of this.questions) if (question.outcome === 'unknown') this.ask(question);
  }

  /** Looks up what may have changed untold, as the page behind the link in an e-mail does. */
  lookUp(): void {
    if (!this.network.haunted) return;
    for (const [token, known] of this.appointments) {
      const look = this.client.appointment(token).then((appointment) => {
        this.appointments.set(token, { ...known, appointment });
      });
      void this.follow(look);
    }
  }

  /** Those whose booking was refused. */
  get refused(): readonly (string | null)[] {
    return this.questions.filter(({ outcome }) => outcome === 'refused').map(({ patient }) => patient);
  }

  private bookAt(service: string, start: string): void {
    const patient = { name: `${this.name} ${++this.patients}`, email: 'patient@example.com' };
    this.question(() => this.calendar.book({ service, start, patient }), patient.name);
  }

  private question(ask: () => Promise<BookingResult>, patient: string | null = null): void {
    const question: Question = { ask, patient, outcome: 'waiting' };
    this.questions.push(question);
    this.ask(question);
  }

  private ask(question: Question): void {
    question.outcome = 'waiting';
    const answer = question.ask().then(
      (result) => {
        question.outcome = 'answered';
        const known = this.appointments.get(result.manage_token);
        // Answers overtake each other; the sequence tells which is the newer.
        if ((known?.appointment.sequence ?? -1) <= result.appointment.sequence)
          this.appointments.set(result.manage_token, result);
      },
      (error: unknown) => {
        question.outcome = isOpenslotError(error) && error.transient ? 'unknown' : 'refused';
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
      if (!error.transient && !REFUSALS.has(error.code)) this.surprises.push(error);
    } finally {
      this.underWay.delete(work);
    }
  }

  /** Among the times that are shown as open, or among all that are shown when none is. */
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
