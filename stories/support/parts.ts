/** What the stories of the inner elements are made of: plain values, as `<openslot-booking>` would hand them down. */
import '../../src/define.ts';
import { type Appointment, createAvailability, type Provider } from '../../src/core/index.ts';
import { Display } from '../../src/elements/shared/display.ts';
import { OpenslotBooking } from '../../src/elements/booking/openslot-booking.ts';
import { loads } from '../../src/elements/booking/screens.ts';
import { createMemoryProject, MIRA, SERVICES } from '../../test/support/memory/memory-backend.ts';
import { NOW } from './stage.ts';
import { within } from './widget.ts';

for (const load of Object.values(loads)) {
  if (typeof load === 'function') OpenslotBooking.register?.((await load()).elements);
}

export { enDetails as messages } from '../../src/locales/en/details.ts';

/** Room and type as inside the card. */
export const inCard = within(
  'container-type: inline-size; max-inline-size: 46rem; font-size: 0.9375rem; line-height: 1.5',
);

/** Room and type as inside one of its two columns. */
export const inColumn = within(
  'container-type: inline-size; max-inline-size: 24rem; font-size: 0.9375rem; line-height: 1.5',
);

export const display = new Display({ lang: 'en-GB', zone: MIRA.time_zone });

export const now = (): number => NOW;

export const TODAY = '2026-11-22';
export const MONDAY = '2026-11-23';
export const TUESDAY = '2026-11-24';

const still = { now, random: () => 0, after: () => () => undefined };

const { slots, fullDays } = createMemoryProject({ clock: still }).database.calendar({ provider: MIRA.id });

/** Mira's free times on that Sunday evening. */
export const availability = createAvailability()({
  slots: new Map(slots.map((slot) => [slot.id, slot])),
  fullDays,
  provider: MIRA,
  service: SERVICES.consultation,
  zone: MIRA.time_zone,
  now: NOW,
});

export const monday = availability.days.get(MONDAY)?.starts ?? [];

export const TEN = `${MONDAY}T09:00:00Z`;

export const appointment: Appointment = {
  id: '5f0c1d2e-0000-4000-a000-000000000001',
  status: 'confirmed',
  start: TEN,
  end: `${MONDAY}T09:20:00Z`,
  sequence: 0,
  provider: MIRA,
  service: SERVICES.consultation,
  patient: { name: 'Jonas Ek', email: 'jonas@example.com' },
  cancelled_by: null,
  cancel_reason: null,
  changeable: true,
  changeable_until: TEN,
};

const portrait =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#cfe3e0"/><circle cx="5" cy="4" r="2" fill="#2b6e6a"/><circle cx="5" cy="10" r="4" fill="#2b6e6a"/></svg>';

export const withPortrait: Provider = { ...MIRA, avatar_url: `data:image/svg+xml,${encodeURIComponent(portrait)}` };
