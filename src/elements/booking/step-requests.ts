import type { BookingController } from './controller.ts';
import { tokenIn } from '../shared/address.ts';
import type { RequestHandlers } from './requests.ts';

/** What is asked of a widget once a time was chosen. */
export function stepRequests(booking: BookingController): RequestHandlers {
  return {
    'openslot-details-change': ({ detail }) => booking.flow?.type(detail.field, detail.value),
    'openslot-answer-change': ({ detail }) => booking.flow?.answer(detail.key, detail.answer),
    'openslot-details-submit': ({ detail }) => {
      const { lang: locale, zone } = booking.selection.display;
      // What the clinic asks is still on its way.
      const isAsked = Boolean(booking.flow?.chosen?.service.questions?.length);
      if (isAsked && !booking.extras) return void booking.load();
      void booking.flow?.submit(detail.draft, { locale, zone });
    },
    'openslot-hold-extend': () => void booking.flow?.hold(),
    'openslot-back': () => {
      booking.focusOn = booking.flow?.chosen?.start ?? null;
      booking.flow?.back();
    },
    'openslot-reschedule-request': () => {
      // The appointment keeps its service; only the time is chosen anew.
      booking.choose({ service: booking.flow?.booked?.appointment.service ?? null });
      booking.flow?.startMove();
    },
    'openslot-move-confirm': () => void booking.flow?.confirmMove(),
    'openslot-cancel-confirm': ({ detail }) => void booking.flow?.confirmCancel(detail.reason),
    'openslot-book-another': () => {
      const { provider, service } = booking.flow?.booked?.appointment ?? {};
      booking.formerProvider = provider?.id ?? '';
      booking.choose({ service: service?.id ?? null });
      booking.flow?.bookAnother();
      if (booking.token) leave(booking);
    },
  };
}

/** From an appointment to the times of its provider; from the address of the page, too, but one step back leads to it. */
function leave(booking: BookingController): void {
  booking.leftToken = booking.token;
  if (tokenIn(location.hash) !== booking.token) return;
  history.pushState(history.state, '', location.href.replace(/#.*/, ''));
  // Others on the page show the same appointment.
  dispatchEvent(new HashChangeEvent('hashchange'));
}
