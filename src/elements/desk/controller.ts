import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Desk, DeskState } from '../../core/desk/state.ts';
import { type OpenslotError, toOpenslotError } from '../../core/errors.ts';
import type { DeskAppointment, DeskProvider, SetHoursResult } from '../../core/desk/types.ts';
import { addDays, dayOf, type Weekday, weekday } from '../../core/time/time-zones.ts';
import type { DeskMessages } from '../../locales/index.ts';
import type { DeskDisplay } from './display.ts';
import type { DeskRequests } from './requests.ts';
import { OpenslotErrorEvent, OpenslotReadyEvent, OpenslotStatusChangeEvent } from '../shared/events.ts';
import type { DeskSessionController } from './session-controller.ts';
import { DeskTeam } from './panels/team.ts';
import { done, type Done, failed } from './undo.ts';

const WEEK = 7;

/** What is open over the agenda. */
export type Panel =
  | { readonly kind: 'menu' | 'hours' | 'settings' | 'team' }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'book'; readonly start: string }
  | { readonly kind: 'appointment'; readonly id: string }
  | { readonly kind: 'cancel'; readonly id: string; readonly message?: string }
  | { readonly kind: 'move'; readonly id: string; readonly start: string | null; readonly message?: string };

/** How the controller writes. */
export interface Language {
  readonly display: DeskDisplay;
  readonly messages: DeskMessages;
  /** The first day of the week. */
  readonly firstDay: Weekday;
}

/** Which days of whose calendar are shown, what is open over them, and what became of what was asked for. */
export class DeskController implements ReactiveController {
  desk: (Desk & { close(): void }) | null = null;
  state: DeskState | null = null;
  provider: DeskProvider | null = null;
  /** The day that is looked at, `YYYY-MM-DD`: its week is shown. */
  day = '';
  panel: Panel | null = null;
  /** Why what was asked in the panel was refused. */
  problem: OpenslotError | null = null;
  busy = false;
  toast: Done | null = null;
  /** What the hours that were asked about would change. */
  preview: SetHoursResult | null = null;
  readonly team: DeskTeam;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #session: DeskSessionController;
  readonly #language: () => Language;
  #unsubscribe: (() => void) | undefined;
  /** The appointment of the panel that is open, or was the last. */
  #subject: DeskAppointment | null = null;
  #told: string | null = null;
  #isReady = false;

  constructor(host: ReactiveControllerHost & HTMLElement, session: DeskSessionController, language: () => Language) {
    this.#host = host;
    this.#session = session;
    this.#language = language;
    this.team = new DeskTeam(this, session, language);
    host.addController(this);
  }

  /** Epoch ms by the server's clock. */
  readonly now = (): number => (this.#session.client?.now() ?? Date.now()) + (this.state?.clockOffset ?? 0);

  get days(): readonly string[] {
    const { firstDay } = this.#language();
    const first = addDays(this.day, -((weekday(this.day) - firstDay + WEEK) % WEEK));
    return Array.from({ length: WEEK }, (_, index) => addDays(first, index));
  }

  get services() {
    return (this.state?.services ?? []).filter(({ active }) => active);
  }

  /** As it is now, or as it was when its panel was opened, while another week is looked at. */
  appointment(id: string): DeskAppointment | undefined {
    const known = this.state?.appointments.find((appointment) => appointment.id === id);
    return known ?? (this.#subject?.id === id ? this.#subject : undefined);
  }

  hostConnected(): void {
    this.#subscribe();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Shows that provider's calendar; nobody's without one. */
  show(provider: DeskProvider | null): void {
    if (provider?.id === this.provider?.id) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.desk?.close();
    this.provider = provider;
    this.desk = this.state = this.panel = this.problem = null;
    this.#isReady = false;
    const { client } = this.#session;
    if (!provider || !client) return;
    this.day = dayOf(this.now(), provider.time_zone);
    this.desk = client.desk(provider.id, this.#range());
    this.#subscribe();
  }

  /** Shows a day, and the week around it. */
  go(day: string): void {
    this.day = day;
    this.desk?.show(this.#range());
    this.#host.requestUpdate();
  }

  /** @param step of days */
  turn(by: -1 | 1 | null, step: number): void {
    const today = dayOf(this.now(), this.provider?.time_zone ?? 'UTC');
    this.go(by === null ? today : addDays(this.day, by * step));
  }

  open(panel: Panel | null): void {
    this.panel = panel;
    if (panel && 'id' in panel) this.#subject = this.appointment(panel.id) ?? null;
    this.problem = this.preview = null;
    this.team.forget();
    if (panel?.kind === 'team' && this.provider) void this.team.ask({ do: 'show', tenant: this.provider.tenant_id });
    this.#host.requestUpdate();
  }

  dismiss(): void {
    this.toast = null;
    this.#host.requestUpdate();
  }

  async setSlots({ from, to, status }: DeskRequests['openslot-desk-set-slots']): Promise<void> {
    const { messages } = this.#language();
    this.open(null);
    await this.#try(async (desk) => {
      const { changed, kept } = await desk.setSlots(from, to, status);
      const names = kept.map(({ patient }) => patient.name).join(', ');
      const text = [
        changed === 0 ? messages.nothingChanged : '',
        changed > 0 ? (status === 'blocked' ? messages.blockedToast : messages.openedToast)(changed) : '',
        status === 'blocked' && names ? messages.keptToast(names) : '',
      ];
      const back = status === 'blocked' ? 'open' : 'blocked';
      const undo = changed > 0 ? () => desk.setSlots(from, to, back) : null;
      this.toast = done(text.filter(Boolean).join(' '), undo);
    });
  }

  async book({ service, start, patient }: DeskRequests['openslot-desk-book']): Promise<void> {
    const { messages, display } = this.#language();
    await this.inPanel(async (desk) => {
      const booked = await desk.book({ service, start, patient });
      this.toast = done(messages.bookedToast(booked.patient.name, display.when(booked.start, 'short')));
    });
  }

  async move({ id, start, message }: DeskRequests['openslot-desk-move']): Promise<void> {
    const { messages, display } = this.#language();
    await this.#withAppointment(id, { kind: 'move', id, start, message }, async (desk, appointment) => {
      const moved = await desk.reschedule(appointment, start, message);
      this.toast = done(messages.movedToast(moved.patient.name, display.when(moved.start, 'short')));
    });
  }

  async cancel({ id, message }: DeskRequests['openslot-desk-cancel']): Promise<void> {
    const { messages } = this.#language();
    await this.#withAppointment(id, { kind: 'cancel', id, message }, async (desk, appointment) => {
      await desk.cancel(appointment, message);
      this.toast = done(messages.cancelledToast(appointment.patient.name));
    });
  }

  async mark({ id, status }: DeskRequests['openslot-desk-mark']): Promise<void> {
    const { messages } = this.#language();
    await this.#withAppointment(id, { kind: 'appointment', id }, async (desk, appointment) => {
      const before = appointment.status;
      const marked = await desk.mark(appointment, status);
      const undo = before === 'cancelled' ? null : () => desk.mark(marked, before);
      this.toast = done(messages.markedToast(marked.patient.name, messages.status[marked.status]), undo);
    });
  }

  async previewHours({ hours, version }: DeskRequests['openslot-desk-preview-hours']): Promise<void> {
    await this.inPanel(
      async (desk) => {
        this.preview = await desk.previewHours(hours, version);
      },
      { staysOpen: true },
    );
  }

  async saveHours({ hours, version }: DeskRequests['openslot-desk-save-hours']): Promise<void> {
    const { messages } = this.#language();
    await this.inPanel(async (desk) => {
      await desk.saveHours(hours, version);
      this.toast = done(messages.savedToast);
    });
  }

  async saveSettings({ provider, services }: DeskRequests['openslot-desk-save-settings']): Promise<void> {
    const { messages } = this.#language();
    await this.inPanel(async (desk) => {
      if (provider) await desk.saveProvider(provider);
      for (const service of services) await desk.saveService(service);
      this.toast = done(messages.savedToast);
    });
  }

  async undo(): Promise<void> {
    const { messages } = this.#language();
    const undo = this.toast?.undo;
    this.dismiss();
    if (!undo) return;
    await this.#try(async () => {
      await undo();
      this.toast = done(messages.undone);
    });
  }

  /** What is told of a failure, in a sentence, and of an appointment that changed what it is now. */
  sentence(error: OpenslotError): string {
    const { messages, display } = this.#language();
    const { panel } = this;
    const appointment =
      error.code === 'appointment_changed' && panel && 'id' in panel ? this.appointment(panel.id) : null;
    const now = appointment
      ? ` ${messages.isNow(display.when(appointment.start, 'short'), messages.status[appointment.status])}`
      : '';
    return messages.errors[error.code] + now;
  }

  /** Takes what went wrong to whom it concerns. */
  async fail(error: unknown): Promise<OpenslotError> {
    const failure = toOpenslotError(error);
    this.#host.dispatchEvent(new OpenslotErrorEvent(failure));
    await this.#session.check(failure);
    return failure;
  }

  /** With the panel open until it succeeded: what was typed there is not lost. */
  async inPanel(work: (desk: Desk) => Promise<void>, { staysOpen = false } = {}): Promise<void> {
    const { desk, panel } = this;
    if (!desk || this.busy) return;
    this.busy = true;
    this.problem = null;
    this.#host.requestUpdate();
    try {
      await work(desk);
      if (this.panel === panel && !staysOpen) this.panel = null;
    } catch (error) {
      this.problem = await this.fail(error);
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  /**
   * The panel closes at once, as what is assumed is shown at once.
   * @param back what is open again, and says why, if it is refused
   */
  async #withAppointment(
    id: string,
    back: Panel,
    work: (desk: Desk, appointment: DeskAppointment) => Promise<void>,
  ): Promise<void> {
    const { desk } = this;
    const appointment = this.appointment(id);
    if (!desk || !appointment) return;
    this.open(null);
    try {
      await work(desk, appointment);
    } catch (error) {
      const failure = await this.fail(error);
      const isChanged = failure.code === 'appointment_changed';
      if (isChanged) await this.#goTo(appointment);
      this.open(isChanged ? { kind: 'appointment', id } : back);
      this.problem = failure;
    }
    this.#host.requestUpdate();
  }

  /** Shows where an appointment is by now: the news tell if it was moved to another week. */
  async #goTo({ id, start }: DeskAppointment): Promise<void> {
    await this.desk?.refresh();
    const latest = this.desk?.getState().news.find((entry) => entry.appointment_id === id);
    this.go(this.#language().display.dayOf(latest?.start ?? start));
    await this.desk?.refresh();
    this.#update();
  }

  async #try(work: (desk: Desk) => Promise<void>): Promise<void> {
    const { desk } = this;
    if (!desk) return;
    try {
      await work(desk);
    } catch (error) {
      const { messages } = this.#language();
      this.toast = failed(messages.failedToast(messages.couldNot, this.sentence(await this.fail(error))));
    }
    this.#host.requestUpdate();
  }

  #range() {
    const { days } = this;
    return { from: days[0] ?? this.day, to: days.at(-1) ?? this.day };
  }

  #subscribe(): void {
    if (!this.desk || this.#unsubscribe) return;
    this.#unsubscribe = this.desk.subscribe(() => this.#update());
    this.#update();
  }

  #update(): void {
    const before = this.state;
    this.state = this.desk?.getState() ?? null;
    const { state } = this;
    if (!state || state === before) return;
    if (state.connection !== before?.connection)
      this.#host.dispatchEvent(new OpenslotStatusChangeEvent(state.connection));
    const told = state.error && JSON.stringify([state.error.code, state.error.detail]);
    if (state.error && told !== this.#told) void this.fail(state.error);
    this.#told = told;
    if (state.status === 'ready' && state.provider && !this.#isReady) {
      this.#isReady = true;
      this.#host.dispatchEvent(new OpenslotReadyEvent(state.provider, state.services));
    }
    this.#host.requestUpdate();
  }
}
