import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type {
  AppointmentOptions,
  AppointmentState,
  LiveAppointment,
  OpenslotClient,
} from '../../../core/calendar/types.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { type Attributes, realtimeFrom } from '../attributes.ts';
import type { BookingActions, Follower } from '../screen.ts';
import { OpenslotStatusChangeEvent } from '../../shared/events.ts';
import { announcementOf } from './status-text.ts';
import { applyUpdate, endMove } from './updates.ts';

/** Keeps a widget told of how its appointment stands, by an update after every change. */
export class AppointmentFollower implements ReactiveController, Follower {
  state: AppointmentState | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement & Attributes;
  readonly #booking: BookingActions;
  #client: OpenslotClient | null = null;
  #options: AppointmentOptions | null = null;
  #live: LiveAppointment | null = null;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement & Attributes, booking: BookingActions) {
    this.#host = host;
    this.#booking = booking;
    host.addController(this);
  }

  hostConnected(): void {
    this.#subscribe();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /**
   * Before the host renders: follows the appointment that is shown, and takes what became of it. True if there is another
   * one to show than before, or another step.
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
    const appointment = flow.booked?.appointment;
    if (appointment !== known || flow.step !== step) {
      const texts = booking.textsFor({ appointment: enAppointment }).appointment;
      booking.announceRemoteChange(known && appointment ? announcementOf(booking, texts, appointment) : '');
      return true;
    }
    if (booking.token) {
      if (!source.state) source.tellError(state.error);
      if (appointment) source.tellReady(appointment.provider, [appointment.service]);
    }
    return false;
  }

  /** Epoch ms at which time alone changes how it stands; `Infinity` if never. */
  changesAt(now: number): number {
    const { start = '', end = '' } = this.state?.appointment ?? {};
    return Math.min(...[start, end].map((at) => Date.parse(at)).filter((at) => at > now));
  }

  #follow(client: OpenslotClient | null, options: AppointmentOptions | null): void {
    const { token, realtime } = this.#options ?? {};
    if (client === this.#client && options?.token === token && options?.realtime === realtime) return;
    this.hostDisconnected();
    this.#client = client;
    this.#options = options;
    this.#live = this.state = null;
    if (client && options) void this.#start(client, options);
  }

  refresh(): Promise<void> | undefined {
    return this.#live?.refresh();
  }

  async #start(client: OpenslotClient, options: AppointmentOptions): Promise<void> {
    const live = await client.liveAppointment(options);
    if (options !== this.#options) return;
    this.#live = live;
    if (this.#host.isConnected) this.#subscribe();
  }

  #subscribe(): void {
    if (!this.#live || this.#unsubscribe) return;
    this.#unsubscribe = this.#live.subscribe(() => this.#update());
    this.#update();
  }

  #update(): void {
    const before = this.state?.connection;
    this.state = this.#live?.getState() ?? null;
    this.#host.requestUpdate();
    const connection = this.state?.connection;
    // A calendar tells of its own, which is the same.
    if (connection && connection !== before && !this.#booking.source.state) {
      this.#host.dispatchEvent(new OpenslotStatusChangeEvent(connection));
    }
  }
}
