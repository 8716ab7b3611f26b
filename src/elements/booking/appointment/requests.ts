import type { Appointment } from '../../../core/wire.ts';
import { tokenIn } from '../../shared/address.ts';
import { OpenslotAppointmentCancelledEvent } from '../events.ts';
import type { RequestHandlers } from '../requests.ts';
import type { BookingActions } from '../screen.ts';
import { back, keepFocus, send } from '../steps.ts';

export function appointmentRequests(booking: BookingActions): RequestHandlers {
  keepFocus(booking);
  return {
    'openslot-back': () => back(booking),
    'openslot-reschedule-request': () => startMove(booking),
    'openslot-cancel-confirm': ({ detail }) => void cancel(booking, detail.reason),
    'openslot-book-another': () => bookAnother(booking),
  };
}

/** The patient chooses a new time; the appointment keeps its service. */
function startMove(booking: BookingActions): void {
  booking.choose({ service: booking.flow.booked?.appointment.service ?? null });
  booking.flow.set({ step: 'times', chosen: null, refusal: null });
}

async function cancel(booking: BookingActions, reason: string): Promise<void> {
  const { flow, host } = booking;
  const { booked } = flow;
  if (!booked) return;
  const isDone = (appointment: Appointment) => appointment.cancelled_by === 'patient';
  await send(booking, {
    call: (calendar) => calendar.cancel(booked.manage_token, reason || undefined),
    confirmed: (appointment) => {
      // The clinic may have cancelled it first.
      if (isDone(appointment)) host.dispatchEvent(new OpenslotAppointmentCancelledEvent(appointment));
    },
    isDone,
  });
}

/** Name, e-mail and phone stay the same person's; the note was about the former appointment. */
function bookAnother(booking: BookingActions): void {
  const { flow, token } = booking;
  const { provider, service, patient: { name, email, phone } = {} } = flow.booked?.appointment ?? {};
  const known = { ...(name && { name }), ...(email && { email }), ...(phone && { phone }) };
  booking.choose({ service: service?.id ?? null });
  flow.set({ step: 'times', chosen: null, refusal: null, typed: { ...known, ...flow.typed, note: '' } });
  flow.forget();
  booking.leaveAppointment(provider?.id ?? '');
  if (token) takeFromAddress(token);
}

/** The page's address names the appointment no more, but one step back in the history leads to it. */
function takeFromAddress(token: string): void {
  if (tokenIn(location.hash) !== token) return;
  history.pushState(history.state, '', location.href.replace(/#.*/, ''));
  // Other widgets on the page show the same appointment.
  dispatchEvent(new HashChangeEvent('hashchange'));
}
