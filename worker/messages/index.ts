import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

export type { Facts, Messages, Words } from './messages.ts';

/** English first: recipients without texts in their own language get it. */
export const LANGUAGES: readonly Messages[] = [en, de, ar];

export function messagesFor(locale: string): Messages {
  const language = locale.split('-', 1)[0]?.toLowerCase();
  return LANGUAGES.find(({ lang }) => lang === language) ?? en;
}
