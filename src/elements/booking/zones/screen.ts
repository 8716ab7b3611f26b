import { html } from 'lit';
import { viewerZone } from '../../../core/time/time-zones.ts';
import { enZones } from '../../../locales/en/zones.ts';
import { request } from '../../shared/requests.ts';
import type { Screen } from '../screen.ts';
import { OpenslotZones } from './openslot-zones.ts';

/** The list of time zones, in a dialog that is there until the patient chooses one or closes it. */
export const screen: Screen<'zones'> = {
  elements: { 'openslot-zones': OpenslotZones },
  texts: { zones: enZones },
  render: ({ selection: { display }, state, offer }, texts) => html`
    <openslot-zones
      part="zones"
      .display=${display}
      .messages=${texts.zones}
      .viewerZone=${viewerZone()}
      .providerZone=${state?.provider?.time_zone ?? ''}
      .now=${offer?.now ?? 0}
      @close=${({ target }: Event) => target && request(target, 'openslot-zone-list-close', null)}
    ></openslot-zones>
  `,
  requests: (booking) => ({
    'openslot-zone-list-close': () => {
      booking.wanted = null;
      booking.host.requestUpdate();
    },
  }),
};
