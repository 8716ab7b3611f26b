/** Registers the elements. Importing their classes never does. Safe to import twice, and beside another copy of the SDK. */
import { OpenslotBooking } from './elements/openslot-booking.ts';
import { OpenslotCalendar } from './elements/openslot-calendar.ts';
import { OpenslotFooter } from './elements/openslot-footer.ts';
import { OpenslotHeader } from './elements/openslot-header.ts';
import { OpenslotServices } from './elements/openslot-services.ts';
import { OpenslotSkeleton } from './elements/openslot-skeleton.ts';
import { OpenslotTimes } from './elements/openslot-times.ts';

function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}

OpenslotBooking.register = define;

define({
  'openslot-calendar': OpenslotCalendar,
  'openslot-footer': OpenslotFooter,
  'openslot-header': OpenslotHeader,
  'openslot-services': OpenslotServices,
  'openslot-skeleton': OpenslotSkeleton,
  'openslot-times': OpenslotTimes,
  'openslot-booking': OpenslotBooking,
});
