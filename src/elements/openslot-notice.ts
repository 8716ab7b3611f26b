import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { BookableStart } from '../core/availability.ts';
import { defaultDisplay } from './display.ts';
import { request } from './requests.ts';
import { base } from './styles.ts';

/** What there is to tell. */
export type Notice =
  /** Nothing to book where the patient looks; `next` is where there is. */
  | { readonly kind: 'empty'; readonly text: string; readonly next: BookableStart | null }
  /** The picture is old; `text` says of when. */
  | { readonly kind: 'stale'; readonly text: string }
  /** Something failed that may work on another try. */
  | { readonly kind: 'error'; readonly text: string; readonly retry: boolean }
  /** For the owner of the page: what to mend. */
  | { readonly kind: 'setup'; readonly text: string }
  /** The patient is choosing a new time for an appointment. */
  | { readonly kind: 'moving'; readonly text: string }
  /** The wanted time can't be had any more; `text` says why, `kept` that details were typed that stay. */
  | {
      readonly kind: 'taken';
      readonly text: string;
      /** The wanted day, `YYYY-MM-DD`. */
      readonly day: string;
      readonly alternatives: readonly BookableStart[];
      readonly kept: boolean;
    };

/**
 * @summary Says in words what is the matter, and offers what can be done about it.
 *
 * @tagname openslot-notice
 *
 * @event openslot-time-show - The next free time shall be shown; `detail.start` is its ISO instant.
 * @event openslot-time-select - One of the nearest times was chosen; `detail.start` is its ISO instant.
 * @event openslot-retry - It shall be tried again.
 * @event openslot-back - The patient stays with what there was.
 *
 * @csspart notice - The box; also `notice` with one of `empty`, `stale`, `error`, `setup`, `moving`, `taken`.
 */
export class OpenslotNotice extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) notice: Notice | null = null;

  protected override render() {
    const { notice } = this;
    if (!notice) return nothing;
    const isAlert = notice.kind === 'taken' || notice.kind === 'error';
    return html`
      <div part="notice ${notice.kind}" class="notice ${notice.kind}" role=${isAlert ? 'alert' : nothing}>
        ${notice.kind === 'taken' ? this.#renderTaken(notice) : this.#renderText(notice)}
      </div>
    `;
  }

  #renderText(notice: Exclude<Notice, { kind: 'taken' }>) {
    const { messages } = this.display;
    switch (notice.kind) {
      case 'setup':
        return html`<p><strong>${messages.setup.title}</strong></p>
          <p>${notice.text}</p>`;
      case 'empty':
        return html`<p>${notice.text}</p>
          ${notice.next ? this.#renderNext(notice.next) : nothing}`;
      case 'error':
        return html`<p>${notice.text}</p>
          ${notice.retry ? this.#renderButton(messages.tryAgain, 'openslot-retry') : nothing}`;
      case 'moving':
        return html`<p>${notice.text}</p>
          ${this.#renderButton(messages.keep, 'openslot-back')}`;
      case 'stale':
        return html`<p>${notice.text}</p>`;
    }
  }

  #renderButton(label: string, type: 'openslot-retry' | 'openslot-back') {
    return html`<button @click=${() => request(this, type, null)}>${label}</button>`;
  }

  #renderNext(next: BookableStart) {
    const { display } = this;
    return html`
      <button @click=${() => request(this, 'openslot-time-show', { start: next.start })}>
        ${display.messages.next(display.day(next.day, 'short'))}
      </button>
    `;
  }

  #renderTaken({ text, day, alternatives, kept }: Extract<Notice, { kind: 'taken' }>) {
    const { display } = this;
    const { messages } = display;
    return html`
      <p>
        <strong>${text}</strong>
        ${kept ? messages.takenKept : nothing}
        ${alternatives.length > 0 ? messages.takenNearest : messages.takenNone}
      </p>
      <div class="alternatives">
        ${alternatives.map(
          (other) => html`
            <button class="time" @click=${() => request(this, 'openslot-time-select', { start: other.start })}>
              ${other.day === day ? nothing : html`<small>${display.day(other.day, 'short')}</small> `}${display.time(other.at)}
            </button>
          `,
        )}
      </div>
    `;
  }

  static override styles = [
    base,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--_gap) * 1.25) 1em;
        padding: calc(var(--_gap) * 1.5) 0.9em;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_tile);
        line-height: 1.45;
      }

      p {
        flex: 1 1 12em;
      }

      /* Across the whole width, as a line of its own. */
      :host([flush]) .notice {
        padding-inline: var(--_pad);
        border-width: 0 0 1px;
        border-radius: 0;
      }

      button {
        background: var(--_surface);
      }

      .stale,
      .moving,
      .taken {
        border-color: color-mix(in oklab, var(--_warn) 45%, var(--_surface));
        background: var(--_warn-tint);
      }

      .error {
        border-color: color-mix(in oklab, var(--_danger) 40%, var(--_surface));
        background: color-mix(in oklab, var(--_danger) 7%, var(--_surface));
      }

      .setup {
        display: block;
        padding-block: 1em;
        border-style: dashed;
        border-color: var(--_field);
      }

      .setup p + p {
        margin-block-start: 0.35em;
      }

      .alternatives {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(5em, 100%), 1fr));
        flex: 1 0 100%;
        gap: var(--_gap);
      }

      .alternatives small {
        display: block;
        font-size: 0.8em;
        font-weight: 400;
        color: var(--_muted);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-notice': OpenslotNotice;
  }
}
