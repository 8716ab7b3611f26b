import { html } from 'lit';
import type { DeskService } from '../../../core/desk/types.ts';
import type { OpenPanel } from '../requests.ts';
import { startsFor } from '../starts.ts';
import { OpenslotDeskBooking } from './openslot-desk-booking.ts';
import { type Panel, problemOf } from './panel.ts';

export const booking: Panel<Extract<OpenPanel, { kind: 'book' }>> = {
  elements: { 'openslot-desk-booking': OpenslotDeskBooking },
  render({ desk, display, messages }, { start }) {
    return {
      heading: messages.bookTitle,
      body: html`<openslot-desk-booking
        .display=${display}
        .messages=${messages}
        .services=${desk.services}
        .day=${desk.day}
        .start=${start}
        .startsFor=${(service: DeskService) => startsFor(desk, desk.day, service)}
        .problem=${problemOf(desk)}
        .busy=${desk.actions.busy}
      ></openslot-desk-booking>`,
    };
  },
};
