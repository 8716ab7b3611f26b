import type { ReactiveControllerHost } from 'lit';
import type { Desk, DeskState } from '../../core/desk/state.ts';
import { type OpenslotError, toOpenslotError } from '../../core/errors.ts';
import type { DeskAppointment, DeskProvider } from '../../core/desk/types.ts';
import { addDays, dayOf, weekday } from '../../core/time/time-zones.ts';
import { ErrorReporter } from '../shared/error-reporter.ts';
import { OpenslotErrorEvent, OpenslotReadyEvent, OpenslotStatusChangeEvent } from '../shared/events.ts';
import { StoreController } from '../shared/store-controller.ts';
import { type ActionsHost, DeskActions } from './actions.ts';
import type { Language } from './language.ts';
import type { OpenPanel } from './requests.ts';
import type { DeskSessionController } from './session-controller.ts';
import { DeskTeam } from './team.ts';

const WEEK = 7;

/** Holds which provider's calendar the desk shows, which days of it, and which panel is open over them. */
export class DeskController implements ActionsHost {
  desk: (Desk & { close(): void }) | null = null;
  provider: DeskProvider | null = null;
  /** `YYYY-MM-DD`. The desk shows this day, or the week that it is in. */
  day = '';
  panel: OpenPanel | null = null;
  /** Where on the screen the open panel belongs beside; null puts it in the middle. */
  anchor: DOMRect | null = null;
  readonly actions: DeskActions;
  readonly team: DeskTeam;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #session: DeskSessionController;
  readonly #language: () => Language;
  /** The appointment that the open panel, or the latest one, is about. */
  readonly #store: StoreController<DeskState>;
  readonly #errors: ErrorReporter;
  #subject: DeskAppointment | null = null;
  #isReady = false;

  constructor(host: ReactiveControllerHost & HTMLElement, session: DeskSessionController, language: () => Language) {
    this.#host = host;
    this.#session = session;
    this.#language = language;
    this.actions = new DeskActions(this, language);
    this.team = new DeskTeam(this, session, language);
    this.#errors = new ErrorReporter(host);
    this.#store = new StoreController<DeskState>(host, (state, before) => this.#changed(state, before));
  }

  get state(): DeskState | null {
    return this.#store.state;
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

  /** The appointment as it is now. While staff look at another week, as it was when its panel was opened. */
  appointment(id: string): DeskAppointment | undefined {
    const known = this.state?.appointments.find((appointment) => appointment.id === id);
    return known ?? (this.#subject?.id === id ? this.#subject : undefined);
  }

  /** Shows the calendar of that provider; null shows none. */
  show(provider: DeskProvider | null): void {
    if (provider?.id === this.provider?.id) return;
    this.#store.follow(null);
    this.desk?.close();
    this.provider = provider;
    this.desk = null;
    this.#clearPanel();
    this.#isReady = false;
    const { client } = this.#session;
    if (!provider || !client) return;
    this.day = dayOf(this.now(), provider.time_zone);
    this.desk = client.desk(provider.id, this.#range());
    this.#store.follow(this.desk);
  }

  /** Shows a day, and the week around it. */
  go(day: string): void {
    this.day = day;
    this.desk?.show(this.#range());
    this.#host.requestUpdate();
  }

  /** @param step in days */
  turn(by: -1 | 1 | null, step: number): void {
    const today = dayOf(this.now(), this.provider?.time_zone ?? 'UTC');
    this.go(by === null ? today : addDays(this.day, by * step));
  }

  /** @param anchor without it, the panel keeps the anchor of the panel before */
  open(panel: OpenPanel | null, anchor = this.anchor): void {
    this.#clearPanel();
    this.panel = panel;
    this.anchor = anchor;
    if (panel && 'id' in panel) this.#subject = this.appointment(panel.id) ?? null;
    if (panel?.kind === 'team' && this.provider) void this.team.run({ do: 'show', tenant: this.provider.tenant_id });
    this.requestUpdate();
  }

  requestUpdate(): void {
    this.#host.requestUpdate();
  }

  /** Reports an error to the page, and checks whether the session has ended. */
  async fail(error: unknown): Promise<OpenslotError> {
    const failure = toOpenslotError(error);
    this.#host.dispatchEvent(new OpenslotErrorEvent(failure));
    await this.#session.check(failure);
    return failure;
  }

  /** Shows the week that an appointment is in by now. If a colleague moved it to another week, the news contain its start. */
  async followAppointment({ id, start }: DeskAppointment): Promise<void> {
    await this.desk?.refresh();
    const latest = this.desk?.getState().news.find((entry) => entry.appointment_id === id);
    this.go(this.#language().display.dayOf(latest?.start ?? start));
    await this.desk?.refresh();
    this.#store.read();
  }

  #clearPanel(): void {
    this.panel = null;
    this.actions.clear();
    this.team.clear();
  }

  #range() {
    const { days } = this;
    return { from: days[0] ?? this.day, to: days.at(-1) ?? this.day };
  }

  #changed(state: DeskState, before: DeskState | null): void {
    if (state.connection !== before?.connection)
      this.#host.dispatchEvent(new OpenslotStatusChangeEvent(state.connection));
    if (this.#errors.report(state.error) && state.error) void this.#session.check(state.error);
    if (state.status === 'ready' && state.provider && !this.#isReady) {
      this.#isReady = true;
      this.#host.dispatchEvent(new OpenslotReadyEvent(state.provider, state.services));
    }
  }
}
