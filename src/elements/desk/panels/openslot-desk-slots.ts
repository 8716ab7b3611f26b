import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { enDesk } from '../../../locales/en/desk.ts';
import { defaultDeskDisplay } from '../display.ts';
import { deskForms } from '../form.styles.ts';
import type { Cell } from '../agenda/layout.ts';
import { request } from '../../shared/requests.ts';
import { fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary Blocks or opens the chosen times of a day, or books one for a patient.
 *
 * @tagname openslot-desk-slots
 *
 * @event openslot-desk-range - Staff chose more or fewer times: `detail.from`, `detail.to`.
 * @event openslot-desk-set-slots - Block or open the times.
 * @event openslot-desk-book-form - Show the form that books for a patient: `detail.start`.
 *
 * @csspart action - A button that does something; also `action block`, `action open`, `action book`.
 */
export class OpenslotDeskSlots extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  /** The chosen times, in order. */
  @property({ attribute: false }) cells: readonly Cell[] = [];
  /** All times of that day from the first chosen one on. Staff can extend the choice over them. */
  @property({ attribute: false }) following: readonly Cell[] = [];

  @query('button') private readonly first!: HTMLElement | null;

  override focus(): void {
    this.first?.focus();
  }

  protected override render() {
    const { cells, messages, following } = this;
    const [first, last] = [cells[0], cells.at(-1)];
    if (!first || !last) return html`<p>${messages.slotsPast}</p>`;
    const count = (status: Cell['status']) => cells.filter((cell) => cell.status === status).length;
    const [open, blocked, full, empty, held] = [
      count('open'),
      count('blocked'),
      count('full'),
      count('empty'),
      count('held'),
    ];
    const text = [
      open > 0 ? messages.slotsFree(open) : '',
      blocked + full > 0 ? messages.slotsBlocked(blocked + full) : '',
      open + blocked + full + held === 0 ? messages.slotsNone : '',
    ].filter(Boolean);
    const set = (status: 'open' | 'blocked') => () =>
      request(this, 'openslot-desk-set-slots', { from: first.start, to: last.end, status });
    const bookable = open + blocked + full > 0 && first.status !== 'held' && first.status !== 'empty';
    return html`
      <div class="stack">
        <p class="muted">${text.join(' · ')}${held > 0 ? html` ${messages.slotsHeld}` : nothing}</p>
        ${following.length > 1 ? this.#renderUntil(first, last) : nothing}
        <div class="choices">
          ${
            bookable
              ? this.#renderAction('book', messages.bookHere, messages.bookDescription, () =>
                  request(this, 'openslot-desk-book-form', { start: first.start }),
                )
              : nothing
          }
          ${
            open + full + held > 0
              ? this.#renderAction('block', messages.block, messages.blockDescription, set('blocked'))
              : nothing
          }
          ${blocked > 0 ? this.#renderAction('open', messages.openUp, messages.openDescription, set('open')) : nothing}
          ${
            empty > 0 && empty === cells.length
              ? this.#renderAction('open', messages.addHours, messages.addHoursDescription, set('open'))
              : nothing
          }
        </div>
      </div>
    `;
  }

  #renderUntil(first: Cell, last: Cell) {
    const { display, following, messages } = this;
    return html`
      <div class="field">
        <label for="until">${messages.until}</label>
        <select
          id="until"
          @change=${(event: Event) =>
            request(this, 'openslot-desk-range', { from: first.start, to: (event.target as HTMLSelectElement).value })}
        >
          ${following.map(
            ({ end }) => html`<option value=${end} .selected=${end === last.end}>${display.time(end)}</option>`,
          )}
        </select>
      </div>
    `;
  }

  #renderAction(part: string, label: string, description: string, run: () => void) {
    return html`<button part="action ${part}" @click=${run}>
      <strong>${label}</strong><span class="muted">${description}</span>
    </button>`;
  }

  static override styles = [
    base,
    fields,
    deskForms,
    css`
      .choices {
        display: grid;
        gap: 0.5em;
      }

      .choices button {
        display: grid;
        padding: 0.55em 0.9em;
        text-align: start;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-slots': OpenslotDeskSlots;
  }
}
