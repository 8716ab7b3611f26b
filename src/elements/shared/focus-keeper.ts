import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * If an update removes the focused element, the browser moves the focus to the top of the page, and a keyboard user loses
 * their place. This controller notices it after the update and calls the host, which focuses something near.
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
    // Keep an element that is already removed: `#check` has yet to run for it.
    if (focused || this.#focused?.isConnected) this.#focused = focused;
  }

  hostUpdated(): void {
    // Inner elements update after their owner, so the check has to wait.
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
