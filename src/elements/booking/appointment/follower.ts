import type { ReactiveControllerHost } from 'lit';
import type { AppointmentOptions, AppointmentState, LiveAppointment } from '../../../core/appointment/types.ts';
import type { OpenslotClient } from '../../../core/client.ts';
import type { Appointment } from '../../../core/wire.ts';
import { standingOf } from './views.ts';
import { type Attributes, realtimeFrom } from '../attributes.ts';
import type { BookingController } from '../controller.ts';
import { OpenslotStatusChangeEvent } from '../../shared/events.ts';
import { StoreController } from '../../shared/store-controller.ts';

/** Follows the appointment that a widget shows, and updates the widget after every change of it. */
export class AppointmentFollower {
  readonly #host: ReactiveControllerHost & HTMLElement & Attributes;
  readonly #booking: BookingController;
  #client: OpenslotClient | null = null;
  #options: AppointmentOptions | null = null;
  readonly #store: StoreController<AppointmentState>;
  #live: LiveAppointment | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement & Attributes, booking: BookingController) {
    this.#host = host;
    this.#booking = booking;
    this.#store = new StoreController<AppointmentState>(host, (state, before) => this.#changed(state, before));
  }

  get state(): AppointmentState | null {
    return this.#store.state;
  }

  /**
   * Before the host renders: follows the appointment that is shown, and takes what became of it. True if there is another
   * one to show than before, or another step.
   */
  update(): boolean {
    const booking = this.#booking;
    const { source, flow } = booking;
    if (!flow) return false;
    const { booked, step } = flow;
    const token = booking.token || booked?.manage_token;
    const known = booked?.appointment;
    const realtime = realtimeFrom(this.#host.realtime);
    this.#follow(source.client, token ? { token, realtime, ...(known && { known }) } : null);
    const { state } = this;
    if (!state || !token) return false;
    flow.learn(state, token);
    if (known && source.state?.error?.code === 'provider_not_found') flow.endMove();
    const appointment = flow.booked?.appointment;
    if (appointment !== known || flow.step !== step) {
      booking.heard(known && appointment ? this.#announcement(appointment) : '');
      return true;
    }
    if (booking.token) {
      if (!source.state) source.reportError(state.error);
      if (appointment) source.reportReady(appointment.provider, [appointment.service]);
    }
    return false;
  }

  /** Epoch ms at which time alone changes how it stands; `Infinity` if never. */
  changesAt(now: number): number {
    const { start = '', end = '' } = this.state?.appointment ?? {};
    return Math.min(...[start, end].map((at) => Date.parse(at)).filter((at) => at > now));
  }

  #announcement(appointment: Appointment): string {
    const { selection, flow, language, later, now } = this.#booking;
    const messages = language.texts.steps ?? later?.enSteps;
    if (!flow || !messages) return '';
    const { heading } = standingOf({ selection, flow, messages, now }, appointment);
    return `${heading}: ${selection.display.when(appointment.start, 'long')}`;
  }

  #follow(client: OpenslotClient | null, options: AppointmentOptions | null): void {
    const { token, realtime } = this.#options ?? {};
    if (client === this.#client && options?.token === token && options?.realtime === realtime) return;
    this.#store.follow(null);
    this.#client = client;
    this.#options = options;
    this.#live = null;
    if (client && options) void this.#start(client, options);
  }

  refresh(): Promise<void> | undefined {
    return this.#live?.refresh();
  }

  async #start(client: OpenslotClient, options: AppointmentOptions): Promise<void> {
    const live = await client.liveAppointment(options);
    if (options !== this.#options) return;
    this.#live = live;
    this.#store.follow(live);
  }

  #changed({ connection }: AppointmentState, before: AppointmentState | null): void {
    // The connection of a calendar is the same, and its controller dispatches the event.
    if (connection !== before?.connection && !this.#booking.source.state) {
      this.#host.dispatchEvent(new OpenslotStatusChangeEvent(connection));
    }
  }
}
