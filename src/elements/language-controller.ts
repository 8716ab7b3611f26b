import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { en, type Messages, messagesFor } from '../locales/index.ts';

/**
 * The language of the place that an element stands in: its own `lang`, else that of what is around it, through shadow
 * roots, else the browser's. Follows when any of them changes.
 */
export class LanguageController implements ReactiveController {
  lang = 'en';
  /** English until those of the language have come. */
  messages: Messages = en;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: MutationObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#read());
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    this.#read();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #read(): void {
    const lang = languageAround(this.#host) ?? navigator.language;
    this.lang = lang;
    const messages = messagesFor(lang);
    if (!(messages instanceof Promise)) {
      this.#use(messages);
      return;
    }
    void messages.then((loaded) => {
      if (lang === this.lang) this.#use(loaded);
    });
  }

  #use(messages: Messages): void {
    this.messages = messages;
    this.#host.requestUpdate();
  }
}

function languageAround(element: Element): string | null {
  for (let from: Element | null = element; from; ) {
    const holder: Element | null = from.closest('[lang]');
    const lang = holder?.getAttribute('lang');
    if (lang && isWellFormed(lang)) return lang;
    const root: Node = from.getRootNode();
    from = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** A tag that `Intl` would throw at is passed over. */
function isWellFormed(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length > 0;
  } catch {
    return false;
  }
}
