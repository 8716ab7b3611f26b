import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { OpenslotError } from '../../core/errors.ts';
import type { CalendarState } from '../../core/calendar/types.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { OwnMessages, TextPart } from '../../locales/index.ts';
import { tokenOfPage } from '../shared/address.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import { LanguageController } from '../shared/language-controller.ts';
import { type Elements, LazyModules } from '../shared/lazy-modules.ts';
import { listen } from '../shared/requests.ts';
import { CalendarController } from './calendar-controller.ts';
import { BookingFlow, type Step } from './flow.ts';
import { monthOf, type Offer, takenSince } from './offer.ts';
import type { Notice } from './openslot-notice.ts';
import type { RequestHandlers } from './requests.ts';
import type { BookingActions, Follower, Freshness, Page, PartName, Screen, Texts } from './screen.ts';
import { loads, PRELOADED, SCREENS } from './screens.ts';
import { Selection } from './selection.ts';

export interface BookingHost extends ReactiveControllerHost, HTMLElement, Page {
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Slug or id of the service to begin with. */
  readonly service: string;
  /** Manage token of an appointment, to show that. */
  readonly appointment: string;
  readonly messages: OwnMessages;
}

/** Longest wait before the offer is computed again because time has passed. Notices, too, that a new day begins. */
const LONGEST_WAIT_MS = 600_000;

/** Runs a widget: takes the attributes and the requests of inner elements, and decides which screen is shown. */
export class BookingController implements BookingActions {
  readonly source: CalendarController;
  readonly language: LanguageController;
  readonly selection = new Selection();
  readonly flow: BookingFlow;
  token = '';
  wanted: string | null = null;
  focusOn: 'heading' | (string & {}) | null = null;
  /** For screen readers. */
  announcement = '';

  readonly host: BookingHost;
  readonly #screens: LazyModules<string, Screen>;
  /** The types of requests that have a handler. Screens that make the same request handle it in the same way. */
  readonly #handled = new Set<string>();
  #follower: Follower | null = null;
  /** The token whose appointment the patient has left to choose a time. */
  #leftToken = '';
  /** The provider of an appointment that the patient has left, where the page names no provider. */
  #formerProvider = '';
  #shownStep: Step = 'times';
  #isPreloading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: BookingHost, register: (elements: Elements) => void) {
    this.host = host;
    this.source = new CalendarController(host);
    this.language = new LanguageController(host);
    this.flow = new BookingFlow(host);
    this.#screens = new LazyModules(host, loads, {
      register: (screen) => {
        register(screen.elements);
        if (screen.requests) this.#handle(host.renderRoot, screen.requests(this));
        this.#follower ??= screen.follow?.(this) ?? null;
      },
      loadTexts: ({ texts }) => this.language.load(Object.keys(texts) as TextPart[]),
    });
    host.addController(this);
  }

  get state(): CalendarState | null {
    return this.source.state;
  }

  get offer(): Offer | null {
    return this.selection.offer;
  }

  /** Weeks are shown rather than months. */
  get isWeekly(): boolean {
    return (this.selection.view ?? this.host.view) === 'week';
  }

  get failure(): OpenslotError | null {
    const { fault, state } = this.source;
    if (fault) return fault;
    // An appointment that is there is shown, whatever becomes of the calendar.
    if (this.flow.booked) return null;
    const shown = this.token ? this.#follower?.state : state;
    return shown?.status === 'error' ? shown.error : null;
  }

  get freshness(): Freshness | null {
    const { state } = this.source;
    return state?.status === 'ready' ? state : (this.#follower?.state ?? state);
  }

  /** Epoch ms by the server's clock. */
  readonly now = (): number => Date.now() + (this.freshness?.clockOffset ?? 0);

  /**
   * Returns the screen to show, null while it loads or where nothing can be shown yet. Loads what is needed, so call it
   * while the host renders.
   */
  screen(): Screen | null {
    let shown: Screen | null | undefined;
    for (const [name, { isShown }] of Object.entries(SCREENS)) {
      const isWanted = shown === undefined && (isShown ? isShown(this) : this.flow.step === name);
      if (!isWanted && !this.#isNeeded(name)) continue;
      const screen = this.#screens.get(name);
      if (isWanted && !this.#screens.failed.includes(name)) shown = screen;
    }
    return shown ?? null;
  }

  /** A screen that is needed could not be loaded. Complete after `screen()`. */
  get isUnreachable(): boolean {
    return this.#screens.failed.length > 0;
  }

  render(screen: Screen): TemplateResult | typeof nothing {
    return screen.render(this, this.textsFor(screen.texts));
  }

  part(name: PartName): TemplateResult | typeof nothing {
    // What is loaded for later has a part in what is shown before, but nothing waits for it.
    const screen = (name === 'appointment' || this.#isNeeded(name)) && this.#screens.loaded(name);
    return screen ? this.render(screen) : nothing;
  }

  /** The notices of all screens that have loaded. */
  notices(): readonly Notice[] {
    return Object.keys(SCREENS).flatMap((name) => {
      const screen = this.#screens.loaded(name);
      return screen?.notices?.(this, this.textsFor(screen.texts)) ?? [];
    });
  }

  /** The page may have its own words in place of some. */
  textsFor<Part extends TextPart>(english: Texts<Part>): Texts<Part> {
    const own: OwnMessages & Partial<Record<TextPart, object>> = this.host.messages;
    const texts = (Object.keys(english) as Part[]).map((part) => {
      const shown = this.language.texts[part] ?? english[part];
      return [part, own[part] ? { ...shown, ...own[part] } : shown];
    });
    return Object.fromEntries(texts) as Texts<Part>;
  }

  #isNeeded(name: string): boolean {
    return this.wanted === name || Boolean(SCREENS[name]?.isNeeded?.(this));
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#update);
    this.#update();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#update);
    clearTimeout(this.#timer);
  }

  readonly #update = (): void => this.host.requestUpdate();

  /** Before the host renders. `changed` has the properties that changed. */
  update(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { selection, source, flow } = this;
    const host = this.host;
    if (changed.has('service')) selection.service = null;
    if (changed.has('timeZone')) selection.zone = null;
    if (changed.has('view')) selection.view = null;
    if (changed.has('provider')) this.#formerProvider = '';
    this.#configure();
    // With an appointment, its provider's calendar is needed or not any more.
    while (this.#follower?.update()) this.#configure();
    const { offer: before, unknownService } = selection;
    const provider = source.state?.provider ?? flow.booked?.appointment.provider;
    const moving = this.flow.booked?.appointment.start ?? null;
    selection.update(host, this.language, source.state, provider?.time_zone ?? viewerZone(), this.now(), moving);
    if (selection.unknownService && selection.unknownService !== unknownService) {
      host.dispatchEvent(
        new OpenslotErrorEvent(new OpenslotError('service_not_found', undefined, { detail: { name: 'service' } })),
      );
    }
    this.#announceTaken(before);
    if (flow.step !== this.#shownStep) {
      this.#shownStep = flow.step;
      this.focusOn ??= 'heading';
    }
  }

  #announceTaken(before: Offer | null): void {
    const { offer, display } = this.selection;
    // A week announces its times itself.
    const isWeek = this.isWeekly && this.#screens.loaded('week');
    if (!before || !offer || this.flow.step !== 'times' || isWeek) return;
    const taken = takenSince(before, offer);
    if (taken.length > 0)
      this.announcement = taken.map(({ at }) => display.messages.justTaken(display.time(at))).join(' ');
  }

  announceRemoteChange(announcement: string): void {
    this.#shownStep = this.flow.step;
    this.announcement = announcement;
  }

  /** Decides what is shown: the times of a provider, or an appointment and the times of its provider. */
  #configure(): void {
    const { source, flow } = this;
    const { client } = source;
    const before = this.token;
    const { appointment } = this.host;
    if (this.#leftToken !== appointment) this.#leftToken = '';
    this.token = this.#leftToken ? '' : appointment || tokenOfPage(this.host);
    const subject = this.token === before ? flow.booked?.appointment : null;
    const isOther = this.token
      ? source.configure(this.host, subject?.provider.id ?? null, Boolean(subject) && flow.step !== 'done')
      : source.configure(this.host, this.host.provider || this.#formerProvider, true);
    if (this.token === before && source.client === client && (!isOther || (this.token && subject))) return;
    // What the patient chose has no meaning with another provider.
    this.selection.forget();
    flow.reset();
    this.#shownStep = 'times';
  }

  /** After the host rendered. */
  hostUpdated(): void {
    clearTimeout(this.#timer);
    const changesAt = Math.min(this.offer?.availability.changesAt ?? Infinity, this.#follower?.changesAt() ?? Infinity);
    if (changesAt < Infinity && this.host.isConnected) {
      const wait = Math.min(changesAt - this.now(), LONGEST_WAIT_MS);
      this.#timer = setTimeout(this.#update, Math.max(wait, 0));
    }
    if (!this.offer || this.#isPreloading) return;
    this.#isPreloading = true;
    // After the browser has painted the times.
    setTimeout(() => PRELOADED.forEach((name) => void this.#screens.load(name)));
  }

  /** Handles the requests that bubble to the root. The other requests wait for the screens that make them. */
  listen(root: EventTarget): void {
    this.#handle(root, {
      'openslot-service-select': ({ detail }) => this.choose(detail),
      'openslot-day-select': ({ detail }) => this.choose(detail),
      'openslot-month-change': ({ detail }) => this.choose(detail),
      'openslot-zone-change': ({ detail }) => this.choose(detail),
      'openslot-zone-list': () => void this.#want('zones'),
      'openslot-view-change': ({ detail }) => this.choose(detail),
      'openslot-time-show': ({ detail }) => this.#showTime(detail.start),
      'openslot-time-select': ({ detail }) => void this.#chooseTime(detail.start),
      'openslot-retry': () => void this.#retry(),
    });
  }

  #handle(root: EventTarget, handlers: RequestHandlers): void {
    const others = Object.entries(handlers).filter(([type]) => !this.#handled.has(type));
    for (const [type] of others) this.#handled.add(type);
    listen(root, Object.fromEntries(others));
  }

  choose(choice: Partial<Pick<Selection, 'service' | 'day' | 'month' | 'zone' | 'view'>>): void {
    Object.assign(this.selection, choice);
    this.#update();
    if (choice.day) void this.#announceDay();
  }

  async #announceDay(): Promise<void> {
    await this.host.updateComplete;
    const { display, offer } = this.selection;
    if (!offer?.day) return;
    this.announcement = display.messages.dayWithTimes(display.day(offer.day, 'long'), offer.starts.length);
    this.#update();
  }

  #showTime(start: string): void {
    const day = this.selection.display.dayOf(start);
    this.focusOn = start;
    this.choose({ day, month: monthOf(day) });
  }

  async #chooseTime(start: string): Promise<void> {
    const name = this.flow.booked ? 'move' : 'details';
    if (!(await this.#want(name))) return;
    const service = this.flow.booked?.appointment.service ?? this.offer?.service;
    if (service) this.#screens.loaded(name)?.enter?.(this, { service, start });
  }

  #want(name: string): Promise<boolean> {
    this.wanted = name;
    this.#update();
    return this.load(name);
  }

  async load(name: string): Promise<boolean> {
    await this.#screens.load(name);
    return this.isLoaded(name);
  }

  isLoaded(name: string): boolean {
    return this.#screens.loaded(name) !== null;
  }

  leaveAppointment(provider: string): void {
    this.#formerProvider = provider;
    if (this.token) this.#leftToken = this.token;
  }

  async #retry(): Promise<void> {
    const wasUnreachable = this.isUnreachable;
    await Promise.all([this.#screens.retry(), this.source.calendar?.refresh(), this.#follower?.refresh()]);
    // Some browsers remember that a script could not be loaded until the page is loaded again. The draft survives that.
    if (wasUnreachable && this.#screens.failed.length > 0 && this.freshness?.connection === 'live') location.reload();
  }
}
