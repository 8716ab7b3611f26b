/** The providers of `supabase/seed.sql`, for the database in memory: slots relative to a given now. */
import type { Provider, Service } from '../../../src/core/wire.ts';
import { addDays, dayOf, startOfDay, weekday } from '../../../src/core/time/time-zones.ts';
import type { ProviderSeed } from './memory-database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Local hours on Monday to Friday, `[from, until]`. */
const OPENING = [
  [9, 12],
  [13, 17],
] as const;

const ROOM = {
  avatar_url: null,
  min_notice_minutes: 60,
  booking_window_days: 60,
  change_notice_minutes: null,
  change_policy: null,
};

export const MIRA: Provider = {
  ...ROOM,
  id: '5f0c1d2e-0000-4000-8000-000000000001',
  slug: 'mira-lindqvist',
  name: 'Dr. Mira Lindqvist',
  title: 'General practice',
  time_zone: 'Europe/Stockholm',
  slot_minutes: 20,
  clinic: 'Northside Clinic',
};
export const AMARA: Provider = {
  ...ROOM,
  id: '5f0c1d2e-0000-4000-8000-000000000002',
  slug: 'amara-okafor',
  name: 'Amara Okafor',
  title: 'Physiotherapy',
  time_zone: 'America/New_York',
  slot_minutes: 15,
  clinic: 'Northside Clinic',
};
export const PRIYA: Provider = {
  ...ROOM,
  id: '5f0c1d2e-0000-4000-8000-000000000003',
  slug: 'priya-raman',
  name: 'Dr. Priya Raman',
  title: 'Psychotherapy',
  time_zone: 'Asia/Kolkata',
  slot_minutes: 30,
  clinic: 'Southbank Therapies',
};

function service(id: number, slug: string, name: string, duration: number, before = 0, after = 0): Service {
  return {
    id: `5f0c1d2e-0000-4000-9000-${String(id).padStart(12, '0')}`,
    slug,
    name,
    description: null,
    duration_minutes: duration,
    buffer_before_minutes: before,
    buffer_after_minutes: after,
  };
}

export const SERVICES = {
  consultation: service(1, 'consultation', 'Consultation', 20),
  firstVisit: service(2, 'first-visit', 'First visit', 40),
  vaccination: service(3, 'vaccination', 'Vaccination', 10, 0, 10),
  treatment: service(4, 'session', 'Treatment', 45, 0, 15),
  followUp: service(5, 'follow-up', 'Follow-up', 30),
  intake: service(6, 'intake', 'Intake', 60, 10, 20),
  therapy: service(7, 'session', 'Session', 50, 0, 10),
};

/** @param days How many days of slots, from the day of `now` on. */
export function demoSeed(now: number, days = 60): ProviderSeed[] {
  const starts = (provider: Provider) => slotStarts(provider, now, days);
  return [
    {
      provider: MIRA,
      services: [SERVICES.consultation, SERVICES.firstVisit, SERVICES.vaccination],
      starts: starts(MIRA),
    },
    { provider: AMARA, services: [SERVICES.treatment, SERVICES.followUp], dailyLimit: 6, starts: starts(AMARA) },
    { provider: PRIYA, services: [SERVICES.intake, SERVICES.therapy], starts: starts(PRIYA) },
  ];
}

function slotStarts({ time_zone, slot_minutes }: Provider, now: number, days: number): number[] {
  const first = dayOf(now, time_zone);
  const workdays = Array.from({ length: days }, (_, index) => addDays(first, index)).filter(
    (day) => weekday(day) % 6 !== 0,
  );
  return workdays.flatMap((day) => {
    // Clocks change in the small hours, so what is later is counted back from the end of the day.
    const midnight = startOfDay(addDays(day, 1), time_zone);
    return OPENING.flatMap(([from, until]) => {
      const count = Math.floor(((until - from) * HOUR) / (slot_minutes * MINUTE));
      return Array.from({ length: count }, (_, index) => midnight - (24 - from) * HOUR + index * slot_minutes * MINUTE);
    });
  });
}
