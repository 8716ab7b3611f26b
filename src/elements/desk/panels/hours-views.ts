/** Notes in the panel of the hours: what a change would do, and what a colleague saved meanwhile. Pure. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Hours, HoursRule, SetHoursResult } from '../../../core/desk/types.ts';
import { weekdayNames } from '../../../core/time/time-zones.ts';
import type { DeskTexts } from '../../../locales/index.ts';
import type { HoursTexts } from '../../../locales/en/desk-hours.ts';
import type { DeskDisplay } from '../display.ts';
import { endsNextDay, ISO_WEEKDAYS, rulesOf } from './hours-draft.ts';
import { minutesOf } from '../agenda/layout.ts';

/** "9:00–17:00", "22:00–2:00 (next day)". */
export function rangeText(rule: HoursRule, display: DeskDisplay, { overnight }: HoursTexts): string {
  const range = `${display.minute(minutesOf(rule.start))}–${display.minute(minutesOf(rule.end) % 1440)}`;
  return endsNextDay(rule) ? overnight(range) : range;
}

export function renderPreview(
  { added, removed, outside }: SetHoursResult,
  messages: DeskTexts & HoursTexts,
  display: DeskDisplay,
): TemplateResult {
  const changes = [added > 0 ? messages.willAdd(added) : '', removed > 0 ? messages.willRemove(removed) : ''];
  return html`
    <div part="preview" class="preview ${outside.length > 0 ? 'note' : ''}">
      <p><strong>${changes.filter(Boolean).join(' · ') || messages.willNotChange}</strong></p>
      ${
        outside.length > 0
          ? html`
              <p>${messages.outsideTitle(outside.length)}</p>
              <ul>
                ${outside.map(
                  ({ patient, start }) =>
                    html`<li>${messages.whoWhen(patient.name, display.when(start, 'short'))}</li>`,
                )}
              </ul>
            `
          : nothing
      }
    </div>
  `;
}

/** The hours that a colleague saved, and a button that replaces the draft by them. */
export function renderOvertaken(
  hours: Hours,
  messages: DeskTexts & HoursTexts,
  display: DeskDisplay,
  take: () => void,
): TemplateResult {
  const names = weekdayNames(1, display.lang, 'short');
  return html`
    <div class="note" role="alert">
      <p>${messages.errors.hours_changed}</p>
      <p><strong>${messages.newerHours}</strong></p>
      <ul>
        ${ISO_WEEKDAYS.map((weekday, index) => {
          const ranges = rulesOf(hours, weekday).map(({ rule }) => rangeText(rule, display, messages));
          return html`<li>${messages.dayHours(names[index] ?? '', ranges.join(', ') || messages.closed)}</li>`;
        })}
      </ul>
      <button type="button" @click=${take}>${messages.takeNewer}</button>
    </div>
  `;
}
