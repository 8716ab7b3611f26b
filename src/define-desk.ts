/** Registers `<openslot-desk>` and its inner elements. As `define.ts`, on its own: patients need nothing of it. */
import { OpenslotDesk } from './elements/desk/openslot-desk.ts';
import { OpenslotDeskAgenda } from './elements/desk/agenda/openslot-desk-agenda.ts';
import { OpenslotDeskAppointment } from './elements/desk/panels/openslot-desk-appointment.ts';
import { OpenslotDeskBooking } from './elements/desk/panels/openslot-desk-booking.ts';
import { OpenslotDeskCountdown } from './elements/desk/agenda/openslot-desk-countdown.ts';
import { OpenslotDeskDialog } from './elements/desk/panels/openslot-desk-dialog.ts';
import { OpenslotDeskHeader } from './elements/desk/agenda/openslot-desk-header.ts';
import { OpenslotDeskHours } from './elements/desk/panels/openslot-desk-hours.ts';
import { OpenslotDeskSettings } from './elements/desk/panels/openslot-desk-settings.ts';
import { OpenslotDeskTeam } from './elements/desk/panels/openslot-desk-team.ts';
import { OpenslotDeskSide } from './elements/desk/agenda/openslot-desk-side.ts';
import { OpenslotDeskSignin } from './elements/desk/panels/openslot-desk-signin.ts';
import { OpenslotDeskSlots } from './elements/desk/panels/openslot-desk-slots.ts';
import { OpenslotDeskToast } from './elements/desk/agenda/openslot-desk-toast.ts';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'openslot-desk-agenda': OpenslotDeskAgenda,
  'openslot-desk-appointment': OpenslotDeskAppointment,
  'openslot-desk-booking': OpenslotDeskBooking,
  'openslot-desk-countdown': OpenslotDeskCountdown,
  'openslot-desk-dialog': OpenslotDeskDialog,
  'openslot-desk-header': OpenslotDeskHeader,
  'openslot-desk-hours': OpenslotDeskHours,
  'openslot-desk-settings': OpenslotDeskSettings,
  'openslot-desk-team': OpenslotDeskTeam,
  'openslot-desk-side': OpenslotDeskSide,
  'openslot-desk-signin': OpenslotDeskSignin,
  'openslot-desk-slots': OpenslotDeskSlots,
  'openslot-desk-toast': OpenslotDeskToast,
  'openslot-desk': OpenslotDesk,
};

for (const [tag, element] of Object.entries(elements)) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
