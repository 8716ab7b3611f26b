import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Somebody on the keyboard must not be thrown back to the top of the page because what they were on went away. Notices
 * after an update that this happened, and asks the host to put the focus somewhere sensible.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #rescue: () => void;
  #focused: Node | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, rescue: () => void) {
    this.#host = host;
    this.#rescue = rescue;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('focusin', this.#onFocusIn);
    this.#host.addEventListener('focusout', this.#onFocusOut);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('focusin', this.#onFocusIn);
    this.#host.removeEventListener('focusout', this.#onFocusOut);
    this.#focused = null;
  }

  hostUpdated(): void {
    // Inner elements update after their owner.
    if (this.#focused) setTimeout(this.#check);
  }

  readonly #onFocusIn = (event: FocusEvent): void => {
    this.#focused = event.composedPath()[0] as Node;
  };

  /** Some browsers fire this for what is being removed too: only afterwards can it be told from going elsewhere. */
  readonly #onFocusOut = (event: FocusEvent): void => {
    if (event.relatedTarget) return;
    setTimeout(() => {
      if (this.#focused?.isConnected) this.#focused = null;
      else this.#check();
    });
  };

  readonly #check = (): void => {
    if (!this.#focused || this.#focused.isConnected) return;
    this.#focused = null;
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) this.#rescue();
  };
}
