/**
 * Finds the texts of a language. English is part of the script; the others are loaded when an element on the page first
 * needs them. `addLocale` adds further languages, or replaces one of those that come with Openslot.
 */
import { en } from './en/booking.ts';
import { loaders } from './loaders.ts';
import type { Loader, Locale, PartTexts, TextPart } from './locale.ts';

export type { DeskMessages, DeskTexts } from './en/desk.ts';
export type { Loader, Locale, OwnMessages, PartTexts, TextPart } from './locale.ts';
export type {
  AppointmentMessages,
  DetailsMessages,
  InboxMessages,
  Messages,
  QuestionsMessages,
  SetupMessages,
  WeekMessages,
  ZonesMessages,
} from './types.ts';
export { en };

export const english: Locale = { messages: en };

/** The languages that come with Openslot, each in a file of its own, and those that a page adds. */
const locales = new Map<string, Locale | Loader>(Object.entries(loaders));

/**
 * Adds or replaces the texts of a language (`de`, `pt-BR`). Call it before an element of that language is on the page:
 * an element that is there already takes up the new texts only when its language changes.
 */
export function addLocale(lang: string, locale: Locale | Loader): void {
  locales.set(lang.toLowerCase(), locale);
}

/** Returns the texts for a BCP 47 tag, as a promise while they have to be loaded; English where there are none. */
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

/** Returns null where the language has no texts for the part. @throws if they can't be loaded; the caller may try again */
export async function textsOf<Part extends TextPart>(locale: Locale, part: Part): Promise<PartTexts[Part] | null> {
  const texts = locale[part] as PartTexts[Part] | (() => Promise<PartTexts[Part]>) | undefined;
  return typeof texts === 'function' ? texts() : (texts ?? null);
}
