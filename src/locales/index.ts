/**
 * Which texts to use for a language. English is always there; any other language is added by `addLocale`, at once or
 * as a loader that runs when a widget on the page first needs it.
 */
import { en } from './en.ts';
import type { Messages } from './messages.ts';

export type { Messages, SetupMessages } from './messages.ts';
export { en };

type Loader = () => Promise<Messages>;

const locales = new Map<string, Messages | Loader>([['en', en]]);

/**
 * Adds or replaces the texts of a language (`de`, `pt-BR`). Widgets that are on the page already take them up when their
 * language is set anew; call it before.
 */
export function addLocale(lang: string, messages: Messages | Loader): void {
  locales.set(lang.toLowerCase(), messages);
}

/** The texts for a BCP 47 tag if they are at hand, or a promise of them; English where there are none. */
export function messagesFor(lang: string): Messages | Promise<Messages> {
  for (let tag = lang.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const found = locales.get(tag);
    if (typeof found === 'function') return load(tag, found);
    if (found) return found;
  }
  return en;
}

async function load(tag: string, loader: Loader): Promise<Messages> {
  try {
    const messages = await loader();
    locales.set(tag, messages);
    return messages;
  } catch {
    return en;
  }
}
