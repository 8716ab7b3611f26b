import type { ReactiveControllerHost } from 'lit';
import type { Weekday } from '../../core/time/time-zones.ts';
import { enDesk } from '../../locales/en/desk.ts';
import { type DeskTexts, type Locale, textsOf } from '../../locales/index.ts';
import { hourCycleFrom, weekdayFrom } from '../shared/attributes.ts';
import { DeskDisplay } from './display.ts';
import { LanguageController } from '../shared/language-controller.ts';

/** How the desk writes texts, dates and times. */
export interface Language {
  readonly display: DeskDisplay;
  readonly messages: DeskTexts;
  readonly firstDay: Weekday;
}

export interface LanguageAttributes {
  readonly hourCycle: string;
  readonly firstDayOfWeek: string;
}

/** Writes in the language of the place in the page where the desk stands, and in the provider's time zone. */
export class DeskLanguage {
  /** The same object until something about it changes. */
  current: Language = { display: new DeskDisplay(), messages: enDesk, firstDay: 1 };

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #languages: LanguageController;
  #locale: Locale | null = null;
  #messages: DeskTexts = enDesk;
  #written: readonly unknown[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#languages = new LanguageController(host);
  }

  /** @param zone of the provider, once it is known */
  update({ hourCycle, firstDayOfWeek }: LanguageAttributes, zone: string | undefined): void {
    const { lang, messages, locale } = this.#languages;
    if (locale !== this.#locale) void this.#load(locale);
    const written = [lang, messages, this.#messages, zone, hourCycle, firstDayOfWeek];
    if (written.every((part, index) => part === this.#written[index])) return;
    this.#written = written;
    const display = new DeskDisplay({
      lang,
      messages,
      hourCycle: hourCycleFrom(hourCycle),
      firstDay: weekdayFrom(firstDayOfWeek),
      ...(zone && { zone }),
    });
    this.current = { display, messages: this.#messages, firstDay: display.firstDay };
  }

  /** The texts stay English until those of the language have loaded, and where the language has none. */
  async #load(locale: Locale): Promise<void> {
    this.#locale = locale;
    const messages = await textsOf(locale, 'desk').catch(() => null);
    if (locale !== this.#locale) return;
    this.#messages = messages ?? enDesk;
    this.#host.requestUpdate();
  }
}
