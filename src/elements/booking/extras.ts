/**
 * What only some patients or services need: weeks in place of a month, another time zone, questions of the clinic's.
 * Imported on demand only.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { viewerZone } from '../../core/time/time-zones.ts';
import { enExtras } from '../../locales/en/extras.ts';
import type { ExtraMessages } from '../../locales/index.ts';
import type { BookingController } from './controller.ts';
import type { StepView } from './details/screen.ts';
import { emptyNotice, renderNotice } from './times/screen.ts';
import type { Display } from '../shared/display.ts';
import { OpenslotQuestions } from './questions/openslot-questions.ts';
import { OpenslotWeek } from './week/openslot-week.ts';
import { OpenslotZones } from './zones/openslot-zones.ts';
import type { Picture } from './offer.ts';

export { enExtras };

/** By tag; whoever imports this registers them. */
export const elements = {
  'openslot-questions': OpenslotQuestions,
  'openslot-week': OpenslotWeek,
  'openslot-zones': OpenslotZones,
};

export function renderWeek(picture: Picture, display: Display, { week }: ExtraMessages): TemplateResult {
  const { availability, service, day, today, earliest, zone } = picture;
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
      .of=${service.id + zone}
      .earliest=${earliest}
    ></openslot-week>
  `;
}

/** @param field that the server did not accept; `answers.KEY` if it is an answer */
export function renderQuestions(
  { flow: { chosen, answers, busy }, messages, extraMessages }: StepView,
  field: string,
): TemplateResult | typeof nothing {
  const questions = chosen?.service.questions ?? [];
  if (questions.length === 0 || !extraMessages) return nothing;
  const [, rejected = null] = /^answers\.(.+)/.exec(field) ?? [];
  return html`
    <openslot-questions
      slot="questions"
      part="questions"
      exportparts="label, input, option, error"
      .messages=${extraMessages.questions}
      .optional=${messages.optional}
      .questions=${questions}
      .answers=${answers}
      .busy=${busy}
      .rejected=${rejected}
    ></openslot-questions>
  `;
}

/** Lets a time zone be chosen, in a dialog that is there until then. */
export function openZones({ source, language, selection, now, host }: BookingController): void {
  const { renderRoot } = host;
  if (renderRoot.querySelector('openslot-zones')) return;
  const zones = document.createElement('openslot-zones');
  zones.part.add('zones');
  Object.assign(zones, {
    display: selection.display,
    messages: (language.texts.extras ?? enExtras).zones,
    viewerZone: viewerZone(),
    providerZone: source.state?.provider?.time_zone ?? '',
    now: now(),
  });
  zones.addEventListener('close', () => zones.remove());
  renderRoot.append(zones);
}
