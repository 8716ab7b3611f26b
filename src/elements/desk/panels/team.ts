import { html } from 'lit';
import { enTeam } from '../../../locales/en/desk-team.ts';
import { OpenslotDeskTeam } from './openslot-desk-team.ts';
import { frameOf, type Panel, problemOf, renderWaiting } from './panel.ts';

export const team: Panel = {
  elements: { 'openslot-desk-team': OpenslotDeskTeam },
  texts: enTeam,
  render({ desk, session, display, messages }) {
    const tenant = desk.provider?.tenant_id;
    const frame = frameOf('team', messages);
    if (!desk.team.members && !desk.actions.problem) return { ...frame, body: renderWaiting(messages) };
    return {
      ...frame,
      body: html`<openslot-desk-team
        .display=${display}
        .messages=${messages}
        .team=${desk.team.members}
        .providers=${(session.desk?.providers ?? []).filter(({ tenant_id }) => tenant_id === tenant)}
        .me=${session.desk?.user.id ?? ''}
        .problem=${problemOf(desk)}
        .done=${desk.team.done}
        .busy=${desk.actions.busy}
      ></openslot-desk-team>`,
    };
  },
};
