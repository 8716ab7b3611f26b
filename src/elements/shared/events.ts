/** What `<openslot-booking>` tells the page: of itself here, of bookings in `booking-events.ts`. All bubble and cross shadow roots. */
import type { OpenslotError } from '../../core/errors.ts';
import type { Connection } from '../../core/sync/refresher.ts';
import type { Provider, Service } from '../../core/wire.ts';
import type {
  OpenslotAppointmentCancelledEvent,
  OpenslotAppointmentRescheduledEvent,
  OpenslotBookingConfirmedEvent,
  OpenslotBookingRejectedEvent,
  OpenslotBookingSubmitEvent,
  OpenslotSlotSelectEvent,
} from '../booking/events.ts';
import type {
  OpenslotNotificationEvent,
  OpenslotNotificationSelectEvent,
  OpenslotUnreadChangeEvent,
} from '../notifications/events.ts';

export class OpenslotEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: keyof OpenslotEventMap, detail: Detail, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

/** The first times are on the page. */
export class OpenslotReadyEvent extends OpenslotEvent<{
  readonly provider: Provider;
  readonly services: readonly Service[];
}> {
  constructor(provider: Provider, services: readonly Service[]) {
    super('openslot-ready', { provider, services });
  }
}

/** How the picture is kept fresh has changed. */
export class OpenslotStatusChangeEvent extends OpenslotEvent<{ readonly status: Connection }> {
  constructor(status: Connection) {
    super('openslot-status-change', { status });
  }
}

export class OpenslotViewersChangeEvent extends OpenslotEvent<{
  /** This visitor included; null while unknown. */
  readonly viewers: number | null;
  /** There are more than `viewers`. */
  readonly capped: boolean;
}> {
  constructor(viewers: number | null, capped: boolean) {
    super('openslot-viewers-change', { viewers, capped });
  }
}

/** Something is wrong with the set-up, or a call failed. What patients are told is on the page already. */
export class OpenslotErrorEvent extends OpenslotEvent<{ readonly error: OpenslotError }> {
  constructor(error: OpenslotError) {
    super('openslot-error', { error });
  }
}

export interface OpenslotEventMap {
  'openslot-ready': OpenslotReadyEvent;
  'openslot-slot-select': OpenslotSlotSelectEvent;
  'openslot-booking-submit': OpenslotBookingSubmitEvent;
  'openslot-booking-confirmed': OpenslotBookingConfirmedEvent;
  'openslot-booking-rejected': OpenslotBookingRejectedEvent;
  'openslot-appointment-cancelled': OpenslotAppointmentCancelledEvent;
  'openslot-appointment-rescheduled': OpenslotAppointmentRescheduledEvent;
  'openslot-notification': OpenslotNotificationEvent;
  'openslot-notification-select': OpenslotNotificationSelectEvent;
  'openslot-unread-change': OpenslotUnreadChangeEvent;
  'openslot-status-change': OpenslotStatusChangeEvent;
  'openslot-viewers-change': OpenslotViewersChangeEvent;
  'openslot-error': OpenslotErrorEvent;
}

declare global {
  /* eslint-disable @typescript-eslint/no-empty-object-type -- merging is the only way to add to the maps */
  interface HTMLElementEventMap extends OpenslotEventMap {}
  interface DocumentEventMap extends OpenslotEventMap {}
  interface WindowEventMap extends OpenslotEventMap {}
  /* eslint-enable @typescript-eslint/no-empty-object-type */
}
