import type { ReactiveControllerHost } from 'lit';
import { isOpenslotError, OpenslotError } from '../../core/errors.ts';
import type { AppointmentMove, AppointmentState } from '../../core/appointment/types.ts';
import type { Calendar } from '../../core/calendar/types.ts';
import type { Answer, Answers, Appointment, BookingResult, Service } from '../../core/wire.ts';
import type { CalendarController } from './calendar-controller.ts';
import {
  OpenslotAppointmentCancelledEvent,
  OpenslotAppointmentRescheduledEvent,
  OpenslotBookingConfirmedEvent,
  OpenslotBookingRejectedEvent,
  OpenslotBookingSubmitEvent,
  OpenslotSlotSelectEvent,
} from './events.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import { clearDraft, readDraft, saveDraft, withAnswer } from './details/draft.ts';
import { timeIsGone } from './error-texts.ts';
import { answersTo, patientFrom } from './details/patient-details.ts';
import type { Draft } from './requests.ts';

/** `move` asks whether an appointment shall go to the chosen time; `done` shows the appointment. */
export type Step = 'times' | 'details' | 'move' | 'done';

/** An appointment, and the token that opens, moves and cancels it. */
export type Booked = Pick<BookingResult, 'appointment' | 'manage_token'>;

interface Sending {
  readonly ask: (calendar: Calendar) => Promise<BookingResult>;
  readonly confirmed: (appointment: Appointment) => void;
  readonly rejected?: (error: OpenslotError) => void;
  /** Whether what was asked has been done, by how the appointment stands. */
  readonly isDone?: (appointment: Appointment) => boolean;
}

/**
 * Where the patient is between choosing a time and having an appointment, and the calls to the server on the way. Every
 * answer that comes after the patient went on is dropped.
 */
export class BookingFlow {
  step: Step = 'times';
  /** The time that is being booked, or moved to. */
  chosen: { readonly service: Service; readonly start: string } | null = null;
  /** What the patient typed so far; fields that weren't touched have what the page filled in. */
  typed: Partial<Draft> = {};
  /** What the patient answered so far, to this service's questions and others'. */
  answers: Answers = {};
  /** How the request to hold the chosen time went. */
  holding: 'pending' | 'granted' | 'refused' = 'pending';
  /** Why the latest call failed, until the patient goes on. */
  refusal: OpenslotError | null = null;
  busy = false;
  booked: Booked | null = null;
  /** It was booked here, rather than opened by its token. */
  isNew = false;
  /** The patient moved it while it was shown. */
  moved = false;
  /** The provider takes no bookings online any more, so there are no new times for it. */
  isFixed = false;
  /** How it came to its time, as far as the database told. */
  move: AppointmentMove | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #source: CalendarController;
  /** The calendar that the chosen time is held in. */
  #holder: Calendar | null = null;
  /** What was last known of the appointment from elsewhere. */
  #learnt: Appointment | null = null;
  /** What got no answer, and may have been done all the same. */
  #unanswered: Sending | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, source: CalendarController) {
    this.#host = host;
    this.#source = source;
  }

  /** Forgets everything; another provider's calendar is shown from now on. */
  reset(): void {
    this.#release();
    this.#set({ step: 'times', chosen: null, refusal: null, busy: false });
    this.#forget();
  }

  /** Takes a time and holds it at once. */
  choose(service: Service, start: string): void {
    if (this.busy || !this.#host.dispatchEvent(new OpenslotSlotSelectEvent({ service, start }))) return;
    if (Object.keys({ ...this.typed, ...this.answers }).length === 0) Object.assign(this, readDraft(this.#provider));
    this.#set({ chosen: { service, start }, step: this.booked ? 'move' : 'details' });
    void this.hold();
  }

  /** Holds the chosen time, or holds it longer. */
  async hold(): Promise<void> {
    const { chosen } = this;
    const { calendar } = this.#source;
    if (!chosen || !calendar) return;
    this.#holder = calendar;
    const isCurrent = () => this.chosen === chosen && this.#source.calendar === calendar;
    this.#set({ holding: 'pending', refusal: null });
    try {
      await calendar.hold(chosen.service.id, chosen.start);
      if (isCurrent()) this.#set({ holding: 'granted' });
    } catch (caught) {
      const error = asError(caught);
      if (!isCurrent() || error.code === 'aborted') return;
      // An appointment can be moved even if its service isn't offered any more; only its new time can't be held.
      const isMoot = this.booked !== null && error.code === 'service_not_found';
      // A time that can't be held longer is still held.
      const holding = error.code === 'hold_limit_reached' ? 'granted' : 'refused';
      this.#set({ holding, refusal: isMoot ? null : error });
      if (!isMoot) this.#report(error);
    }
  }

  type(field: keyof Draft, value: string): void {
    this.#set({ typed: { ...this.typed, [field]: value } });
    this.#save();
  }

  /** @param answer null takes it back */
  answer(key: string, answer: Answer | null): void {
    this.#set({ answers: withAnswer(this.answers, key, answer) });
    this.#save();
  }

  /** One step back; what was typed stays. */
  back(): void {
    if (this.busy) return;
    this.#release();
    this.#set({ step: this.step === 'times' ? 'done' : 'times', chosen: null, refusal: null });
  }

  async submit(draft: Draft, context: { locale: string; zone: string }): Promise<void> {
    const { chosen } = this;
    if (!chosen || this.busy) return;
    const patient = patientFrom(draft, context, answersTo(chosen.service, this.answers));
    if (!this.#host.dispatchEvent(new OpenslotBookingSubmitEvent({ ...chosen, patient }))) return;
    await this.#send({
      ask: (calendar) =>
        calendar
          .book({ service: chosen.service.id, start: chosen.start, patient })
          .finally(() => calendar.clearBooking()),
      confirmed: (appointment) => {
        this.isNew = true;
        this.answers = {};
        clearDraft(this.#provider);
        this.#host.dispatchEvent(new OpenslotBookingConfirmedEvent(appointment));
      },
      rejected: (error) => {
        this.#host.dispatchEvent(new OpenslotBookingRejectedEvent({ ...chosen, error }));
      },
    });
  }

  /** Lets the patient choose a new time for the appointment. */
  startMove(): void {
    this.#set({ step: 'times', chosen: null, refusal: null });
  }

  /** There are no times to choose from, after all. */
  endMove(): void {
    this.isFixed = true;
    if (this.step === 'times') this.back();
  }

  async confirmMove(): Promise<void> {
    const { booked, chosen } = this;
    if (!booked || !chosen) return;
    const { appointment: before, manage_token: token } = booked;
    await this.#send({
      ask: (calendar) => calendar.reschedule(token, chosen.start),
      confirmed: (appointment) => {
        this.moved = true;
        this.#host.dispatchEvent(new OpenslotAppointmentRescheduledEvent(appointment, before.start));
      },
      isDone: ({ status, start }) => status === 'confirmed' && Date.parse(start) === Date.parse(chosen.start),
    });
  }

  async confirmCancel(reason: string): Promise<void> {
    const { booked } = this;
    if (!booked) return;
    const isDone = (appointment: Appointment) => appointment.cancelled_by === 'patient';
    await this.#send({
      ask: (calendar) => calendar.cancel(booked.manage_token, reason || undefined),
      confirmed: (appointment) => {
        // The clinic may have been faster.
        if (isDone(appointment)) this.#host.dispatchEvent(new OpenslotAppointmentCancelledEvent(appointment));
      },
      isDone,
    });
  }

  /** Takes what the database says of the appointment by now, whoever changed it. */
  learn({ appointment, move }: AppointmentState, manage_token: string): void {
    const before = this.booked?.appointment;
    // What is being asked answers for itself. Answers come in any order.
    if (!appointment || this.busy || appointment === this.#learnt) return;
    this.#learnt = appointment;
    if (before && (before.id !== appointment.id || before.sequence > appointment.sequence)) return;
    this.move = move;
    if (before && JSON.stringify(before) === JSON.stringify(appointment)) return;
    this.booked = { appointment, manage_token };
    const isOtherTime = before !== undefined && before.start !== appointment.start;
    if (isOtherTime) this.moved = move?.by !== 'provider';
    if (isOtherTime || appointment.status !== 'confirmed') this.refusal = null;
    const unanswered = this.#unanswered;
    if (unanswered?.isDone?.(appointment)) {
      this.#conclude();
      unanswered.confirmed(appointment);
    } else if (!before || appointment.status !== 'confirmed') {
      this.#conclude();
    }
  }

  /** There is an appointment, and nothing on the way that would change it. */
  #conclude(): void {
    this.#unanswered = null;
    this.#release();
    this.#set({ step: 'done', chosen: null });
  }

  /** Name and address are the same person's; what the last appointment was about is not. */
  bookAnother(): void {
    const { name, email, phone } = this.booked?.appointment.patient ?? {};
    const known = { ...(name && { name }), ...(email && { email }), ...(phone && { phone }) };
    this.#set({ step: 'times', chosen: null, refusal: null, typed: { ...known, ...this.typed, note: '' } });
    this.#forget();
  }

  #forget(): void {
    this.booked = this.move = this.#learnt = this.#unanswered = null;
    this.isNew = this.moved = this.isFixed = false;
  }

  /** Lets go of the chosen time, if it is the one that is held. */
  #release(): void {
    const hold = this.#holder?.getState().hold;
    if (hold && hold.start === this.chosen?.start) void this.#holder?.release();
  }

  async #send(sending: Sending): Promise<void> {
    const { calendar } = this.#source;
    if (!calendar || this.busy) return;
    this.#unanswered = null;
    this.#set({ busy: true, refusal: null });
    const isCurrent = () => this.#source.calendar === calendar;
    try {
      const { appointment, manage_token } = await sending.ask(calendar);
      if (isCurrent()) this.#set({ booked: { appointment, manage_token }, step: 'done', chosen: null });
      sending.confirmed(appointment);
    } catch (caught) {
      const error = asError(caught);
      if (isCurrent()) {
        if (error.transient) this.#unanswered = sending;
        this.#set({ refusal: error });
      }
      if (sending.rejected) sending.rejected(error);
      else this.#report(error);
    } finally {
      if (isCurrent()) this.#set({ busy: false });
    }
  }

  /** Times go to others every day; that is no error. */
  #report(error: OpenslotError): void {
    if (!timeIsGone(error)) this.#host.dispatchEvent(new OpenslotErrorEvent(error));
  }

  get #provider(): string {
    return this.#source.state?.provider?.id ?? '';
  }

  #save(): void {
    const { typed, answers } = this;
    saveDraft(this.#provider, { typed, answers });
  }

  #set(
    changes: Partial<
      Pick<BookingFlow, 'step' | 'chosen' | 'typed' | 'answers' | 'holding' | 'refusal' | 'busy' | 'booked'>
    >,
  ): void {
    Object.assign(this, changes);
    this.#host.requestUpdate();
  }
}

function asError(caught: unknown): OpenslotError {
  return isOpenslotError(caught) ? caught : new OpenslotError('unknown', undefined, { cause: caught });
}
