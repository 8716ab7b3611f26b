import { html, nothing, type TemplateResult } from 'lit';
import type { Display } from '../../shared/display.ts';
import { renderChoices } from '../choices.ts';
import { emptyNotice, renderNotice } from '../notices.ts';
import { hasTimesIn, nextAfter, type Offer } from '../offer.ts';
import type { Screen } from '../screen.ts';
import { OpenslotCalendar } from './openslot-calendar.ts';
import { OpenslotFooter } from './openslot-footer.ts';
import { OpenslotServices } from './openslot-services.ts';
import { OpenslotTimes } from './openslot-times.ts';

/** A month, and the times of one of its days. */
export const screen: Screen = {
  elements: {
    'openslot-calendar': OpenslotCalendar,
    'openslot-footer': OpenslotFooter,
    'openslot-services': OpenslotServices,
    'openslot-times': OpenslotTimes,
  },
  texts: {},
  render: (view) => (view.offer ? renderChoices(view, renderMonth(view.offer, view.selection.display)) : nothing),
};

function renderMonth(offer: Offer, display: Display): TemplateResult {
  const { messages } = display;
  const { availability, service, day, month, starts } = offer;
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
          .today=${offer.today}
        ></openslot-calendar>
        ${
          starts.length === 0 || hasTimesIn(offer, month)
            ? nothing
            : renderNotice(
                emptyNotice(display, messages.noTimesInMonth(display.monthName(month)), nextAfter(offer, month)),
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
                .listKey=${service.id + offer.zone}
                .starts=${starts}
                .earliest=${offer.earliest}
              >
                ${
                  starts.length > 0
                    ? nothing
                    : renderNotice(
                        emptyNotice(display, messages.noTimesOnDay(display.day(day, 'long')), nextAfter(offer, day)),
                      )
                }
              </openslot-times>`
            : renderNotice(emptyNotice(display, messages.noTimesAtAll, null))
        }
      </div>
    </div>
  `;
}
