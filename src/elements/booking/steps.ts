/** The steps of a booking that call the server. Each answer that comes after the patient went on is dropped. */
import { isOpenslotError, OpenslotError } from '../../core/errors.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import { FocusKeeper } from '../shared/focus-keeper.ts';
import { providerOf, readDraft } from './draft.ts';
import { timeIsGone } from './error-texts.ts';
import { OpenslotSlotSelectEvent } from './events.ts';
import type { Chosen, Sending } from './flow.ts';
import type { BookingActions } from './screen.ts';

/** Takes a time and holds it at once. */
export function choose(booking: BookingActions, chosen: Chosen): void {
  const { flow, host } = booking;
  if (flow.busy || !host.dispatchEvent(new OpenslotSlotSelectEvent(chosen))) return;
  const isUntouched = Object.keys({ ...flow.typed, ...flow.answers }).length === 0;
  flow.set({ ...(isUntouched && readDraft(providerOf(booking))), chosen, step: flow.booked ? 'move' : 'details' });
  void hold(booking);
}

/** Holds the chosen time, or holds it longer. */
export async function hold(booking: BookingActions): Promise<void> {
  const { flow, source } = booking;
  const { chosen } = flow;
  const { calendar } = source;
  if (!chosen || !calendar) return;
  const isCurrent = () => flow.chosen === chosen && source.calendar === calendar;
  flow.set({ holder: calendar, holding: 'pending', refusal: null });
  try {
    await calendar.hold(chosen.service.id, chosen.start);
    if (isCurrent()) flow.set({ holding: 'granted' });
  } catch (caught) {
    const error = asError(caught);
    if (!isCurrent() || error.code === 'aborted') return;
    // The appointment can be moved although its service isn't offered any more, and within its day although that is full; only
    // its new time can't be held.
    const isMoot = flow.booked !== null && ['service_not_found', 'daily_limit_reached'].includes(error.code);
    // A time that can't be held longer is still held.
    const holding = error.code === 'hold_limit_reached' ? 'granted' : 'refused';
    flow.set({ holding, refusal: isMoot ? null : error });
    if (!isMoot) report(booking, error);
  }
}

/** Goes one step back; what the patient typed stays. */
export function back(booking: BookingActions): void {
  const { flow } = booking;
  booking.focusOn = flow.chosen?.start ?? null;
  if (flow.busy) return;
  flow.release();
  flow.set({ step: flow.step === 'times' ? 'done' : 'times', chosen: null, refusal: null });
}

/** Sends a request that makes or changes the appointment, and shows the appointment once the server has confirmed. */
export async function send(booking: BookingActions, sending: Sending): Promise<void> {
  const { flow, source } = booking;
  const { calendar } = source;
  if (!calendar || flow.busy) return;
  flow.set({ unanswered: null, busy: true, refusal: null });
  const isCurrent = () => source.calendar === calendar;
  // Nothing is sent unless the browser can show the appointment afterwards.
  if (!(await booking.load('appointment'))) {
    booking.wanted = 'appointment';
    flow.set({ busy: false });
    return;
  }
  try {
    const { appointment, manage_token } = await sending.call(calendar);
    if (isCurrent()) flow.set({ booked: { appointment, manage_token }, step: 'done', chosen: null });
    sending.confirmed(appointment);
  } catch (caught) {
    const error = asError(caught);
    if (isCurrent()) flow.set({ ...(error.transient && { unanswered: sending }), refusal: error });
    if (sending.rejected) sending.rejected(error);
    else report(booking, error);
  } finally {
    if (isCurrent()) flow.set({ busy: false });
  }
}

const keepers = new WeakMap<object, FocusKeeper>();

/** Puts the focus on the heading of the screen when the element that had it goes. Once for each widget. */
export function keepFocus(booking: BookingActions): void {
  const { host } = booking;
  if (keepers.has(host)) return;
  const focusHeading = () => {
    booking.focusOn = 'heading';
    host.requestUpdate();
  };
  keepers.set(host, new FocusKeeper(host, focusHeading));
}

/** A time that somebody else took is no error: that happens every day. */
function report({ host }: BookingActions, error: OpenslotError): void {
  if (!timeIsGone(error)) host.dispatchEvent(new OpenslotErrorEvent(error));
}

function asError(caught: unknown): OpenslotError {
  return isOpenslotError(caught) ? caught : new OpenslotError('unknown', undefined, { cause: caught });
}
