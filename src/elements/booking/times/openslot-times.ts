import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, queryAll, state } from 'lit/decorators.js';
import type { BookableStart } from '../../../core/calendar/availability.ts';
import { hourOf } from '../../../core/time/time-zones.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { rememberPlaces } from './glide.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';
import { nextTiles, settled, type Tile } from './tiles.ts';

/** How long a time that was taken is seen struck before its gap closes. */
const STRUCK_MS = 1_200;

/**
 * @summary The times of one day. One that is taken is struck and stays in place until pointer and focus have left.
 *
 * @tagname openslot-times
 *
 * @event openslot-time-select - A time was chosen; `detail.start` is its ISO instant.
 *
 * @slot - Shown below the heading in place of times, for a day that has none.
 *
 * @csspart heading - The name of the day.
 * @csspart count - How many are free.
 * @csspart group-label - Morning, afternoon, evening.
 * @csspart time - A time; also `time taken`, `time selected`.
 */
export class OpenslotTimes extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  /** `YYYY-MM-DD`; null before one was chosen. */
  @property() day: string | null = null;
  /** Distinguishes lists of which no tile shall be carried over, such as those of two services. */
  @property({ attribute: 'list-key' }) listKey = '';
  /** Free times of the day, in order. */
  @property({ attribute: false }) starts: readonly BookableStart[] = [];
  /** ISO instant of the time that this visitor holds. */
  @property() selected: string | null = null;
  /** Epoch ms before which times are over rather than taken. */
  @property({ type: Number }) earliest = 0;

  @state() private tiles: readonly Tile[] = [];

  @query('h3') private readonly heading!: HTMLElement | null;
  @queryAll('li, h4') private readonly movable!: NodeListOf<Element>;

  #pointerInside = false;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #glide: (() => void) | undefined;

  /** Puts the focus on a time if it is there, else on the heading. */
  focusTime(start: string): void {
    const { renderRoot } = this;
    (renderRoot.querySelector<HTMLElement>(`[data-start="${start}"]`) ?? this.heading)?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('day') || changed.has('listKey')) {
      this.tiles = settled([], this.starts);
    } else if (changed.has('starts')) {
      this.tiles = nextTiles(this.tiles, this.starts, { engaged: this.#engaged, earliest: this.earliest });
      this.#scheduleSettling();
    }
  }

  protected override update(changed: PropertyValues<this>): void {
    const sameList = this.hasUpdated && !changed.has('day') && !changed.has('listKey');
    this.#glide = sameList ? rememberPlaces(this.movable) : undefined;
    super.update(changed);
  }

  protected override updated(): void {
    this.#glide?.();
  }

  protected override render() {
    const { display, day, starts } = this;
    const { messages } = display;
    if (!day) return html`<p class="muted">${messages.chooseDay}</p>`;
    return html`
      <h3 part="heading" id="day" tabindex="-1">${display.day(day, 'long')}</h3>
      <p part="count" class="muted count">${messages.timesFree(starts.length)}</p>
      <div
        role="group"
        aria-labelledby="day"
        @pointerenter=${this.#onPointer}
        @pointerleave=${this.#onPointer}
        @focusout=${this.#scheduleSettling}
      >
        ${this.#groups().map(({ name, label, tiles }) =>
          // What is not shown keeps its place in the lists, so that the rest are the same elements as before.
          tiles.every(isGone)
            ? nothing
            : html`
                <h4 part="group-label" id=${name}>${label}</h4>
                <ul aria-labelledby=${name}>
                  ${tiles.map((tile) => (isGone(tile) ? nothing : html`<li>${this.#renderTile(tile)}</li>`))}
                </ul>
              `,
        )}
      </div>
      <slot></slot>
    `;
  }

  #renderTile({ start, status }: Tile) {
    const taken = status === 'taken';
    const time = this.display.time(start.at);
    const isSelected = start.start === this.selected;
    const part = `time${taken ? ' taken' : ''}${isSelected ? ' selected' : ''}`;
    return html`
      <button
        part=${part}
        class=${part}
        data-start=${start.start}
        aria-disabled=${taken ? 'true' : 'false'}
        aria-label=${taken ? this.display.messages.takenTime(time) : nothing}
        aria-current=${isSelected ? 'true' : 'false'}
        @click=${() => {
          if (!taken) request(this, 'openslot-time-select', { start: start.start });
        }}
      >
        ${time}
      </button>
    `;
  }

  #groups() {
    const { messages, zone } = this.display;
    const groups = [
      { name: 'morning', label: messages.morning, until: 12 },
      { name: 'afternoon', label: messages.afternoon, until: 17 },
      { name: 'evening', label: messages.evening, until: 24 },
    ];
    return groups.map(({ name, label, until }, index) => {
      const from = groups[index - 1]?.until ?? 0;
      const tiles = this.tiles.filter(({ start }) => {
        const hour = hourOf(start.at, zone);
        return hour >= from && hour < until;
      });
      return { name, label, tiles };
    });
  }

  /**
   * Somebody is about to press one of the tiles, so none may move. A finger gives no sign before it comes down: where
   * there is no hovering, tiles keep their places for as long as the day is shown.
   */
  get #engaged(): boolean {
    return this.#pointerInside || this.matches(':focus-within') || matchMedia('(hover: none)').matches;
  }

  readonly #onPointer = (event: PointerEvent): void => {
    this.#pointerInside = event.type === 'pointerenter';
    this.#scheduleSettling();
  };

  readonly #scheduleSettling = (): void => {
    const shown = this.tiles.filter((tile) => !isGone(tile));
    if (shown.length === this.starts.length && shown.every(({ status }) => status === 'free')) return;
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      if (!this.#engaged) this.tiles = settled(this.tiles, this.starts);
    }, STRUCK_MS);
  };

  static override styles = [
    base,
    css`
      .count {
        min-block-size: 1.5em;
        font-variant-numeric: tabular-nums;
      }

      h4 {
        margin: calc(var(--_gap) * 1.75) 0 var(--_gap);
        font-size: 0.8667em;
        font-weight: 400;
        line-height: 1.3;
        color: var(--_muted);
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(5.6em, 100%), 1fr));
        gap: var(--_gap);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .time {
        inline-size: 100%;
        padding-inline: 0.25em;
        text-align: center;
        animation: appear 300ms;
      }

      .selected {
        border-color: var(--_accent);
        color: var(--_accent);
        box-shadow: inset 0 0 0 1px var(--_accent);
      }

      .taken {
        border-style: dashed;
        color: var(--_muted);
        font-weight: 400;
        text-decoration: line-through;
        opacity: 0.75;
        transition: opacity var(--_motion);
      }

      @keyframes appear {
        from {
          opacity: 0;
        }
      }

      @media (forced-colors: active) {
        .taken {
          border-color: GrayText;
          color: GrayText;
        }

        .selected {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];
}

const isGone = ({ status }: Tile) => status === 'gone';

declare global {
  interface HTMLElementTagNameMap {
    'openslot-times': OpenslotTimes;
  }
}
