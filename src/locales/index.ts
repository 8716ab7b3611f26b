/**
 * Which texts to use for a language. English is always there; others are loaded when a widget on the page first needs
 * them. `addLocale` adds further ones, or puts a page's own in place of those that are here.
 */
import type { DeskMessages } from './en/desk.ts';
import type { InboxMessages } from './en/notifications.ts';
import { en } from './en/booking.ts';
import { loaders } from './loaders.ts';
import type { ExtraMessages, Messages, StepMessages } from './types.ts';

export type { DeskMessages, DeskTexts } from './en/desk.ts';
export type { InboxMessages } from './en/notifications.ts';
export type { AppointmentMessages, ExtraMessages, Messages, SetupMessages, StepMessages } from './types.ts';
export { en };

export interface Locale {
  readonly messages: Messages;
  /** Loaded once they are needed, if given as a function. English lies with what reads it. */
  readonly steps?: StepMessages | (() => Promise<StepMessages>);
  /** As `steps`. */
  readonly extras?: ExtraMessages | (() => Promise<ExtraMessages>);
  /** Of `<openslot-desk>`; as `steps`. */
  readonly desk?: DeskMessages | (() => Promise<DeskMessages>);
  /** Of `<openslot-notifications>`; as `steps`. */
  readonly inbox?: InboxMessages | (() => Promise<InboxMessages>);
}

/** Words of a page's own, in place of some of those of whatever language is shown. */
export type OwnMessages = Partial<Omit<Messages, 'lang'>> & {
  readonly steps?: Partial<StepMessages>;
  readonly extras?: Partial<ExtraMessages>;
};

export type Loader = () => Promise<Locale>;

export const english: Locale = { messages: en };

/** Those that come with Openslot, each in a file of its own, and those that a page adds. */
const locales = new Map<string, Locale | Loader>(Object.entries(loaders));

/**
 * Adds or replaces the texts of a language (`de`, `pt-BR`). Call it before a widget of that language is on the page:
 * those that are take them up only when their language is set anew.
 */
export function addLocale(lang: string, locale: Locale | Loader): void {
  locales.set(lang.toLowerCase(), locale);
}

/** The texts for a BCP 47 tag if they are at hand, or a promise of them; English where there are none. */
export function localeFor(lang: string): Locale | Promise<Locale> {
  for (let tag = lang.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const found = locales.get(tag);
    if (typeof found === 'function') return load(tag, found);
    if (found) return found;
  }
  return english;
}

async function load(tag: string, loader: Loader): Promise<Locale> {
  try {
    const locale = await loader();
    locales.set(tag, locale);
    return locale;
  } catch {
    return english;
  }
}

/** Texts that come apart from the first ones. */
export type Part = 'steps' | 'extras' | 'desk' | 'inbox';

/** Null where a language has none of its own. @throws whatever loading them does; they may be asked for again */
export async function textsOf<Name extends Part>(locale: Locale, part: Name): Promise<Texts<Name> | null> {
  const texts = locale[part] as Texts<Name> | (() => Promise<Texts<Name>>) | undefined;
  return typeof texts === 'function' ? texts() : (texts ?? null);
}

type Texts<Name extends Part> = Exclude<Locale[Name], undefined | (() => unknown)>;
