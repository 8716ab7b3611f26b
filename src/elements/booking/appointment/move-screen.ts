import { html } from 'lit';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { enDetails } from '../../../locales/en/details.ts';
import { chosenTimeRequests, isTaken, renderChosenTime } from '../chosen-time.ts';
import { OpenslotAppointmentRescheduledEvent } from '../events.ts';
import { OpenslotHold } from '../openslot-hold.ts';
import { OpenslotNotice } from '../openslot-notice.ts';
import type { BookingActions, Screen } from '../screen.ts';
import { choose, send } from '../steps.ts';
import { OpenslotMove } from './openslot-move.ts';
import { refusalNotice } from './refusal.ts';

/** Asks whether the appointment shall go to the chosen time, and moves it there. */
export const screen: Screen<'appointment' | 'details'> = {
  elements: { 'openslot-move': OpenslotMove, 'openslot-hold': OpenslotHold, 'openslot-notice': OpenslotNotice },
  texts: { appointment: enAppointment, details: enDetails },
  render(view, texts) {
    const { selection, flow } = view;
    return html`
      <openslot-move
        part="move"
        exportparts="heading, when, submit-button"
        .display=${selection.display}
        .messages=${texts.details}
        .texts=${texts.appointment}
        .appointment=${flow.booked?.appointment ?? null}
        .to=${flow.chosen?.start ?? ''}
        .busy=${flow.busy}
        .taken=${isTaken(view)}
        >${renderChosenTime(view, texts, refusalNotice(view, texts.appointment))}</openslot-move
      >
    `;
  },
  requests: (booking) => ({
    ...chosenTimeRequests(booking),
    'openslot-move-confirm': () => void confirmMove(booking),
  }),
  enter: choose,
};

async function confirmMove(booking: BookingActions): Promise<void> {
  const { flow, host } = booking;
  const { booked, chosen } = flow;
  if (!booked || !chosen) return;
  const { appointment: before, manage_token: token } = booked;
  await send(booking, {
    call: (calendar) => calendar.reschedule(token, chosen.start),
    confirmed: (appointment) => {
      flow.set({ moved: true });
      host.dispatchEvent(new OpenslotAppointmentRescheduledEvent(appointment, before.start));
    },
    isDone: ({ status, start }) => status === 'confirmed' && Date.parse(start) === Date.parse(chosen.start),
  });
}
