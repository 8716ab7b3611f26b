import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Somebody on the keyboard must not be thrown back to the top of the page because what they were on went away. Finds out
 * after an update that this happened, and asks the host to put the focus somewhere sensible.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #rescue: () => void;
  #focused: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, rescue: () => void) {
    this.#host = host;
    this.#rescue = rescue;
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = this.#deepestFocus();
    // What is gone is remembered until the rescue.
    if (focused || this.#focused?.isConnected) this.#focused = focused;
  }

  hostUpdated(): void {
    // Inner elements update after their owner.
    if (this.#focused) setTimeout(this.#check);
  }

  readonly #check = (): void => {
    if (!this.#focused || this.#focused.isConnected) return;
    this.#focused = null;
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) this.#rescue();
  };

  #deepestFocus(): Element | null {
    let focused = this.#host.shadowRoot?.activeElement ?? null;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused;
  }
}
