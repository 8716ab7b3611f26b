/** The events of a booking and of an appointment. */
import type { OpenslotError } from '../../core/errors.ts';
import type { Appointment, PatientDetails, Service } from '../../core/wire.ts';
import { OpenslotEvent } from '../shared/events.ts';

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

declare module '../shared/events.ts' {
  interface OpenslotEventMap {
    'openslot-slot-select': OpenslotSlotSelectEvent;
    'openslot-booking-submit': OpenslotBookingSubmitEvent;
    'openslot-booking-confirmed': OpenslotBookingConfirmedEvent;
    'openslot-booking-rejected': OpenslotBookingRejectedEvent;
    'openslot-appointment-cancelled': OpenslotAppointmentCancelledEvent;
    'openslot-appointment-rescheduled': OpenslotAppointmentRescheduledEvent;
  }
}
