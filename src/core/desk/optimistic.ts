/** The agenda as it looks if the server accepts a change by staff. Pure; the database decides. */
import { isoInstant } from '../time/iso-instant.ts';
import type { Agenda, DeskAppointment, DeskService, DeskSlot } from './types.ts';

export type Assume = (agenda: Agenda) => Agenda;

const MINUTE_MS = 60_000;

interface Span {
  readonly start: string;
  readonly end: string;
}

/** Blocks or opens the slots of a range. One that a visitor holds is shown as blocked, too. Where there are none, opening adds slots on a grid that begins with the range. */
export function withSlots(from: string, to: string, status: 'open' | 'blocked'): Assume {
  const range = { start: from, end: to };
  return (agenda) => {
    const inside = agenda.slots.filter((slot) => overlap(slot, range));
    const slots = agenda.slots.map((slot) => (inside.includes(slot) ? changed(slot, status) : slot));
    if (status === 'open' && inside.length === 0) slots.push(...gridOf(range, agenda.provider.slot_minutes));
    return { ...agenda, slots: slots.sort(byStart) };
  };
}

function changed(slot: DeskSlot, status: 'open' | 'blocked'): DeskSlot {
  if (status === 'blocked' && (slot.status === 'open' || slot.status === 'held'))
    return { ...slot, status, blocked_by: 'staff', held_until: null };
  if (status === 'open' && slot.status === 'blocked' && slot.blocked_by === 'staff')
    return { ...slot, status, blocked_by: null };
  return slot;
}

function gridOf({ start, end }: Span, minutes: number): DeskSlot[] {
  const slots: DeskSlot[] = [];
  for (let at = Date.parse(start); at + minutes * MINUTE_MS <= Date.parse(end); at += minutes * MINUTE_MS) {
    slots.push({
      // A negative id differs from all ids of the database.
      id: -at,
      start: isoInstant(at),
      end: isoInstant(at + minutes * MINUTE_MS),
      status: 'open',
      revision: 0,
      blocked_by: null,
      appointment_id: null,
    });
  }
  return slots;
}

/** Puts an appointment in place of the one with its id, or adds it, and lets it take its slots. */
export function withAppointment(appointment: DeskAppointment): Assume {
  const takes = appointment.status !== 'cancelled';
  const busy = { start: appointment.busy_start, end: appointment.busy_end };
  return (agenda) => {
    const others = agenda.appointments.filter(({ id }) => id !== appointment.id);
    const slots = agenda.slots.map((slot): DeskSlot => {
      if (takes && overlap(slot, busy))
        return { ...slot, status: 'booked', blocked_by: null, held_until: null, appointment_id: appointment.id };
      if (slot.appointment_id !== appointment.id) return slot;
      return { ...slot, status: 'open', appointment_id: null };
    });
    return { ...agenda, slots, appointments: [...others, appointment].sort(byStart) };
  };
}

/** The same appointment at another time. */
export function movedTo(appointment: DeskAppointment, start: string): DeskAppointment {
  const by = Date.parse(start) - Date.parse(appointment.start);
  const move = (instant: string) => isoInstant(Date.parse(instant) + by);
  return {
    ...appointment,
    start: move(appointment.start),
    end: move(appointment.end),
    busy_start: move(appointment.busy_start),
    busy_end: move(appointment.busy_end),
  };
}

/** The time that a service takes from `start` on, with and without its buffers. */
export function spansOf(
  service: Pick<DeskService, 'duration_minutes' | 'buffer_before_minutes' | 'buffer_after_minutes'>,
  start: string,
): Pick<DeskAppointment, 'start' | 'end' | 'busy_start' | 'busy_end'> {
  const at = Date.parse(start);
  const end = at + service.duration_minutes * MINUTE_MS;
  return {
    start: isoInstant(at),
    end: isoInstant(end),
    busy_start: isoInstant(at - service.buffer_before_minutes * MINUTE_MS),
    busy_end: isoInstant(end + service.buffer_after_minutes * MINUTE_MS),
  };
}

export function overlap(a: Span, b: Span): boolean {
  return Date.parse(a.start) < Date.parse(b.end) && Date.parse(b.start) < Date.parse(a.end);
}

function byStart(a: Span, b: Span): number {
  return Date.parse(a.start) - Date.parse(b.start);
}
