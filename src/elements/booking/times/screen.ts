/** What `<openslot-booking>` shows while a day and a time are being chosen. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BookableStart } from '../../../core/calendar/availability.ts';
import type { CalendarState } from '../../../core/calendar/types.ts';
import type { Provider } from '../../../core/wire.ts';
import type { Display } from '../../shared/display.ts';
import type { ExtraMessages, Messages } from '../../../locales/index.ts';
import type * as Extras from '../extras.ts';
import type { Notice } from '../openslot-notice.ts';
import { request } from '../requests.ts';
import { hasTimesIn, nextAfter, type Picture } from '../offer.ts';
import type { Selection } from '../selection.ts';

export interface View {
  readonly state: CalendarState;
  readonly picture: Picture;
  readonly selection: Selection;
}

/** What the picture comes from: a calendar, or an appointment, which has no viewers. */
export type Link = Pick<CalendarState, 'connection' | 'freshAt' | 'clockOffset'> &
  Partial<Pick<CalendarState, 'viewers' | 'viewersCapped'>>;

/** `flush`: across the whole width of the card. */
export function renderNotice(notice: Notice, { className = '', slot = '', flush = false } = {}): TemplateResult {
  return html`<openslot-notice
    part="notice"
    class=${className}
    slot=${slot}
    .flush=${flush}
    .notice=${notice}
  ></openslot-notice>`;
}

/** What is needed next could not be loaded, the element that would say so neither. */
export function renderStuck({ unreachable, tryAgain }: Messages): TemplateResult {
  const retry = ({ target }: Event) => target && request(target, 'openslot-retry', null);
  return html`
    <div class="alone" role="alert">
      <p>${unreachable}</p>
      <button @click=${retry}>${tryAgain}</button>
    </div>
  `;
}

export function renderHeader(provider: Provider, link: Link, display: Display): TemplateResult {
  const { viewers = null, viewersCapped = false, connection } = link;
  return html`
    <openslot-header
      part="header"
      class="row"
      exportparts="avatar, name, badge"
      .display=${display}
      .provider=${provider}
      .viewers=${viewers}
      .viewersCapped=${viewersCapped}
      .connection=${connection}
    ></openslot-header>
  `;
}

/**
 * @param isMoving an appointment is being moved: its service stays
 * @param extras given where a week is shown in place of a month
 */
export function renderTimes(
  { state, picture, selection: { display, otherZone, isFixed } }: View,
  isMoving: boolean,
  extras: typeof Extras | null,
  extraMessages: ExtraMessages | undefined,
): TemplateResult {
  const { service } = picture;
  return html`
    ${
      state.services.length > 1 && !isMoving
        ? html`<openslot-services
            part="services"
            class="row"
            exportparts="service, selected"
            .display=${display}
            .services=${state.services}
            .selected=${service.id}
          ></openslot-services>`
        : nothing
    }
    ${extras && extraMessages ? extras.renderWeek(picture, display, extraMessages) : renderMonth(picture, display)}
    <openslot-footer
      part="footer"
      class="footer"
      exportparts="zone, link"
      .display=${display}
      .otherZone=${otherZone}
      .fixed=${isFixed}
      .now=${picture.now}
      .next=${picture.next}
    ></openslot-footer>
  `;
}

function renderMonth(picture: Picture, display: Display): TemplateResult {
  const { messages } = display;
  const { availability, service, day, month, starts } = picture;
  return html`
    <div class="columns">
      <div class="column">
        <openslot-calendar
          part="calendar"
          exportparts="month, nav-button, legend, day, bookable, selected, today"
          .display=${display}
          .days=${availability.days}
          .month=${month}
          .selected=${day}
          .today=${picture.today}
        ></openslot-calendar>
        ${
          starts.length === 0 || hasTimesIn(picture, month)
            ? nothing
            : renderNotice(
                emptyNotice(display, messages.noTimesInMonth(display.monthName(month)), nextAfter(picture, month)),
              )
        }
      </div>
      <div class="column times">
        ${
          day && availability.starts.length > 0
            ? html`<openslot-times
                part="times"
                exportparts="heading, group-label, time, taken, selected"
                .display=${display}
                .day=${day}
                .of=${service.id + picture.zone}
                .starts=${starts}
                .earliest=${picture.earliest}
              >
                ${
                  starts.length > 0
                    ? nothing
                    : renderNotice(
                        emptyNotice(display, messages.noTimesOnDay(display.day(day, 'long')), nextAfter(picture, day)),
                      )
                }
              </openslot-times>`
            : renderNotice(emptyNotice(display, messages.noTimesAtAll, null))
        }
      </div>
    </div>
  `;
}

export function emptyNotice(display: Display, text: string, next: BookableStart | null): Notice {
  if (!next) return { kind: 'empty', text };
  const label = display.messages.next(display.day(next.day, 'short'));
  return { kind: 'empty', text, actions: [{ label, request: 'openslot-time-show', start: next.start }] };
}
