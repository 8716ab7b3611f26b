import { html } from 'lit';
import { enSettings } from '../../../locales/en/desk-settings.ts';
import { OpenslotDeskSettings } from './openslot-desk-settings.ts';
import { frameOf, type Panel, problemOf } from './panel.ts';

export const settings: Panel = {
  elements: { 'openslot-desk-settings': OpenslotDeskSettings },
  texts: enSettings,
  render({ desk, messages }) {
    return {
      ...frameOf('settings', messages),
      body: html`<openslot-desk-settings
        .messages=${messages}
        .provider=${desk.state?.provider ?? null}
        .services=${desk.state?.services ?? []}
        .problem=${problemOf(desk)}
        .busy=${desk.actions.busy}
      ></openslot-desk-settings>`,
    };
  },
};
