/** Registers `<openslot-desk>` and the inner elements that it needs at first. Panels register theirs when they are opened. */
import { OpenslotDesk } from './elements/desk/openslot-desk.ts';
import { OpenslotDeskAgenda } from './elements/desk/agenda/openslot-desk-agenda.ts';
import { OpenslotDeskCountdown } from './elements/desk/agenda/openslot-desk-countdown.ts';
import { OpenslotDeskDialog } from './elements/desk/openslot-desk-dialog.ts';
import { OpenslotDeskHeader } from './elements/desk/agenda/openslot-desk-header.ts';
import { OpenslotDeskSide } from './elements/desk/agenda/openslot-desk-side.ts';
import { OpenslotDeskSignin } from './elements/desk/openslot-desk-signin.ts';
import { OpenslotDeskToast } from './elements/desk/agenda/openslot-desk-toast.ts';

function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}

OpenslotDesk.register = define;

define({
  'openslot-desk-agenda': OpenslotDeskAgenda,
  'openslot-desk-countdown': OpenslotDeskCountdown,
  'openslot-desk-dialog': OpenslotDeskDialog,
  'openslot-desk-header': OpenslotDeskHeader,
  'openslot-desk-side': OpenslotDeskSide,
  'openslot-desk-signin': OpenslotDeskSignin,
  'openslot-desk-toast': OpenslotDeskToast,
  'openslot-desk': OpenslotDesk,
});
