import { html, nothing, type TemplateResult } from 'lit';
import { enWeek } from '../../../locales/en/week.ts';
import { renderChoices } from '../choices.ts';
import { emptyNotice, renderNotice } from '../notices.ts';
import type { Offer } from '../offer.ts';
import type { Screen, Texts, View } from '../screen.ts';
import { OpenslotWeek } from './openslot-week.ts';

/** The times of a week, side by side. */
export const screen: Screen<'week'> = {
  elements: { 'openslot-week': OpenslotWeek },
  texts: { week: enWeek },
  render: (view, texts) => (view.offer ? renderChoices(view, renderWeek(view, view.offer, texts)) : nothing),
};

function renderWeek({ selection: { display } }: View, offer: Offer, { week }: Texts<'week'>): TemplateResult {
  const { availability, service, day, today, earliest, zone } = offer;
  if (availability.starts.length === 0 || !day) {
    return renderNotice(emptyNotice(display, display.messages.noTimesAtAll, null), { className: 'alone' });
  }
  return html`
    <openslot-week
      part="week"
      exportparts="heading, nav-button, day, today, time, taken, selected, more-button"
      .display=${display}
      .messages=${week}
      .days=${availability.days}
      .day=${day}
      .today=${today}
      .listKey=${service.id + zone}
      .earliest=${earliest}
    ></openslot-week>
  `;
}
