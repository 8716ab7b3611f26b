/** The two fields in which staff choose a day and one of its times. */
import { html, type TemplateResult } from 'lit';
import type { DeskTexts } from '../../../locales/index.ts';
import type { DeskStart } from '../starts.ts';
import type { DeskDisplay } from '../display.ts';

export interface TimeFields {
  readonly display: DeskDisplay;
  readonly messages: DeskTexts;
  readonly day: string;
  readonly starts: readonly DeskStart[];
  readonly chosen: string;
  readonly onDay: (day: string) => void;
  readonly onTime: (start: string) => void;
}

export function renderTimeFields({
  display,
  messages,
  day,
  starts,
  chosen,
  onDay,
  onTime,
}: TimeFields): TemplateResult {
  const nameOf = ({ start, kind }: DeskStart): string => {
    const time = display.time(start);
    return { open: time, blocked: messages.blockedTime(time), full: messages.fullTime(time) }[kind];
  };
  const changeDay = ({ target }: Event) => {
    const { value } = target as HTMLInputElement;
    if (value) onDay(value);
  };
  return html`
    <div class="pair">
      <div class="field">
        <label for="day">${messages.day}</label>
        <input id="day" type="date" .value=${day} @change=${changeDay} />
      </div>
      <div class="field">
        <label for="time">${messages.time}</label>
        <select
          id="time"
          ?disabled=${starts.length === 0}
          @change=${({ target }: Event) => onTime((target as HTMLSelectElement).value)}
        >
          ${starts.map(
            (start) => html`<option value=${start.start} .selected=${start.start === chosen}>${nameOf(start)}</option>`,
          )}
        </select>
      </div>
    </div>
    ${starts.length === 0 ? html`<p class="note">${messages.noTimes}</p>` : ''}
  `;
}
