/** Providers and schedules that the seeded clinics don't have. */
import type { Service } from '../../src/core/index.ts';
import { addDays, startOfDay } from '../../src/core/time/time-zones.ts';
import type { ProviderSeed } from '../../test/support/memory/memory-database.ts';
import { MIRA, SERVICES } from '../../test/support/memory/memory-backend.ts';
import { demoSeed } from '../../test/support/memory/memory-seed.ts';
import { NOW } from './stage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function miraSeed(): ProviderSeed {
  return demoSeed(NOW).find(({ provider }) => provider.id === MIRA.id)!;
}

/** Mira with other services. */
export function withServices(services: readonly Service[]): readonly ProviderSeed[] {
  return [{ ...miraSeed(), services }];
}

const CHECKS = ['Blood pressure', 'Blood sample', 'Eyesight', 'Hearing', 'Skin', 'Travel advice', 'Driving licence'];

export const manyServices: readonly Service[] = [
  { ...SERVICES.consultation, description: 'For anything new. Bring a list of what you take.' },
  SERVICES.firstVisit,
  SERVICES.vaccination,
  ...CHECKS.map((name, index) => ({
    ...SERVICES.consultation,
    id: `5f0c1d2e-0000-4000-9000-0000000001${String(index).padStart(2, '0')}`,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    name,
  })),
];

function long(text: string): string {
  return `${text} `
    .repeat(Math.ceil(200 / (text.length + 1)))
    .slice(0, 200)
    .trimEnd();
}

/** Everything that can be named has a name of 200 characters. */
export const longNames: readonly ProviderSeed[] = [
  {
    ...miraSeed(),
    provider: {
      ...MIRA,
      name: long('Dr. Wilhelmina Featherstonehaugh-Cholmondeley'),
      title: long('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'),
      clinic: long('Northside Clinic for General Practice and Preventive Medicine'),
    },
    services: [
      {
        ...SERVICES.consultation,
        name: long('Consultation about everything that came up since the last consultation'),
      },
      { ...SERVICES.firstVisit, name: long('Ersteinschätzungsgesprächsterminvereinbarung') },
    ],
  },
];

/** The evening before the clocks of Stockholm go back from 3 to 2. */
export const NIGHT_BEFORE = Date.UTC(2026, 9, 24, 16);

/** A doctor on call, every half hour, so also in the hour that comes twice. */
export const onCall: readonly ProviderSeed[] = [
  {
    provider: { ...MIRA, title: 'On call', slot_minutes: 30 },
    services: [{ ...SERVICES.consultation, duration_minutes: 30 }],
    starts: [0, 1, 2].flatMap((day) => {
      const midnight = startOfDay(addDays('2026-10-25', day), MIRA.time_zone);
      return Array.from({ length: 16 }, (_, index) => midnight + index * 30 * MINUTE);
    }),
  },
];

/** Whole days, as `[from, until)` in instants, from the day of `NOW` on. */
export function daysFromNow(from: number, until: number): readonly [from: string, until: string] {
  const midnight = startOfDay('2026-11-22', MIRA.time_zone);
  return [new Date(midnight + from * DAY).toISOString(), new Date(midnight + until * DAY).toISOString()];
}
