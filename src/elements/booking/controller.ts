import type { ReactiveControllerHost } from 'lit';
import { OpenslotError } from '../../core/errors.ts';
import type { AppointmentState } from '../../core/appointment/types.ts';
import type { CalendarState } from '../../core/calendar/types.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { OwnMessages } from '../../locales/index.ts';
import type * as afterwards from './afterwards.ts';
import type { Attributes } from './attributes.ts';
import type { BookingFlow, Step } from './flow.ts';
import { CalendarController } from './calendar-controller.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import type * as extras from './extras.ts';
import type * as later from './later.ts';
import { LanguageController } from '../shared/language-controller.ts';
import { tokenOfPage } from '../shared/address.ts';
import { monthOf } from './times/month-page.ts';
import { takenSince } from './offer.ts';
import { listen, type RequestHandlers } from './requests.ts';
import { Selection } from './selection.ts';

type Later = typeof later;
type Afterwards = typeof afterwards;
type Extras = typeof extras;

export interface BookingHost extends ReactiveControllerHost, HTMLElement, Attributes {
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Slug or id of the service to begin with. */
  readonly service: string;
  /** Manage token of an appointment, to show that. */
  readonly appointment: string;
  readonly messages: OwnMessages;
}

/** Longest wait for a moment at which time alone changes the picture: also when the day turns, roughly. */
const LONGEST_WAIT_MS = 600_000;

/** What goes on in a widget: takes the attributes and the requests of inner elements, and says what there is to show. */
export class BookingController {
  readonly source: CalendarController;
  readonly language: LanguageController;
  readonly selection = new Selection();
  /** Null until it has been loaded: then the patient is still choosing a time. */
  flow: BookingFlow | null = null;
  later: Later | null = null;
  /** Null until there is an appointment, and its code has been loaded. */
  afterwards: Afterwards | null = null;
  /** Null until something needs it. */
  extras: Extras | null = null;
  /** Something that was asked for needs them: the list of zones, or the questions of a service. */
  wantsExtras = false;
  /** Of the appointment that was asked for; empty when times were. */
  token = '';
  /** The attribute whose appointment was left for times to be chosen. */
  leftToken = '';
  /** Whose appointment was left for times to be chosen, where the page names no provider. */
  formerProvider = '';
  /** For screen readers. */
  announcement = '';
  /** Where the focus belongs after the next update: the heading of the step, or the time of an ISO instant. */
  focusOn: 'heading' | (string & {}) | null = null;

  readonly host: BookingHost;
  readonly #register: (elements: Readonly<Record<string, CustomElementConstructor>>) => void;
  #follower: InstanceType<Afterwards['AppointmentFollower']> | null = null;
  #shownStep: Step = 'times';
  #loading: Promise<unknown> | null = null;
  #loadFailed = false;
  #needsLater = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: BookingHost, register: (elements: Readonly<Record<string, CustomElementConstructor>>) => void) {
    this.host = host;
    this.#register = register;
    this.source = new CalendarController(host);
    this.language = new LanguageController(host);
    host.addController(this);
  }

  get step(): Step {
    return this.flow?.step ?? 'times';
  }

  /** What is needed to go on could not be loaded. */
  get isStuck(): boolean {
    return (
      this.#loadFailed && (this.#needsLater || this.#needsAfterwards || this.#needsExtras || this.failure !== null)
    );
  }

  get #needsAfterwards(): boolean {
    return Boolean(this.token || this.flow?.booked || this.flow?.busy);
  }

  get #needsExtras(): boolean {
    return this.wantsExtras || this.isWeekly;
  }

  /** A week is shown in place of a month. */
  get isWeekly(): boolean {
    return (this.selection.view ?? this.host.view) === 'week';
  }

  /** Why nothing can be shown. */
  get failure(): OpenslotError | null {
    const { fault, state } = this.source;
    if (fault) return fault;
    // An appointment that is there is shown, whatever becomes of the calendar.
    if (this.flow?.booked) return null;
    const shown = this.token ? this.#follower?.state : state;
    return shown?.status === 'error' ? shown.error : null;
  }

  /** What the picture comes from, and how fresh it is. */
  get link(): CalendarState | AppointmentState | null {
    const { state } = this.source;
    return state?.status === 'ready' ? state : (this.#follower?.state ?? state);
  }

  /** Epoch ms by the server's clock. */
  readonly now = (): number => Date.now() + (this.link?.clockOffset ?? 0);

  hostConnected(): void {
    addEventListener('hashchange', this.#update);
    this.#update();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#update);
    clearTimeout(this.#timer);
  }

  readonly #update = (): void => this.host.requestUpdate();

  /** Before the host renders. `changed` names the attributes that did, by their properties. */
  update(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { selection, source } = this;
    const host = this.host;
    if (changed.has('service')) selection.service = null;
    if (changed.has('timeZone')) selection.zone = null;
    if (changed.has('view')) selection.view = null;
    if (changed.has('provider')) this.formerProvider = '';
    this.#configure();
    // Its provider's calendar comes with an appointment, or goes.
    while (this.#follower?.update()) this.#configure();
    const { picture: before, unknownService } = selection;
    const provider = source.state?.provider ?? this.flow?.booked?.appointment.provider;
    selection.update(host, this.language, source.state, provider?.time_zone ?? viewerZone(), this.now());
    if (selection.unknownService && selection.unknownService !== unknownService) {
      host.dispatchEvent(
        new OpenslotErrorEvent(new OpenslotError('service_not_found', undefined, { detail: { name: 'service' } })),
      );
    }
    const { picture, display } = selection;
    // A week tells of its own.
    const taken =
      before && picture && this.step === 'times' && !(this.isWeekly && this.extras)
        ? takenSince(before, picture)
        : null;
    if (taken?.length)
      this.announcement = taken.map(({ at }) => display.messages.justTaken(display.time(at))).join(' ');
    if (this.step !== this.#shownStep) {
      this.#shownStep = this.step;
      this.focusOn ??= 'heading';
    }
  }

  /** Takes word of what happened elsewhere. A step that nobody here asked for takes nobody's focus. */
  heard(announcement: string): void {
    this.#shownStep = this.step;
    this.announcement = announcement;
  }

  /** Finds out what is to be shown: the times of a provider, or an appointment and times of its provider. */
  #configure(): void {
    const { source, flow } = this;
    const { client } = source;
    const before = this.token;
    const { appointment } = this.host;
    if (this.leftToken !== appointment) this.leftToken = '';
    this.token = this.leftToken ? '' : appointment || tokenOfPage(this.host);
    const subject = this.token === before ? flow?.booked?.appointment : null;
    const isOther = this.token
      ? source.configure(this.host, subject?.provider.id ?? null, Boolean(subject) && this.step !== 'done')
      : source.configure(this.host, this.host.provider || this.formerProvider, true);
    if (this.token === before && source.client === client && (!isOther || (this.token && subject))) return;
    // Nothing that was chosen means anything any more.
    this.selection.forget();
    flow?.reset();
    this.#shownStep = 'times';
  }

  /** After the host rendered. */
  hostUpdated(): void {
    const { picture } = this.selection;
    clearTimeout(this.#timer);
    const changesAt = Math.min(
      picture?.availability.changesAt ?? Infinity,
      this.#follower?.changesAt(this.now()) ?? Infinity,
    );
    if (changesAt < Infinity && this.host.isConnected) {
      const wait = Math.min(changesAt - this.now(), LONGEST_WAIT_MS);
      this.#timer = setTimeout(this.#update, Math.max(wait, 0));
    }
    const lacks = (this.#needsAfterwards && !this.afterwards) || (this.#needsExtras && !this.extras);
    if (this.#loading || this.#loadFailed || (this.later && !lacks)) return;
    if (this.failure || lacks) void this.load();
    // Once the times are on the page, so that it is there when one is chosen.
    else if (picture) setTimeout(() => void this.load());
  }

  /** Those that can come before a time was chosen; the others are in `step-requests.ts`. */
  readonly requests: RequestHandlers = {
    'openslot-service-select': ({ detail }) => this.choose(detail),
    'openslot-day-select': ({ detail }) => this.choose(detail),
    'openslot-month-change': ({ detail }) => this.choose(detail),
    'openslot-zone-change': ({ detail }) => this.choose(detail),
    'openslot-zone-list': () => void this.#listZones(),
    'openslot-view-change': ({ detail }) => this.choose(detail),
    'openslot-time-show': ({ detail }) => this.#showTime(detail.start),
    'openslot-time-select': ({ detail }) => void this.#chooseTime(detail.start),
    'openslot-retry': () => void this.#retry(),
  };

  choose(choice: Partial<Pick<Selection, 'service' | 'day' | 'month' | 'zone' | 'view'>>): void {
    Object.assign(this.selection, choice);
    this.host.requestUpdate();
    if (choice.day) void this.#announceDay();
  }

  async #announceDay(): Promise<void> {
    await this.host.updateComplete;
    const { display, picture } = this.selection;
    if (!picture?.day) return;
    this.announcement = display.messages.dayWithTimes(display.day(picture.day, 'long'), picture.starts.length);
    this.host.requestUpdate();
  }

  #showTime(start: string): void {
    const day = this.selection.display.dayOf(start);
    this.focusOn = start;
    this.choose({ day, month: monthOf(day) });
  }

  async #chooseTime(start: string): Promise<void> {
    this.#needsLater = true;
    await this.load();
    const service = this.flow?.booked?.appointment.service ?? this.selection.picture?.service;
    if (!service) return;
    this.wantsExtras ||= Boolean(service.questions?.length);
    this.flow?.choose(service, start);
  }

  async #retry(): Promise<void> {
    const wasStuck = this.isStuck;
    await Promise.all([this.load(), this.source.calendar?.refresh(), this.#follower?.refresh()]);
    // A browser may keep a script that it could not load, for as long as the page is there. What was typed is kept, too.
    if (wasStuck && this.#loadFailed && this.link?.connection === 'live') location.reload();
  }

  async #listZones(): Promise<void> {
    this.wantsExtras = true;
    // What is being loaded may have been asked for before this was.
    for (let tries = 0; tries < 2 && !this.extras; tries++) await this.load();
    this.extras?.openZones(this);
  }

  /** Loads what the first paint did without, as far as it is needed by now. Never rejects; `isStuck` tells. */
  load(): Promise<unknown> {
    this.#loading ??= Promise.all([
      this.later ?? this.#loadLater(),
      this.#needsAfterwards && !this.afterwards && this.#loadAfterwards(),
      this.#needsExtras && !this.extras && this.#loadExtras(),
    ])
      .then(
        () => (this.#loadFailed = false),
        () => (this.#loadFailed = true),
      )
      .finally(() => {
        this.#loading = null;
        this.#update();
      });
    return this.#loading;
  }

  async #loadLater(): Promise<void> {
    const [later] = await Promise.all([import('./later.ts'), this.language.load('steps')]);
    this.#register(later.elements);
    this.later = later;
    this.flow = new later.BookingFlow(this.host, this.source);
    listen(this.host.renderRoot, later.stepRequests(this));
    new later.FocusKeeper(this.host, () => {
      this.focusOn = 'heading';
      this.host.requestUpdate();
    });
  }

  async #loadAfterwards(): Promise<void> {
    const afterwards = await import('./afterwards.ts');
    this.#register(afterwards.elements);
    this.afterwards = afterwards;
    this.#follower = new afterwards.AppointmentFollower(this.host, this);
  }

  async #loadExtras(): Promise<void> {
    const [extras] = await Promise.all([import('./extras.ts'), this.language.load('extras')]);
    this.#register(extras.elements);
    this.extras = extras;
  }
}
