/** What a screen of `<openslot-booking>` is. Types only, so that a screen never imports the controller. */
import type { nothing, ReactiveControllerHost, TemplateResult } from 'lit';
import type { AppointmentState } from '../../core/appointment/types.ts';
import type { CalendarState } from '../../core/calendar/types.ts';
import type { OpenslotError } from '../../core/errors.ts';
import type { PartTexts, TextPart } from '../../locales/index.ts';
import type { Elements, LazyModule } from '../shared/lazy-modules.ts';
import type { Attributes } from './attributes.ts';
import type { CalendarController } from './calendar-controller.ts';
import type { BookingFlow, Chosen } from './flow.ts';
import type { Offer } from './offer.ts';
import type { Notice } from './openslot-notice.ts';
import type { RequestHandlers } from './requests.ts';
import type { Selection } from './selection.ts';

/**
 * What the card shows at a time, or a part of that. A screen renders a view and requests what shall change; it does not
 * keep state of its own.
 */
export interface Screen<Part extends TextPart = never> extends LazyModule {
  /** By tag. The first one is the main element, whose heading gets the focus when the screen comes. */
  readonly elements: Elements;
  /** The English texts that the screen shows. The page's language replaces them once its texts have come. */
  readonly texts: Texts<Part>;
  render(view: View, texts: Texts<Part>): TemplateResult | typeof nothing;
  /** What the patient reads above the screen shown, whichever that is. */
  notices?(view: View, texts: Texts<Part>): readonly Notice[];
  /** What the requests of the screen's elements do. Called once, when the screen has loaded. */
  requests?(booking: BookingActions): RequestHandlers;
  /** Takes a time that the patient chose. */
  enter?(booking: BookingActions, chosen: Chosen): void;
  /** Follows what the server knows of it. Called once, when the screen has loaded. */
  follow?(booking: BookingActions): Follower;
}

export type Texts<Part extends TextPart> = Pick<PartTexts, Part>;

/** How fresh what is shown is. An appointment has no viewers. */
export type Freshness = CalendarState | AppointmentState;

/** What a screen may show inside itself, or the card above it. */
export type PartName = 'zones' | 'questions' | 'appointment';

/** What a screen renders. Read-only: screens request changes. */
export interface View {
  /** The attributes of the widget. */
  readonly host: Readonly<Page>;
  /** Null while nothing has come, or while an appointment is shown and no new time for it is being chosen. */
  readonly state: CalendarState | null;
  /** The times to choose from; null while nothing has come. */
  readonly offer: Offer | null;
  readonly selection: Readonly<Pick<Selection, 'display' | 'otherZone' | 'isFixed' | 'unknownService'>>;
  readonly flow: Readonly<Omit<BookingFlow, 'set' | 'reset' | 'forget' | 'release'>>;
  /** The manage token of the appointment that the page or its address names; empty where the page shows times. */
  readonly token: string;
  /** Why nothing can be shown. */
  readonly failure: OpenslotError | null;
  readonly freshness: Freshness | null;
  /** The screen or part that the patient has requested; it is shown once it has loaded. */
  readonly wanted: string | null;
  /** The patient looks at weeks rather than months. */
  readonly isWeekly: boolean;
  /** Epoch ms by the server's clock. */
  readonly now: () => number;
  /** Renders a part of the screen; nothing until the part has loaded, or where it is not needed. */
  part(name: PartName): TemplateResult | typeof nothing;
}

/** What the page says by attributes. */
export interface Page extends Attributes {
  readonly patientName: string;
  readonly patientEmail: string;
  readonly patientPhone: string;
}

/** What the requests of a screen may change. */
export interface BookingActions extends View {
  readonly host: ReactiveControllerHost & HTMLElement & Page;
  readonly source: CalendarController;
  readonly flow: BookingFlow;
  readonly selection: Selection;
  wanted: string | null;
  /** Where the focus goes after the next update: to the heading of the screen, or to the time of an ISO instant. */
  focusOn: 'heading' | (string & {}) | null;
  choose(choice: Partial<Pick<Selection, 'service' | 'day' | 'month' | 'zone' | 'view'>>): void;
  /** Loads a screen or part. Resolves to whether it has loaded. */
  load(name: string): Promise<boolean>;
  isLoaded(name: PartName): boolean;
  /** Shows the times of a provider in place of the appointment that the page names. */
  leaveAppointment(provider: string): void;
  /** Takes a change that the patient did not make here: the focus stays, a screen reader reads the announcement. */
  announceRemoteChange(announcement: string): void;
  /** The texts of the page's language in place of the English ones. */
  textsFor<Part extends TextPart>(english: Texts<Part>): Texts<Part>;
}

/** Keeps the widget up to date about what the calendar does not include: the patient's appointment. */
export interface Follower {
  readonly state: AppointmentState | null;
  /** Before the host renders. Returns true if there is another appointment to show than before, or another step. */
  update(): boolean;
  /** Epoch ms at which time alone changes what is shown; `Infinity` if never. */
  changesAt(): number;
  refresh(): Promise<void> | undefined;
}
