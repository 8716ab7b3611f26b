/** Registers the elements. Importing their classes never does. Safe to import twice, and beside another copy of the SDK. */
import { OpenslotBooking } from './elements/booking/openslot-booking.ts';
import { OpenslotCalendar } from './elements/booking/times/openslot-calendar.ts';
import { OpenslotFooter } from './elements/booking/times/openslot-footer.ts';
import { OpenslotHeader } from './elements/booking/times/openslot-header.ts';
import { OpenslotServices } from './elements/booking/times/openslot-services.ts';
import { OpenslotSkeleton } from './elements/booking/times/openslot-skeleton.ts';
import { OpenslotTimes } from './elements/booking/times/openslot-times.ts';

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
