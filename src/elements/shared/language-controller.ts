import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  english,
  type Locale,
  localeFor,
  type Messages,
  type PartTexts,
  type TextPart,
  textsOf,
} from '../../locales/index.ts';

/**
 * Finds the language of the place where an element stands: its own `lang`, otherwise that of the nearest ancestor, also
 * across shadow roots, otherwise the browser's. Updates the host when one of them changes.
 */
export class LanguageController implements ReactiveController {
  lang = 'en';
  /** The texts of the parts that were loaded. A part is missing while its texts are the English ones. */
  readonly texts: { -readonly [Part in TextPart]?: PartTexts[Part] } = {};

  readonly #host: ReactiveControllerHost & HTMLElement;
  /** English until the texts of the language have loaded. */
  #locale: Locale = english;
  readonly #parts = new Set<TextPart>();
  #observer: MutationObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The texts of the language, or English until they have loaded. */
  get locale(): Locale {
    return this.#locale;
  }

  get messages(): Messages {
    return this.#locale.messages;
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => void this.#read());
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    void this.#read();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** Loads texts, in every language from now on. @throws if they can't be loaded; the caller may try again */
  async load(parts: readonly TextPart[]): Promise<void> {
    for (const part of parts) this.#parts.add(part);
    const locale = this.#locale;
    const texts = await Promise.all(parts.map((part) => textsOf(locale, part)));
    if (locale !== this.#locale) return;
    Object.assign(this.texts, Object.fromEntries(parts.map((part, index) => [part, texts[index] ?? undefined])));
  }

  async #read(): Promise<void> {
    const lang = languageAround(this.#host) ?? 'en';
    this.lang = lang;
    this.#host.requestUpdate();
    const found = localeFor(lang);
    // An `await` would show English for a moment, so skip it if the texts are here already.
    const locale = found instanceof Promise ? await found : found;
    if (lang !== this.lang || locale === this.#locale) return;
    this.#locale = locale;
    await Promise.all(Array.from(this.#parts, (part) => this.load([part]).catch(() => undefined)));
    this.#host.requestUpdate();
  }
}

function languageAround(element: Element): string | null {
  for (let from: Element | null = element; from; from = parentOf(from)) {
    const lang = from.getAttribute('lang');
    if (lang && isWellFormed(lang)) return lang;
  }
  return isWellFormed(navigator.language) ? navigator.language : null;
}

function parentOf(element: Element): Element | null {
  const { parentNode } = element;
  return parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement;
}

/** `Intl` throws on a malformed tag. Some browsers report one as their language: `en-US@posix`. */
function isWellFormed(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length > 0;
  } catch {
    return false;
  }
}
