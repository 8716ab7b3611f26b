/**
 * Which texts to use for a language. English is always there; any other language is added by `addLocale`, at once or
 * as a loader that runs when a widget on the page first needs it.
 */
import type { DeskMessages } from './en-desk.ts';
import type { InboxMessages } from './en-inbox.ts';
import { en } from './en.ts';
import type { Messages, StepMessages } from './messages.ts';

export type { DeskMessages } from './en-desk.ts';
export type { InboxMessages } from './en-inbox.ts';
export type { AppointmentMessages, Messages, SetupMessages, StepMessages } from './messages.ts';
export { en };

export interface Locale {
  readonly messages: Messages;
  /** Loaded once they are needed, if given as a function. English lies with what reads it. */
  readonly steps?: StepMessages | (() => Promise<StepMessages>);
  /** Of `<openslot-desk>`; as `steps`. */
  readonly desk?: DeskMessages | (() => Promise<DeskMessages>);
  /** Of `<openslot-notifications>`; as `steps`. */
  readonly inbox?: InboxMessages | (() => Promise<InboxMessages>);
}

type Loader = () => Promise<Locale>;

export const english: Locale = { messages: en };

const locales = new Map<string, Locale | Loader>();

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

export async function stepsOf({ steps }: Locale): Promise<StepMessages | null> {
  return typeof steps === 'function' ? steps() : (steps ?? null);
}

export async function inboxOf({ inbox }: Locale): Promise<InboxMessages | null> {
  return typeof inbox === 'function' ? inbox() : (inbox ?? null);
}

export async function deskOf({ desk }: Locale): Promise<DeskMessages | null> {
  return typeof desk === 'function' ? desk() : (desk ?? null);
}
