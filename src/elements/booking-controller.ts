import type { ReactiveControllerHost } from 'lit';
import { OpenslotError } from '../core/errors.ts';
import type { Attributes } from './attributes.ts';
import type { BookingFlow, Step } from './booking-flow.ts';
import { CalendarController } from './calendar-controller.ts';
import { OpenslotErrorEvent } from './events.ts';
import type * as later from './later.ts';
import { LanguageController } from './language-controller.ts';
import { monthOf } from './month-page.ts';
import { takenSince } from './picture.ts';
import type { RequestEvents } from './requests.ts';
import { Selection } from './selection.ts';

type Later = typeof later;

export interface BookingHost extends ReactiveControllerHost, HTMLElement, Attributes {
  /** Slug or id of the service to begin with. */
  readonly service: string;
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
  /** For screen readers. */
  announcement = '';
  /** Where the focus belongs after the next update: the heading of the step, or the time of an ISO instant. */
  focusOn: 'heading' | (string & {}) | null = null;

  readonly #host: BookingHost;
  readonly #register: (elements: Later['elements']) => void;
  #shownStep: Step = 'times';
  #loading: Promise<unknown> | null = null;
  #loadFailed = false;
  #needsLater = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: BookingHost, register: (elements: Later['elements']) => void) {
    this.#host = host;
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
    return this.#loadFailed && (this.#needsLater || this.failure !== null);
  }

  /** Why nothing can be shown. */
  get failure(): OpenslotError | null {
    const { fault, state } = this.source;
    return fault ?? (state?.status === 'error' ? state.error : null);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Before the host renders. `changed` names the attributes that did, by their properties. */
  update(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { selection, source } = this;
    const host = this.#host;
    if (changed.has('service')) selection.service = null;
    if (changed.has('timeZone')) selection.zone = null;
    if (source.configure(host)) {
      selection.forget();
      this.flow?.reset();
      this.#shownStep = 'times';
    }
    const { picture: before, unknownService } = selection;
    selection.update(host, this.language, source.state, source.now());
    if (selection.unknownService && selection.unknownService !== unknownService) {
      host.dispatchEvent(
        new OpenslotErrorEvent(new OpenslotError('service_not_found', undefined, { detail: { name: 'service' } })),
      );
    }
    const { picture, display } = selection;
    if (before && picture && this.step === 'times') {
      const taken = takenSince(before, picture);
      if (taken.length > 0)
        this.announcement = taken.map(({ at }) => display.messages.justTaken(display.time(at))).join(' ');
    }
    if (this.step !== this.#shownStep) {
      this.#shownStep = this.step;
      this.focusOn ??= 'heading';
    }
  }

  /** After the host rendered. */
  hostUpdated(): void {
    const { picture } = this.selection;
    clearTimeout(this.#timer);
    if (picture && this.#host.isConnected) {
      const wait = Math.min(picture.availability.changesAt - this.source.now(), LONGEST_WAIT_MS);
      this.#timer = setTimeout(() => this.#host.requestUpdate(), Math.max(wait, 0));
    }
    if (this.#loading || this.#loadFailed) return;
    if (this.failure) void this.#load();
    // Once the times are on the page, so that it is there when one is chosen.
    else if (picture) setTimeout(() => void this.#load());
  }

  readonly requests: { readonly [Type in keyof RequestEvents]: (event: RequestEvents[Type]) => void } = {
    'openslot-service-select': ({ detail }) => this.#choose(detail),
    'openslot-day-select': ({ detail }) => this.#choose(detail),
    'openslot-month-change': ({ detail }) => this.#choose(detail),
    'openslot-zone-change': ({ detail }) => this.#choose(detail),
    'openslot-time-show': ({ detail }) => this.#showTime(detail.start),
    'openslot-time-select': ({ detail }) => void this.#chooseTime(detail.start),
    'openslot-details-change': ({ detail }) => this.flow?.type(detail.field, detail.value),
    'openslot-details-submit': ({ detail }) => {
      const { lang: locale, zone } = this.selection.display;
      void this.flow?.submit(detail.draft, { locale, zone });
    },
    'openslot-hold-extend': () => void this.flow?.hold(),
    'openslot-retry': () => void Promise.all([this.#load(), this.source.calendar?.refresh()]),
    'openslot-back': () => {
      this.focusOn = this.flow?.chosen?.start ?? null;
      this.flow?.back();
    },
    'openslot-reschedule-request': () => {
      // The appointment keeps its service; only the time is chosen anew.
      this.#choose({ service: this.flow?.booked?.appointment.service.id ?? null });
      this.flow?.startMove();
    },
    'openslot-move-confirm': () => void this.flow?.confirmMove(),
    'openslot-cancel-confirm': () => void this.flow?.confirmCancel(),
    'openslot-book-another': () => this.flow?.bookAnother(),
  };

  #choose(choice: Partial<Pick<Selection, 'service' | 'day' | 'month' | 'zone'>>): void {
    Object.assign(this.selection, choice);
    this.#host.requestUpdate();
    if (choice.day) void this.#announceDay();
  }

  async #announceDay(): Promise<void> {
    await this.#host.updateComplete;
    const { display, picture } = this.selection;
    if (!picture?.day) return;
    this.announcement = display.messages.dayWithTimes(display.day(picture.day, 'long'), picture.starts.length);
    this.#host.requestUpdate();
  }

  #showTime(start: string): void {
    const day = this.selection.display.dayOf(start);
    this.focusOn = start;
    this.#choose({ day, month: monthOf(day) });
  }

  async #chooseTime(start: string): Promise<void> {
    this.#needsLater = true;
    await this.#load();
    const service = this.flow?.booked?.appointment.service ?? this.selection.picture?.service;
    if (service) this.flow?.choose(service, start);
  }

  /** Loads what the first paint did without. Never rejects; `isStuck` tells. */
  #load(): Promise<unknown> {
    this.#loading ??= this.#loadLater()
      .then(() => (this.#loadFailed = false))
      .catch(() => {
        this.#loading = null;
        this.#loadFailed = true;
      })
      .finally(() => this.#host.requestUpdate());
    return this.#loading;
  }

  async #loadLater(): Promise<void> {
    const [later] = await Promise.all([import('./later.ts'), this.language.loadSteps()]);
    this.#register(later.elements);
    this.later = later;
    this.flow = new later.BookingFlow(this.#host, this.source);
    new later.FocusKeeper(this.#host, () => {
      this.focusOn = 'heading';
      this.#host.requestUpdate();
    });
  }
}
