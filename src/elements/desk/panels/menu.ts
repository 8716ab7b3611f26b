import { html, nothing } from 'lit';
import { request } from '../../shared/requests.ts';
import type { MenuPanel } from '../requests.ts';
import { frameOf, type Panel } from './panel.ts';

export const menu: Panel = {
  elements: {},
  render({ messages, session, desk }) {
    const item = (panel: MenuPanel) => {
      const open = ({ target }: Event) => target && request(target, 'openslot-desk-panel', { panel });
      return html`<button @click=${open}>${frameOf(panel, messages).heading}</button>`;
    };
    const signOut = ({ target }: Event) => target && request(target, 'openslot-desk-sign', { do: 'out' });
    const owns = session.desk?.tenants.some(({ id, role }) => role === 'owner' && id === desk.provider?.tenant_id);
    return {
      heading: messages.menu,
      anchored: true,
      body: html`
        <div class="menu">
          ${item('hours')} ${item('settings')} ${owns ? item('team') : nothing}
          <button @click=${signOut}>${messages.signOut}</button>
          <p class="muted">${messages.signedInAs(session.state.email ?? '')}</p>
        </div>
      `,
    };
  },
};
