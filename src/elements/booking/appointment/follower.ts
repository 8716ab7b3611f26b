import type { ReactiveControllerHost } from 'lit';
import type { AppointmentOptions, AppointmentState, LiveAppointment } from '../../../core/appointment/types.ts';
import type { OpenslotClient } from '../../../core/client.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { type Attributes, realtimeFrom } from '../attributes.ts';
import type { BookingActions, Follower } from '../screen.ts';
import { OpenslotStatusChangeEvent } from '../../shared/events.ts';
import { StoreController } from '../../shared/store-controller.ts';
import { announcementOf } from './status-text.ts';
import { applyUpdate, endChanges, endMove } from './updates.ts';

/** Follows the appointment that a widget shows, and updates the widget after every change of it. */
export class AppointmentFollower implements Follower {
  readonly #host: ReactiveControllerHost & HTMLElement & Attributes;
  readonly #booking: BookingActions;
  #client: OpenslotClient | null = null;
  #options: AppointmentOptions | null = null;
  readonly #store: StoreController<AppointmentState>;
  #live: LiveAppointment | null = null;
  /** Epoch ms of the latest update. What comes between it and the end of the rendering is still to come. */
  #checkedAt = 0;

  constructor(host: ReactiveControllerHost & HTMLElement & Attributes, booking: BookingActions) {
    this.#host = host;
    this.#booking = booking;
    this.#store = new StoreController<AppointmentState>(host, (state, before) => this.#changed(state, before));
  }

  get state(): AppointmentState | null {
    return this.#store.state;
  }

  /**
   * Before the host renders: follows the appointment that is shown, and applies its latest state. Returns true if there is
   * another appointment to show than before, or another step.
   */
  update(): boolean {
    const booking = this.#booking;
    const { source, flow } = booking;
    const { booked, step } = flow;
    const token = booking.token || booked?.manage_token;
    const known = booked?.appointment;
    const realtime = realtimeFrom(this.#host.realtime);
    this.#follow(source.client, token ? { token, realtime, ...(known && { known }) } : null);
    const { state } = this;
    if (!state || !token) return false;
    applyUpdate(flow, state, token);
    if (known && source.state?.error?.code === 'provider_not_found') endMove(flow);
    this.#checkedAt = booking.now();
    if (endChanges(flow, this.#checkedAt)) void this.refresh();
    const appointment = flow.booked?.appointment;
    if (appointment !== known || flow.step !== step) {
      const texts = booking.textsFor({ appointment: enAppointment }).appointment;
      booking.announceRemoteChange(known && appointment ? announcementOf(booking, texts, appointment) : '');
      return true;
    }
    if (booking.token) {
      if (!source.state) source.reportError(state.error);
      if (appointment) source.reportReady(appointment.provider, [appointment.service]);
    }
    return false;
  }

  /** Epoch ms at which time alone changes the status of the appointment, as it was last looked at; `Infinity` if never. */
  changesAt(): number {
    const { start = '', end = '', changeable_until: until = '' } = this.state?.appointment ?? {};
    return Math.min(...[start, end, until].map((at) => Date.parse(at)).filter((at) => at > this.#checkedAt));
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
