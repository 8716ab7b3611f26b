import { html, LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';

const SECOND_MS = 1_000;

/**
 * @summary The time left until an instant, in minutes and seconds. It updates by itself, so the agenda need not render each second.
 *
 * @tagname openslot-desk-countdown
 */
export class OpenslotDeskCountdown extends LitElement {
  /** ISO instant by the server's clock. */
  @property() until = '';
  @property({ attribute: false }) now: () => number = () => Date.now();
  /** Puts the time into a sentence. */
  @property({ attribute: false }) say: (left: string) => string = (left) => left;

  @state() private left = 0;

  #tick: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('until')) this.#measure();
  }

  protected override render() {
    const seconds = String(this.left % 60).padStart(2, '0');
    return html`${this.say(`${Math.floor(this.left / 60)}:${seconds}`)}`;
  }

  readonly #measure = (): void => {
    clearTimeout(this.#tick);
    const ms = Math.max(0, Date.parse(this.until) - this.now() || 0);
    this.left = Math.ceil(ms / SECOND_MS);
    if (ms > 0 && this.isConnected) this.#tick = setTimeout(this.#measure, ms % SECOND_MS || SECOND_MS);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-countdown': OpenslotDeskCountdown;
  }
}
