import { html } from 'lit';
import { enHours } from '../../../locales/en/desk-hours.ts';
import { OpenslotDeskHours } from './openslot-desk-hours.ts';
import { frameOf, type Panel, problemOf } from './panel.ts';

export const hours: Panel = {
  elements: { 'openslot-desk-hours': OpenslotDeskHours },
  texts: enHours,
  render({ desk, display, messages }) {
    return {
      ...frameOf('hours', messages),
      body: html`<openslot-desk-hours
        .display=${display}
        .messages=${messages}
        .current=${desk.state?.hours ?? null}
        .preview=${desk.actions.preview}
        .today=${display.dayOf(desk.now())}
        .problem=${problemOf(desk)}
        .busy=${desk.actions.busy}
      ></openslot-desk-hours>`,
    };
  },
};
