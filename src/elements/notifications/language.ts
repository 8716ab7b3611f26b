import type { ReactiveControllerHost } from 'lit';
import { enInbox } from '../../locales/en/notifications.ts';
import { type InboxMessages, type Locale, textsOf } from '../../locales/index.ts';
import { hourCycleFrom } from '../shared/attributes.ts';
import { LanguageController } from '../shared/language-controller.ts';
import { InboxDisplay } from './wording.ts';

export interface LanguageAttributes {
  readonly timeZone: string;
  readonly hourCycle: string;
}

/** How the notifications write: in the language of the place that the element stands in. */
export class InboxLanguage {
  /** The same object until something about it changes. */
  display = new InboxDisplay();

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #languages: LanguageController;
  #locale: Locale | null = null;
  #messages: InboxMessages = enInbox;
  #writtenAs: readonly unknown[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#languages = new LanguageController(host);
  }

  get lang(): string {
    return this.#languages.lang;
  }

  update({ timeZone, hourCycle }: LanguageAttributes, audience: 'patient' | 'member'): void {
    const { lang, locale, messages: base } = this.#languages;
    if (locale !== this.#locale) void this.#load(locale);
    const zone = timeZone || (audience === 'member' ? 'provider' : 'viewer');
    const writtenAs = [audience, lang, this.#messages, base, zone, hourCycle];
    if (writtenAs.every((part, index) => part === this.#writtenAs[index])) return;
    this.#writtenAs = writtenAs;
    const messages = this.#messages;
    this.display = new InboxDisplay({ audience, lang, messages, base, zone, hourCycle: hourCycleFrom(hourCycle) });
  }

  /** The texts stay English until those of the language have loaded, and where the language has none. */
  async #load(locale: Locale): Promise<void> {
    this.#locale = locale;
    const messages = await textsOf(locale, 'notifications').catch(() => null);
    if (locale !== this.#locale) return;
    this.#messages = messages ?? enInbox;
    this.#host.requestUpdate();
  }
}
