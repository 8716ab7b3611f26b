/** What `<openslot-booking>` tells the page. All bubble and cross shadow roots. */
import type { OpenslotError } from '../core/errors.ts';
import type { Connection } from '../core/state.ts';
import type { Appointment, PatientDetails, Provider, Service } from '../core/types.ts';

class OpenslotEvent<Detail> extends CustomEvent<Detail> {
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

export interface SlotDetail {
  readonly service: Service;
  /** ISO instant. */
  readonly start: string;
}

/** A time was chosen and is about to be held. Preventing the default keeps the widget where it is. */
export class OpenslotSlotSelectEvent extends OpenslotEvent<SlotDetail> {
  constructor(detail: SlotDetail) {
    super('openslot-slot-select', detail, true);
  }
}

/** The details are complete and nothing is sent yet. Preventing the default sends nothing. */
export class OpenslotBookingSubmitEvent extends OpenslotEvent<SlotDetail & { readonly patient: PatientDetails }> {
  constructor(detail: SlotDetail & { readonly patient: PatientDetails }) {
    super('openslot-booking-submit', detail, true);
  }
}

/** The appointment is in the database. Fired once per booking. */
export class OpenslotBookingConfirmedEvent extends OpenslotEvent<{ readonly appointment: Appointment }> {
  constructor(appointment: Appointment) {
    super('openslot-booking-confirmed', { appointment });
  }
}

export class OpenslotBookingRejectedEvent extends OpenslotEvent<SlotDetail & { readonly error: OpenslotError }> {
  constructor(detail: SlotDetail & { readonly error: OpenslotError }) {
    super('openslot-booking-rejected', detail);
  }
}

export class OpenslotAppointmentCancelledEvent extends OpenslotEvent<{ readonly appointment: Appointment }> {
  constructor(appointment: Appointment) {
    super('openslot-appointment-cancelled', { appointment });
  }
}

export class OpenslotAppointmentRescheduledEvent extends OpenslotEvent<{
  readonly appointment: Appointment;
  /** ISO instant of the time that was left. */
  readonly previousStart: string;
}> {
  constructor(appointment: Appointment, previousStart: string) {
    super('openslot-appointment-rescheduled', { appointment, previousStart });
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
