import type { ReactiveControllerHost } from 'lit';
import type { AppointmentMove } from '../../core/appointment/types.ts';
import type { Calendar } from '../../core/calendar/types.ts';
import type { OpenslotError } from '../../core/errors.ts';
import type { Answers, Appointment, BookingResult, Service } from '../../core/wire.ts';
import type { Draft } from './requests.ts';

/** `move` asks whether the appointment shall go to the chosen time; `done` shows the appointment. */
export type Step = 'times' | 'details' | 'move' | 'done';

/** A time that is being booked, or that the appointment moves to. */
export interface Chosen {
  readonly service: Service;
  /** ISO instant. */
  readonly start: string;
}

/** An appointment, and the token that opens, moves and cancels it. */
export type Booked = Pick<BookingResult, 'appointment' | 'manage_token'>;

/** A request to the server that makes or changes the appointment. */
export interface Sending {
  readonly call: (calendar: Calendar) => Promise<BookingResult>;
  readonly confirmed: (appointment: Appointment) => void;
  readonly rejected?: (error: OpenslotError) => void;
  /** Whether the server has done it, judged by the appointment. */
  readonly isDone?: (appointment: Appointment) => boolean;
}

/**
 * Where the patient is between choosing a time and having an appointment. State only: what changes it stands in
 * `steps.ts` and in the requests of the screens, which load later.
 */
export class BookingFlow {
  step: Step = 'times';
  chosen: Chosen | null = null;
  /** What the patient has typed so far; fields that were not touched show what the page filled in. */
  typed: Partial<Draft> = {};
  /** What the patient has answered so far, to this service's questions and to those of others. */
  answers: Answers = {};
  /** How the request to hold the chosen time went. */
  holding: 'pending' | 'granted' | 'refused' = 'pending';
  /** Why the latest call failed, until the patient goes on. */
  refusal: OpenslotError | null = null;
  /** A request that makes or changes the appointment is on its way. */
  busy = false;
  booked: Booked | null = null;
  /** The patient booked it here, rather than opening it by its token. */
  isNew = false;
  /** The patient moved it while it was shown. */
  moved = false;
  /** The provider takes no bookings online any more, so there are no new times for it. */
  isFixed = false;
  /** How the appointment came to its time, as far as the database knows. */
  move: AppointmentMove | null = null;

  /** The calendar that the chosen time is held in. */
  holder: Calendar | null = null;
  /** The appointment as the server sent it last. */
  latest: Appointment | null = null;
  /** The request that got no answer; the server may have carried it out. */
  unanswered: Sending | null = null;

  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  set(changes: Partial<BookingFlow>): void {
    Object.assign(this, changes);
    this.#host.requestUpdate();
  }

  /** Goes back to the times of another provider, or of none. */
  reset(): void {
    this.release();
    this.set({ step: 'times', chosen: null, refusal: null, busy: false });
    this.forget();
  }

  /** Forgets the appointment. */
  forget(): void {
    this.booked = this.move = this.latest = this.unanswered = null;
    this.isNew = this.moved = this.isFixed = false;
  }

  /** Releases the chosen time if this visitor holds it. */
  release(): void {
    const hold = this.holder?.getState().hold;
    if (hold && hold.start === this.chosen?.start) void this.holder?.release();
  }
}
