import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DayAvailability } from '../../../core/calendar/availability.ts';
import { addDays, addMonths, weekdayNames } from '../../../core/time/time-zones.ts';
import { calendarStyles } from './openslot-calendar.styles.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { iconBack, iconForward, iconWeek } from '../../shared/icons.ts';
import { monthOf } from '../offer.ts';
import { pageOf } from './month-page.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';

/** Steps of the bar that tells how free a day is. */
const SHARES = 4;

/**
 * @summary A month to choose a day from: an APG grid with a bar on every day that tells how much of it is free.
 *
 * @tagname openslot-calendar
 *
 * @event openslot-day-select - A day with free times was chosen; `detail.day` is `YYYY-MM-DD`.
 * @event openslot-view-change - A week shall be shown instead; `detail.view` is `week`.
 * @event openslot-month-change - Another month is shown; `detail.month` is `YYYY-MM`.
 *
 * @csspart month - The name of the month.
 * @csspart nav-button - The buttons to the previous and next month, and to the view of weeks.
 * @csspart legend - What the bars mean.
 * @csspart day - A day; also `day bookable`, `day selected`, `day today`.
 */
export class OpenslotCalendar extends LitElement {
  /** How dates are written. */
  @property({ attribute: false }) display = defaultDisplay;
  /** Days with something to book, in order. */
  @property({ attribute: false }) days: ReadonlyMap<string, DayAvailability> = new Map();
  /** The month shown, `YYYY-MM`. */
  @property() month = '';
  /** The chosen day, `YYYY-MM-DD`. */
  @property() selected: string | null = null;
  /** Today in the shown zone, `YYYY-MM-DD`. */
  @property() today = '';

  /** The day that the keyboard is on; null until it moved. */
  @state() private cursor: string | null = null;

  @query('[data-day][tabindex="0"]') private readonly tabStop!: HTMLElement | null;

  #page: readonly (readonly string[])[] = [];
  /** The day whose week begins the first page. It only moves back, so that no row slips away under somebody's finger. */
  #first = '';
  #focusCursor = false;

  get #last(): string {
    return [...this.days.keys()].at(-1) ?? this.today;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const first = this.days.keys().next().value ?? this.today;
    if (!this.#first || first < this.#first) this.#first = first;
    if (!this.month) this.month = monthOf(this.selected ?? first);
    if (changed.has('month') || changed.has('selected')) {
      if (!this.#focusCursor) this.cursor = null;
    }
    this.#page = this.#pageOf(this.month);
  }

  protected override updated(): void {
    if (!this.#focusCursor) return;
    this.#focusCursor = false;
    this.tabStop?.focus();
  }

  protected override render() {
    const { display } = this;
    const { messages } = display;
    const stop = this.#stop();
    const fullNames = weekdayNames(display.firstDay, display.lang, 'long');
    return html`
      <header>
        <h3 id="month" part="month" aria-live="polite">${this.#title()}</h3>
        <button
          part="nav-button"
          aria-label=${messages.showWeek}
          title=${messages.showWeek}
          @click=${() => request(this, 'openslot-view-change', { view: 'week' })}
        >
          ${iconWeek}
        </button>
        <button
          part="nav-button"
          aria-label=${messages.previousMonth}
          aria-disabled=${!this.#canTurn(-1)}
          @click=${() => this.#turn(-1)}
        >
          ${iconBack}
        </button>
        <button
          part="nav-button"
          aria-label=${messages.nextMonth}
          aria-disabled=${!this.#canTurn(1)}
          @click=${() => this.#turn(1)}
        >
          ${iconForward}
        </button>
      </header>
      <table role="grid" aria-labelledby="month" @keydown=${this.#onKeydown}>
        <thead>
          <tr>
            ${weekdayNames(display.firstDay, display.lang, 'short').map(
              (name, index) => html`<th scope="col" abbr=${fullNames[index] ?? name}>${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.#page.map(
            (week) =>
              html`<tr>
                ${week.map((day) => this.#renderDay(day, day === stop))}
              </tr>`,
          )}
        </tbody>
      </table>
      <p part="legend" class="muted legend" aria-hidden="true">${messages.legend}</p>
    `;
  }

  #renderDay(day: string, isStop: boolean) {
    const { display } = this;
    const available = this.days.get(day);
    const isSelected = day === this.selected;
    const isToday = day === this.today;
    const part = ['day', available && 'bookable', isSelected && 'selected', isToday && 'today']
      .filter(Boolean)
      .join(' ');
    return html`
      <td role="gridcell" aria-selected=${isSelected ? 'true' : 'false'}>
        <button
          part=${part}
          class=${part}
          data-day=${day}
          tabindex=${isStop ? 0 : -1}
          aria-label=${display.messages.dayWithTimes(display.day(day, 'full'), available?.starts.length ?? 0)}
          aria-disabled=${available ? 'false' : 'true'}
          aria-current=${isToday ? 'date' : 'false'}
          @click=${() => this.#select(day)}
        >
          <span data-month=${ifDefined(day.endsWith('-01') ? display.monthName(day, 'short') : undefined)}>
            ${display.day(day, 'number')}
          </span>
          ${available ? html`<i data-share=${Math.max(1, Math.round(available.share * SHARES))}></i>` : nothing}
        </button>
      </td>
    `;
  }

  #pageOf(month: string) {
    return pageOf(month, this.display.firstDay, this.#first);
  }

  #title(): string {
    const shownFrom = this.#page[0]?.[0] ?? this.month;
    const lastShown = this.#page.at(-1)?.at(-1) ?? this.month;
    const startsLate = shownFrom > `${this.month}-01`;
    return this.display.months(this.month, startsLate ? monthOf(lastShown) : this.month);
  }

  /** The one day that the tab key reaches. */
  #stop(): string {
    const shown = this.#page.flat();
    const wanted = [this.cursor, this.selected].find((day) => day && shown.includes(day));
    return wanted ?? shown.find((day) => this.days.has(day)) ?? shown.find((day) => day >= this.#earliest()) ?? '';
  }

  /** The first day that the keyboard reaches. */
  #earliest(): string {
    const shown = this.#pageOf(monthOf(this.today))[0]?.[0] ?? this.today;
    return shown > this.today ? shown : this.today;
  }

  #select(day: string): void {
    if (this.days.has(day)) request(this, 'openslot-day-select', { day });
  }

  #canTurn(months: number): boolean {
    const month = addMonths(this.month, months);
    return month >= monthOf(this.today) && month <= monthOf(this.#last);
  }

  /** The button keeps the focus when there is nothing more to turn to. */
  #turn(months: number): void {
    if (this.#canTurn(months)) this.#show(addMonths(this.month, months));
  }

  #show(month: string): void {
    this.month = month;
    request(this, 'openslot-month-change', { month });
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = this.#stop();
    const target = this.#target(event.key, from);
    if (!target) return;
    event.preventDefault();
    const earliest = this.#earliest();
    const day = target < earliest ? earliest : target > this.#last ? this.#last : target;
    this.cursor = day;
    this.#focusCursor = true;
    const pages = event.key.startsWith('Page') && monthOf(day) !== this.month;
    if (pages || !this.#page.some((week) => week.includes(day))) this.#show(monthOf(day));
    this.requestUpdate();
  };

  #target(key: string, day: string): string | null {
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const week = this.#page.find((days) => days.includes(day)) ?? [];
    switch (key) {
      case 'ArrowRight':
        return addDays(day, forward);
      case 'ArrowLeft':
        return addDays(day, -forward);
      case 'ArrowDown':
        return addDays(day, 7);
      case 'ArrowUp':
        return addDays(day, -7);
      case 'Home':
        return week[0] ?? null;
      case 'End':
        return week.at(-1) ?? null;
      case 'PageDown':
        return sameDayIn(addMonths(this.month, 1), day);
      case 'PageUp':
        return sameDayIn(addMonths(this.month, -1), day);
      default:
        return null;
    }
  }

  static override styles = [base, calendarStyles];
}

/** The same day of another month, or its last one. */
function sameDayIn(month: string, day: string): string {
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const wanted = month + day.slice(7);
  return wanted > last ? last : wanted;
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-calendar': OpenslotCalendar;
  }
}
