import type { DeskMessages } from './en/desk.ts';
import type {
  AppointmentMessages,
  DetailsMessages,
  InboxMessages,
  Messages,
  QuestionsMessages,
  WeekMessages,
  ZonesMessages,
} from './types.ts';

/** The texts that load apart from the first ones, by the screen, part or element that shows them. */
export interface PartTexts {
  readonly details: DetailsMessages;
  readonly appointment: AppointmentMessages;
  readonly week: WeekMessages;
  readonly zones: ZonesMessages;
  readonly questions: QuestionsMessages;
  /** Of `<openslot-desk>`. */
  readonly desk: DeskMessages;
  /** Of `<openslot-notifications>`. */
  readonly notifications: InboxMessages;
}

export type TextPart = keyof PartTexts;

/**
 * The texts of a language. A part given as a function is loaded when an element first shows it; where a part is missing,
 * the element shows the English texts.
 */
export type Locale = { readonly messages: Messages } & {
  readonly [Part in TextPart]?: PartTexts[Part] | (() => Promise<PartTexts[Part]>);
};

export type Loader = () => Promise<Locale>;

/** A page's own words for `<openslot-booking>`. They replace some of those of the language shown. */
export type OwnMessages = Partial<Omit<Messages, 'lang'>> & {
  readonly [Part in Exclude<TextPart, 'desk' | 'notifications'>]?: Partial<PartTexts[Part]>;
};
