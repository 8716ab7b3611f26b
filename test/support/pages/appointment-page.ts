/** The page that a patient opens by the link in their e-mail, on a project in memory. */
import type { AppointmentResult, BookingResult } from '../../../src/core/wire.ts';
import { BookingPage, clockAt, NOW, type OpenOptions } from './booking-page.ts';
import { createMemoryProject, MIRA, type MemoryProject } from '../memory/memory-backend.ts';
import { demoSeed } from '../memory/memory-seed.ts';

/** A time of Monday 23 November in Stockholm, as an instant. */
export function monday(time: string): string {
  return new Date(`2026-11-23T${time.padStart(5, '0')}:00+01:00`).toISOString().replace('.000', '');
}

export interface Booked {
  readonly project: MemoryProject;
  readonly token: string;
  /** What staff do, with a word about it. */
  clinicMoves(time: string, message?: string): void;
  clinicCancels(message?: string): void;
  /** What the patient does elsewhere. */
  patientMoves(time: string): void;
  patientCancels(): void;
  /** Sets the server's clock. Pages notice with the next answer. */
  setTime(now: number): void;
  now(): AppointmentResult['appointment'];
}

/** A project in which Jonas has an appointment on Monday 23 November at 10:00. */
export function booked({ now = NOW, service = 'consultation', time = '10:00', dailyLimit = Infinity } = {}): Booked {
  const clock = { ...clockAt(NOW) };
  const project = createMemoryProject({ clock, seed: demoSeed(NOW).map((seed) => ({ dailyLimit, ...seed })) });
  const { database } = project;
  const patient = { name: 'Jonas Ek', email: 'jonas@example.com', time_zone: null, locale: null };
  const request = { provider: MIRA.id, service, start: monday(time), patient, request_id: crypto.randomUUID() };
  const { manage_token: token }: BookingResult = database.book(request);
  const setTime = (at: number) => void Object.assign(clock, clockAt(at));
  // Time passes between booking and opening.
  setTime(now);
  const move = (to: string, by: 'patient' | 'provider', message: string | null = null) => {
    const ids = { request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
    database.reschedule({ token, start: monday(to), ...ids }, by, message);
  };
  return {
    project,
    token,
    clinicMoves: (to, message) => move(to, 'provider', message),
    clinicCancels: (message) => void database.cancel({ token, reason: message ?? null }, 'provider'),
    patientMoves: (to) => move(to, 'patient'),
    patientCancels: () => void database.cancel({ token, reason: null }),
    setTime,
    now: () => database.appointment({ token }).appointment,
  };
}

/** Opens the page of an appointment; it names no provider unless it is told to. */
export async function openAppointment({ project, token }: Booked, options: OpenOptions = {}): Promise<BookingPage> {
  const attributes = { provider: null, appointment: token, ...options.attributes };
  const page = await BookingPage.open({ project, ...options, attributes, impatient: true });
  if (!options.impatient) await page.until(() => page.hasState('done'), 'the appointment is shown');
  return page;
}
