import { html, LitElement, nothing, type PropertyValues, svg } from 'lit';
import { property, query, queryAll, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { DayAvailability } from '../../../core/calendar/availability.ts';
import { addDays, formatDayRange, weekday } from '../../../core/time/time-zones.ts';
import { enWeek } from '../../../locales/en/week.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { icon, iconBack, iconForward } from '../../shared/icons.ts';
import { request } from '../../shared/requests.ts';
import type { RequestEvents } from '../requests.ts';
import { base } from '../../shared/base.styles.ts';
import { weekStyles } from './openslot-week.styles.ts';

const iconMonth = icon(svg`<path d="M2 3.5h12v10H2zM2 7h12M6 7v6.5M10 7v6.5M2 10.25h12" />`);

/** More times of one day wait behind a button. */
const MOST_TIMES = 6;

/**
 * @summary The times of a week side by side, one below the other where there is little room.
 *
 * @tagname openslot-week
 *
 * @event openslot-day-select - Another week shall be shown; `detail.day` is `YYYY-MM-DD`, a day of it.
 * @event openslot-view-change - Months shall be shown instead; `detail.view` is `month`.
 * @event openslot-time-select - A time was chosen; `detail.start` is its ISO instant.
 *
 * @csspart heading - Which week it is.
 * @csspart nav-button - The buttons to other weeks and to the month.
 * @csspart day - A day; also `day today`.
 * @csspart time - A time; also `time taken`.
 * @csspart more-button - Shows the rest of a day's times.
 */
export class OpenslotWeek extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enWeek;
  /** Days with something to book, in order. */
  @property({ attribute: false }) days: ReadonlyMap<string, DayAvailability> = new Map();
  /** A day of the week shown, `YYYY-MM-DD`. */
  @property() day = '';
  /** Today in the shown zone, `YYYY-MM-DD`. */
  @property() today = '';
  /** Distinguishes lists of which no tile shall be carried over, such as those of two services. */
  @property({ attribute: 'list-key' }) listKey = '';
  /** Epoch ms before which times are over rather than taken. */
  @property({ type: Number }) earliest = 0;

  /**
   * By day, the last of the times that are shown before it is unfolded, epoch ms: one that comes back puts no other out.
   */
  @state() private cuts: ReadonlyMap<string, number> = new Map();

  #announcement = '';

  @query('h3') private readonly heading!: HTMLElement | null;
  @queryAll('openslot-times') private readonly lists!: NodeListOf<HTMLElementTagNameMap['openslot-times']>;

  /** Puts the focus on a time if it is there, else on the heading. */
  focusTime(start: string): void {
    const list = [...this.lists].find(({ starts }) => starts.some((offered) => offered.start === start));
    if (list) list.focusTime(start);
    else this.focus();
  }

  override focus(): void {
    this.heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('listKey')) this.cuts = new Map();
    const before = changed.get('days');
    if (before && !changed.has('listKey') && !changed.has('day')) this.#announce(before);
    const cut = ({ day, starts }: DayAvailability) =>
      [day, (starts.length > MOST_TIMES + 1 && starts[MOST_TIMES - 1]?.at) || Infinity] as const;
    this.cuts = new Map([...[...this.days.values()].map(cut), ...this.cuts]);
  }

  /** The seven days shown. */
  get #week(): readonly string[] {
    const first = addDays(this.day, -((weekday(this.day) - this.display.firstDay + 7) % 7));
    return Array.from({ length: 7 }, (_, index) => addDays(first, index));
  }

  protected override render() {
    const { display, messages, today } = this;
    const days = this.#week;
    const [first = '', last = ''] = [days[0], days.at(-1)];
    const bookable = [...this.days.keys()];
    // A button that can't turn any further keeps the focus.
    const isFirst = first <= (bookable[0] ?? today);
    const isLast = last >= (bookable.at(-1) ?? today);
    return html`
      <header>
        <h3 part="heading" tabindex="-1" aria-live="polite">${formatDayRange(first, last, display.lang)}</h3>
        <button
          part="nav-button"
          aria-label=${messages.month}
          title=${messages.month}
          @click=${() => request(this, 'openslot-view-change', { view: 'month' })}
        >
          ${iconMonth}
        </button>
        <button
          part="nav-button"
          aria-label=${messages.previous}
          aria-disabled=${isFirst}
          @click=${() => isFirst || this.#turn(-7)}
        >
          ${iconBack}
        </button>
        <button
          part="nav-button"
          aria-label=${messages.next}
          aria-disabled=${isLast}
          @click=${() => isLast || this.#turn(7)}
        >
          ${iconForward}
        </button>
      </header>
      <p class="visually-hidden" role="status">${this.#announcement}</p>
      <div class="days">
        ${days.filter((day) => day >= today || days.at(-1) === day).map((day) => this.#renderDay(day))}
      </div>
    `;
  }

  /** Says what of the week was free before and that somebody has taken since. */
  #announce(before: OpenslotWeek['days']): void {
    const { display, earliest } = this;
    const taken = this.#week.flatMap((day) => {
      const free = new Set(this.days.get(day)?.starts.map(({ at }) => at));
      return before.get(day)?.starts.filter(({ at }) => at >= earliest && !free.has(at)) ?? [];
    });
    const { justTaken } = display.messages;
    if (taken.length > 0) this.#announcement = taken.map(({ at }) => justTaken(display.when(at, 'long'))).join(' ');
  }

  #renderDay(day: string) {
    const { display, messages } = this;
    const starts = this.days.get(day)?.starts ?? [];
    const shown = starts.filter(({ at }) => at <= (this.cuts.get(day) ?? Infinity));
    const more = starts.length - shown.length;
    const isToday = day === this.today;
    return html`
      <section
        part=${isToday ? 'day today' : 'day'}
        class=${classMap({ day: true, today: isToday, empty: starts.length === 0 })}
      >
        <p class="name" aria-hidden=${starts.length > 0 ? 'true' : 'false'}>${display.day(day, 'short')}</p>
        ${
          starts.length > 0
            ? html`<openslot-times
                exportparts="time, taken, selected"
                .display=${display}
                .day=${day}
                .listKey=${[this.listKey, day, more > 0].join()}
                .starts=${shown}
                .earliest=${this.earliest}
                @openslot-time-select=${this.#onTime}
              ></openslot-times>`
            : html`<p class="nothing muted">${messages.nothing}</p>`
        }
        ${
          more > 0
            ? html`<button part="more-button" class="link" @click=${() => this.#unfold(day)}>
                ${messages.moreTimes(more)}
                <span class="visually-hidden">${display.day(day, 'long')}</span>
              </button>`
            : nothing
        }
      </section>
    `;
  }

  #unfold(day: string): void {
    const next = this.days.get(day)?.starts.find(({ at }) => at > (this.cuts.get(day) ?? Infinity));
    this.cuts = new Map([...this.cuts, [day, Infinity]]);
    // The button that was pressed is gone: the first of the new times takes its place.
    if (next) void this.updateComplete.then(() => this.focusTime(next.start));
  }

  /** Requests of what is in here are heard in here only. */
  readonly #onTime = ({ detail }: RequestEvents['openslot-time-select']): void => {
    request(this, 'openslot-time-select', detail);
  };

  #turn(days: number): void {
    const day = addDays(this.day, days);
    request(this, 'openslot-day-select', { day: day < this.today ? this.today : day });
  }

  static override styles = [base, weekStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-week': OpenslotWeek;
  }
}
