import type { ReactiveControllerHost } from 'lit';
import { isOpenslotError, OpenslotError } from '../core/errors.ts';
import type { Calendar } from '../core/state.ts';
import type { BookingResult, PatientDetails, Service } from '../core/types.ts';
import type { CalendarController } from './calendar-controller.ts';
import {
  OpenslotAppointmentCancelledEvent,
  OpenslotAppointmentRescheduledEvent,
  OpenslotBookingConfirmedEvent,
  OpenslotBookingRejectedEvent,
  OpenslotBookingSubmitEvent,
  OpenslotSlotSelectEvent,
} from './booking-events.ts';
import { OpenslotErrorEvent } from './events.ts';
import { timeIsGone } from './failures.ts';
import type { Draft } from './requests.ts';

/** `move` asks whether an appointment shall go to the chosen time; `done` shows the appointment. */
export type Step = 'times' | 'details' | 'move' | 'done';

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
  /** How the request to hold the chosen time went. */
  holding: 'pending' | 'granted' | 'refused' = 'pending';
  /** Why the latest call failed, until the patient goes on. */
  refusal: OpenslotError | null = null;
  busy = false;
  booked: BookingResult | null = null;
  moved = false;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #source: CalendarController;
  /** The calendar that the chosen time is held in. */
  #holder: Calendar | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, source: CalendarController) {
    this.#host = host;
    this.#source = source;
  }

  /** Forgets everything; another provider's calendar is shown from now on. */
  reset(): void {
    this.#release();
    this.#set({ step: 'times', chosen: null, refusal: null, busy: false, booked: null, moved: false });
  }

  /** Takes a time and holds it at once. */
  choose(service: Service, start: string): void {
    if (this.busy || !this.#host.dispatchEvent(new OpenslotSlotSelectEvent({ service, start }))) return;
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
      // A time that can't be held longer is still held.
      this.#set({ holding: error.code === 'hold_limit_reached' ? 'granted' : 'refused', refusal: error });
      this.#report(error);
    }
  }

  type(field: keyof Draft, value: string): void {
    this.#set({ typed: { ...this.typed, [field]: value } });
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
    const patient = patientFrom(draft, context);
    if (!this.#host.dispatchEvent(new OpenslotBookingSubmitEvent({ ...chosen, patient }))) return;
    await this.#send(
      (calendar) =>
        calendar
          .book({ service: chosen.service.id, start: chosen.start, patient })
          .finally(() => calendar.clearBooking()),
      ({ appointment }) => {
        this.#host.dispatchEvent(new OpenslotBookingConfirmedEvent(appointment));
      },
      (error) => {
        this.#host.dispatchEvent(new OpenslotBookingRejectedEvent({ ...chosen, error }));
      },
    );
  }

  /** Lets the patient choose a new time for the appointment. */
  startMove(): void {
    this.#set({ step: 'times', chosen: null, refusal: null });
  }

  async confirmMove(): Promise<void> {
    const { booked, chosen } = this;
    if (!booked || !chosen) return;
    await this.#send(
      (calendar) => calendar.reschedule(booked.manage_token, chosen.start),
      ({ appointment }) => {
        this.moved = true;
        this.#host.dispatchEvent(new OpenslotAppointmentRescheduledEvent(appointment, booked.appointment.start));
      },
    );
  }

  async confirmCancel(): Promise<void> {
    const { booked } = this;
    if (!booked) return;
    await this.#send(
      (calendar) => calendar.cancel(booked.manage_token),
      ({ appointment }) => {
        this.#host.dispatchEvent(new OpenslotAppointmentCancelledEvent(appointment));
      },
    );
  }

  /** Name and address are the same person's; what the last appointment was about is not. */
  bookAnother(): void {
    this.#set({
      step: 'times',
      chosen: null,
      booked: null,
      moved: false,
      refusal: null,
      typed: { ...this.typed, note: '' },
    });
  }

  /** Lets go of the chosen time, if it is the one that is held. */
  #release(): void {
    const hold = this.#holder?.getState().hold;
    if (hold && hold.start === this.chosen?.start) void this.#holder?.release();
  }

  async #send(
    ask: (calendar: Calendar) => Promise<BookingResult>,
    confirmed: (result: BookingResult) => void,
    rejected?: (error: OpenslotError) => void,
  ): Promise<void> {
    const { calendar } = this.#source;
    if (!calendar || this.busy) return;
    this.#set({ busy: true, refusal: null });
    try {
      const booked = await ask(calendar);
      if (this.#source.calendar === calendar) this.#set({ booked, step: 'done', chosen: null });
      confirmed(booked);
    } catch (caught) {
      const error = asError(caught);
      if (this.#source.calendar === calendar) this.#set({ refusal: error });
      if (rejected) rejected(error);
      else this.#report(error);
    } finally {
      if (this.#source.calendar === calendar) this.#set({ busy: false });
    }
  }

  /** Times go to others every day; that is no error. */
  #report(error: OpenslotError): void {
    if (!timeIsGone(error)) this.#host.dispatchEvent(new OpenslotErrorEvent(error));
  }

  #set(
    changes: Partial<
      Pick<BookingFlow, 'step' | 'chosen' | 'typed' | 'holding' | 'refusal' | 'busy' | 'booked' | 'moved'>
    >,
  ): void {
    Object.assign(this, changes);
    this.#host.requestUpdate();
  }
}

function patientFrom(
  { name, email, phone, note }: Draft,
  { locale, zone }: { locale: string; zone: string },
): PatientDetails {
  return {
    name: name.trim(),
    email: email.trim(),
    phone: phone.trim() || null,
    note: note.trim() || null,
    time_zone: zone,
    locale,
  };
}

function asError(caught: unknown): OpenslotError {
  return isOpenslotError(caught) ? caught : new OpenslotError('unknown', undefined, { cause: caught });
}
