import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskAppointment, News } from '../../../core/desk/types.ts';
import { dayOf, minuteOf, weekdayNames } from '../../../core/time/time-zones.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { agendaStyles } from './openslot-desk-agenda.styles.ts';
import { renderAppointment, renderCell, renderGhost, renderRun } from './views.ts';
import { appointmentStyles } from './appointment.styles.ts';
import { DragController } from './drag.ts';
import { type Cursor, itemAt, type Selection, selectedCells, step, stopOf } from './grid.ts';
import type { DayColumn, Item, Layout } from './layout.ts';
import { defaultDeskDisplay } from '../display.ts';
import { place } from './place.ts';
import { request } from '../../shared/requests.ts';
import type { DeskStart } from '../starts.ts';
import { base } from '../../shared/base.styles.ts';

const HOUR = 60;
/** How often the line at the present time moves. */
const LINE_MS = 15_000;
const EMPTY: Layout = { days: [], from: 9 * HOUR, until: 17 * HOUR };

/**
 * @summary Days side by side, with open, blocked, held and booked times, as a grid for pointer and keyboard.
 *
 * @tagname openslot-desk-agenda
 *
 * @event openslot-desk-range - Staff chose one or more times: `detail.from`, `detail.to`.
 * @event openslot-desk-appointment - Staff chose an appointment: `detail.id`.
 * @event openslot-desk-move-form - Staff dragged an appointment: `detail.id`, `detail.start`.
 * @event openslot-desk-turn - The keyboard moved beyond the days shown.
 *
 * @csspart day-heading - Weekday and date; also `day-heading today`.
 * @csspart appointment - An appointment; also `appointment recent`, `appointment completed`, `appointment no_show`.
 * @csspart run - Times of one kind; also `run open`, `run blocked`, `run full`, `run held`.
 * @csspart now - The line at the present time.
 */
export class OpenslotDeskAgenda extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) layout = EMPTY;
  @property({ attribute: false }) news: readonly News[] = [];
  @property({ attribute: false }) busy: ReadonlySet<string> = new Set();
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = () => Date.now();
  /** Length of one step of the grid, in minutes. */
  @property({ type: Number, attribute: 'slot-minutes' }) slotMinutes = 30;
  /** The times of a day that staff can drag an appointment to. */
  @property({ attribute: false }) startsFor: (appointment: DeskAppointment, day: string) => readonly DeskStart[] =
    () => [];

  @state() private cursor: Cursor | null = null;
  @state() private selection: Selection | null = null;

  @query('[role="grid"]') private readonly grid!: HTMLElement;
  @query('[tabindex="0"][data-key]') private readonly tabStop!: HTMLElement | null;

  readonly #drag = new DragController(this);
  #focusCursor = false;
  #line: ReturnType<typeof setInterval> | undefined;

  /** Where the chosen time or appointment is on the screen: the dialog about it opens beside it. */
  get anchor(): DOMRect | null {
    const { day, key } = { ...this.cursor, ...(this.selection && { key: this.selection.head }) };
    const buttons = [...this.grid.querySelectorAll<HTMLElement>('[data-key]')];
    const chosen = buttons.find(({ dataset }) => dataset['day'] === day && dataset['key'] === key);
    return (chosen ?? this.tabStop)?.getBoundingClientRect() ?? null;
  }

  /** Moves the keyboard's place in the grid to an appointment, which staff may have chosen elsewhere. */
  pointTo(day: string, key: string): void {
    this.cursor = { day, key };
  }

  override focus(): void {
    this.tabStop?.focus();
  }

  /** Selects nothing any more. */
  clearSelection(): void {
    this.selection = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#line = setInterval(() => this.requestUpdate(), LINE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#line);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('layout')) return;
    // Patients may have booked all selected times meanwhile.
    if (this.selection && selectedCells(this.layout.days, this.selection).length === 0) this.selection = null;
  }

  protected override updated(): void {
    if (!this.#focusCursor) return;
    this.#focusCursor = false;
    this.tabStop?.focus();
  }

  protected override render() {
    const { layout, display, messages } = this;
    const { days, from, until } = layout;
    const now = this.now();
    const today = dayOf(now, display.zone);
    const minute = minuteOf(now, display.zone);
    const stop = stopOf(days, this.cursor, { day: today, minute });
    const hours = Array.from({ length: (until - from) / HOUR }, (_, index) => from + index * HOUR);
    const columns = { from, until, step: this.slotMinutes };
    return html`
      <p id="hint" class="visually-hidden">${messages.gridHint}</p>
      <div
        role="grid"
        aria-label=${messages.grid(this.#range())}
        aria-describedby="hint"
        aria-multiselectable="true"
        class=${days.length === 1 ? 'one' : ''}
        ${place(columns)}
        @keydown=${this.#onKeydown}
        @pointerdown=${this.#drag.onPointerDown}
        @click=${this.#onClick}
      >
        <div class="hours" aria-hidden="true">
          ${hours.map((hour) => html`<span ${place({ at: hour })}>${hour === from ? '' : display.minute(hour)}</span>`)}
        </div>
        ${repeat(
          days,
          ({ day }) => day,
          (column) => this.#renderDay(column, { today, minute, stop }),
        )}
      </div>
    `;
  }

  #renderDay(column: DayColumn, { today, minute, stop }: { today: string; minute: number; stop: Cursor | null }) {
    const { display, layout } = this;
    const { day, items, runs, isEmpty } = column;
    const isToday = day === today;
    const index = new Date(day).getUTCDay();
    const selected = new Set(this.selection?.day === day ? selectedCells(layout.days, this.selection) : []);
    const { drag } = this.#drag;
    const { messages, news, busy, slotMinutes } = this;
    const view = { display, messages, news, busy, slotMinutes, now: this.now, stop, drag };
    const line = isToday && minute >= layout.from && minute < layout.until;
    return html`
      <div role="row" class="day ${isToday ? 'today' : ''} ${isEmpty ? 'quiet' : ''}" data-day=${day}>
        <div
          role="rowheader"
          part="day-heading ${isToday ? 'today' : ''}"
          class="heading"
          aria-label=${display.day(day, 'long')}
          aria-current=${isToday ? 'date' : 'false'}
        >
          <span>${weekdayNames(0, display.lang, 'short')[index]}</span>
          <strong>${display.day(day, 'number')}</strong>
        </div>
        <div class="column" role="none">
          <div class="runs" aria-hidden="true">${runs.map((run) => renderRun(view, run))}</div>
          ${repeat(
            items,
            ({ key }) => key,
            (item) =>
              item.kind === 'cell'
                ? renderCell(view, day, item, selected.has(item))
                : renderAppointment(view, day, item),
          )}
          ${drag?.day === day && drag.target ? renderGhost(view, drag) : nothing}
          ${line ? html`<i part="now" class="now" ${place({ at: minute })}></i>` : nothing}
        </div>
      </div>
    `;
  }

  #range(): string {
    const days = this.layout.days.map(({ day }) => day);
    const [first = '', last = ''] = [days[0], days.at(-1)];
    return first === last ? this.display.day(first, 'long') : this.display.dayRange(first, last);
  }

  /** Handles taps, clicks and Enter. A drag ends with a click, too, which the drag controller swallows. */
  readonly #onClick = (event: MouseEvent): void => {
    const found = this.#itemOf(event.target);
    if (!found || this.#drag.swallowsClick()) return;
    const { cursor, item } = found;
    if (event.shiftKey && item.kind === 'cell' && this.cursor?.day === cursor.day) {
      this.extend(cursor);
      this.choose();
      return;
    }
    this.cursor = cursor;
    if (item.kind === 'event') {
      this.selection = null;
      request(this, 'openslot-desk-appointment', { id: item.appointment.id });
    } else {
      const within = selectedCells(this.layout.days, this.selection).includes(item);
      if (!within) this.select(cursor);
      this.choose();
    }
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const found = this.#itemOf(event.target);
    if (!found) return;
    if (event.key === 'Escape' && this.selection) {
      this.selection = null;
      event.preventDefault();
      return;
    }
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      this.#focusCursor = true;
      request(this, 'openslot-desk-turn', { by: event.key === 'PageUp' ? -1 : 1 });
      return;
    }
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const to = step(this.layout.days, found.cursor, event.key, forward);
    if (!to) return;
    event.preventDefault();
    if (event.shiftKey && to.day === found.cursor.day) {
      if (!this.selection) this.select(found.cursor);
      this.extend(to);
    } else {
      this.selection = null;
    }
    this.cursor = to;
    this.#focusCursor = true;
  };

  /** Begins a new selection at an item. */
  select({ day, key }: Cursor): void {
    this.selection = { day, anchor: key, head: key };
  }

  /** Extends the selection to an item. */
  extend({ day, key }: Cursor): void {
    const anchor = this.selection?.day === day ? this.selection.anchor : (this.cursor?.key ?? key);
    this.selection = { day, anchor, head: key };
  }

  /** Requests the panel with what can be done with the selected times. */
  choose(): void {
    const cells = selectedCells(this.layout.days, this.selection);
    const [first, last] = [cells[0], cells.at(-1)];
    if (!first || !last) {
      this.selection = null;
      return;
    }
    request(this, 'openslot-desk-range', { from: first.start, to: last.end });
  }

  itemUnder(x: number, y: number): { cursor: Cursor; item: Item } | null {
    return this.#itemOf(this.shadowRoot?.elementFromPoint(x, y) ?? null);
  }

  /** The day at a place on the screen, and the minute of that day. */
  columnUnder(x: number, y: number): { day: string; minute: number } | null {
    const { from, until } = this.layout;
    for (const row of this.grid.querySelectorAll<HTMLElement>('[role="row"]')) {
      const box = row.querySelector('.column')?.getBoundingClientRect();
      if (!box || x < box.left || x >= box.right) continue;
      const minute = from + ((y - box.top) / box.height) * (until - from);
      return { day: row.dataset['day'] ?? '', minute };
    }
    return null;
  }

  #itemOf(target: EventTarget | null): { cursor: Cursor; item: Item } | null {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
    if (!button) return null;
    const cursor = { day: button.dataset['day'] ?? '', key: button.dataset['key'] ?? '' };
    const item = itemAt(this.layout.days, cursor);
    return item ? { cursor, item } : null;
  }

  static override styles = [base, agendaStyles, appointmentStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-agenda': OpenslotDeskAgenda;
  }
}
