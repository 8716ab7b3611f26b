import type { AppointmentState } from '../../../core/appointment/types.ts';
import type { BookingFlow } from '../flow.ts';

/** Takes the appointment as the database has it now, whoever changed it. */
export function applyUpdate(flow: BookingFlow, { appointment, move }: AppointmentState, manage_token: string): void {
  const before = flow.booked?.appointment;
  // While a request of our own is on its way, its answer counts. Updates may arrive out of order.
  if (!appointment || flow.busy || appointment === flow.latest) return;
  flow.latest = appointment;
  if (before && (before.id !== appointment.id || before.sequence > appointment.sequence)) return;
  flow.move = move;
  if (before && JSON.stringify(before) === JSON.stringify(appointment)) return;
  flow.booked = { appointment, manage_token };
  const isOtherTime = before !== undefined && before.start !== appointment.start;
  if (isOtherTime) flow.moved = move?.by !== 'provider';
  if (isOtherTime || appointment.status !== 'confirmed') flow.refusal = null;
  const { unanswered } = flow;
  if (unanswered?.isDone?.(appointment)) {
    conclude(flow);
    unanswered.confirmed(appointment);
  } else if (!before || appointment.status !== 'confirmed') {
    conclude(flow);
  }
}

/** The provider offers no new times any more. */
export function endMove(flow: BookingFlow): void {
  flow.isFixed = true;
  if (flow.step === 'times') leaveMove(flow);
}

/**
 * Ends what the patient has begun once the last moment to move or cancel has come: by the clock, or because the server says so,
 * whose settings may be newer than those of the page. Returns true if the server said so.
 */
export function endChanges(flow: BookingFlow, now: number): boolean {
  const { booked, refusal, step } = flow;
  if (!booked) return false;
  const isRefused = refusal?.code === 'too_late_to_change';
  let { appointment } = booked;
  if (isRefused || (appointment.changeable && Date.parse(appointment.changeable_until) <= now)) {
    appointment = { ...appointment, changeable: false };
    flow.booked = { ...booked, appointment };
    flow.refusal = null;
  }
  if (step !== 'done' && !appointment.changeable) leaveMove(flow);
  return isRefused;
}

/** Shows the appointment as it is, unless a new time for it is on its way. */
function leaveMove(flow: BookingFlow): void {
  if (flow.busy) return;
  flow.release();
  flow.set({ step: 'done', chosen: null, refusal: null });
}

/** Shows the appointment. No request is on its way that would change it. */
function conclude(flow: BookingFlow): void {
  flow.release();
  flow.set({ unanswered: null, step: 'done', chosen: null });
}
