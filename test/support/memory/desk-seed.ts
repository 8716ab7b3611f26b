/** A clinic's week for the desk in memory: Tuesday, 24 November 2026, a quarter to one in Stockholm. */
import type { Clock } from '../../../src/core/time/clock.ts';
import type { DeskProvider, DeskService, Hours } from '../../../src/core/desk/types.ts';
import type { Service } from '../../../src/core/wire.ts';
import { instantAt } from '../../../src/core/time/time-zones.ts';
import { MemoryDesk } from './memory-desk.ts';
import { AMARA, MIRA, SERVICES } from './memory-seed.ts';

export const DESK_NOW = Date.UTC(2026, 10, 24, 11, 45);
export const OWNER = 'mira@northside.example';
const FRONT_DESK = 'desk@northside.example';

const TENANT = { id: '10000000-0000-4000-8000-000000000001', slug: 'northside', name: 'Northside Clinic' };

const ofStaff = {
  tenant_id: TENANT.id,
  role: 'owner',
  active: true,
  daily_limit: null,
  hours_version: 1,
  email: null,
  page_url: null,
} as const;
export const DESK_MIRA: DeskProvider = { ...MIRA, ...ofStaff };
const DESK_AMARA: DeskProvider = { ...AMARA, ...ofStaff, time_zone: 'Europe/Stockholm' };

const deskServices = (services: readonly Service[]): DeskService[] =>
  services.map((service, position) => ({ ...service, active: true, position }));

const week = (...hours: readonly [start: string, end: string][]): Hours['rules'] =>
  hours.map(([start, end], index) => ({ weekday: index + 1, start, end }));

export const MIRA_HOURS: Hours = {
  rules: week(['09:00', '17:00'], ['09:00', '17:00'], ['11:00', '18:00'], ['09:00', '14:00'], ['09:00', '15:00']),
  exceptions: [
    { id: 1, kind: 'off', starts_at: '2026-12-24T00:00', ends_at: '2027-01-01T00:00', note: 'Holidays' },
    { id: 2, kind: 'extra', starts_at: '2026-12-05T10:00', ends_at: '2026-12-05T13:00', note: null },
  ],
};

/** An instant of that week in Stockholm: `at('2026-11-24', '11:40')`. */
export function at(day: string, time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(instantAt(day, hour * 60 + minute, MIRA.time_zone)).toISOString();
}

const patient = (name: string, note: string | null = null) => ({
  name,
  email: `${name
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
    .slice(0, 40)}@example.com`,
  phone: '+46 70 174 06 01',
  note,
});

interface Setting {
  /** Names of patients, by where they are usually called something short. */
  readonly rename?: (name: string) => string;
}

/** @param clock stands at `DESK_NOW` for the desk; what was booked before was booked before */
export function northside(clock: Clock, { rename = (name) => name }: Setting = {}): MemoryDesk {
  const past = { now: DESK_NOW - 26 * 3_600_000 };
  const asking: Clock = { ...clock, now: () => (past.now > 0 ? past.now : clock.now()) };
  const desk = new MemoryDesk(asking);
  desk.tenants = [{ ...TENANT, role: 'owner' }];
  desk.members = [
    { user_id: 'user-mira', email: OWNER, role: 'owner', provider_id: null },
    { user_id: 'user-desk', email: FRONT_DESK, role: 'staff', provider_id: null },
    { user_id: 'user-amara', email: 'amara@northside.example', role: 'provider', provider_id: AMARA.id },
  ];
  desk.add({
    provider: DESK_MIRA,
    services: deskServices([SERVICES.consultation, SERVICES.firstVisit, SERVICES.vaccination]),
    hours: MIRA_HOURS,
  });
  desk.add({
    provider: DESK_AMARA,
    services: deskServices([SERVICES.treatment, SERVICES.followUp]),
    hours: { rules: week(['10:00', '16:00'], ['10:00', '16:00']), exceptions: [] },
  });
  let request = 0;
  const book = (day: string, time: string, service: string, name: string, note: string | null = null) =>
    desk.book(
      {
        provider: MIRA.id,
        service,
        start: at(`2026-11-${day}`, time),
        patient: patient(rename(name), note),
        request_id: `seed-${request++}`,
      },
      'patient',
    ).appointment;
  past.now = Date.UTC(2026, 10, 20, 8);
  const jonas = book('23', '09:00', 'consultation', 'Jonas Ek');
  book('23', '10:00', 'first-visit', 'Sara Holm', 'History of migraine');
  const ali = book('23', '13:00', 'first-visit', 'Ali Demir');
  book('24', '09:40', 'first-visit', 'Eva Berg', 'Back pain since March');
  const moved = book('24', '13:20', 'first-visit', 'Jonas Ek');
  book('25', '12:20', 'first-visit', 'Nils Falk');
  book('25', '15:00', 'vaccination', 'Omar Said', 'Travels to Kenya');
  book('26', '12:00', 'consultation', 'Ida Krus');
  book('26', '13:00', 'first-visit', 'Per Alm');
  book('27', '10:00', 'first-visit', 'Lea Roth');
  const kim = book('26', '10:00', 'first-visit', 'Kim Ahl');
  desk.amend(jonas.id, { status: 'completed' });
  desk.amend(ali.id, { status: 'no_show' });
  desk.news.length = 0;
  past.now = DESK_NOW - 3_600_000;
  desk.cancel(kim.id, kim.version, 'Feeling better', 'patient');
  desk.setSlots({
    provider: MIRA.id,
    from_time: at('2026-11-26', '09:00'),
    to_time: at('2026-11-26', '11:00'),
    status: 'blocked',
  });
  desk.setSlots({
    provider: MIRA.id,
    from_time: at('2026-11-24', '14:20'),
    to_time: at('2026-11-24', '15:20'),
    status: 'blocked',
  });
  past.now = DESK_NOW - 120_000;
  book('25', '11:00', 'vaccination', 'Maja Lind');
  past.now = DESK_NOW - 4_000;
  desk.reschedule(
    {
      appointment: moved.id,
      start: at('2026-11-24', '15:40'),
      version: moved.version,
      request_id: 'seed-move',
      message: null,
    },
    'patient',
  );
  past.now = 0;
  desk.hold(MIRA.id, at('2026-11-24', '13:20'), 40, clock.now() + 232_000);
  desk.realtime.setStrangers(MIRA.id, 3);
  return desk;
}
