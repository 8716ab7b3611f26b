/** Registers the elements. Importing their classes never does. Safe to import twice, and beside another copy of the SDK. */
import { OpenslotBooking } from './elements/booking/openslot-booking.ts';
import { OpenslotHeader } from './elements/booking/times/openslot-header.ts';
import { OpenslotSkeleton } from './elements/booking/times/openslot-skeleton.ts';
import { screen as times } from './elements/booking/times/screen.ts';

function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}

OpenslotBooking.register = define;

define({
  ...times.elements,
  'openslot-header': OpenslotHeader,
  'openslot-skeleton': OpenslotSkeleton,
  'openslot-booking': OpenslotBooking,
});
