/** Notices that the first script renders: the element itself loads after the first paint. */
import { html, type TemplateResult } from 'lit';
import type { BookableStart } from '../../core/calendar/availability.ts';
import type { Messages } from '../../locales/index.ts';
import type { Display } from '../shared/display.ts';
import type { Notice } from './openslot-notice.ts';
import { request } from '../shared/requests.ts';

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

/** Says that a screen could not be loaded. It does without `<openslot-notice>`, which may be missing, too. */
export function renderUnreachable({ unreachable, tryAgain }: Messages): TemplateResult {
  const retry = ({ target }: Event) => target && request(target, 'openslot-retry', null);
  return html`
    <div class="alone" role="alert">
      <p>${unreachable}</p>
      <button @click=${retry}>${tryAgain}</button>
    </div>
  `;
}

/** Stands in the place of times. `next` is the time that the patient can go to instead. */
export function emptyNotice(display: Display, text: string, next: BookableStart | null): Notice {
  if (!next) return { kind: 'empty', text };
  const label = display.messages.next(display.day(next.day, 'short'));
  return { kind: 'empty', text, actions: [{ label, request: 'openslot-time-show', start: next.start }] };
}
