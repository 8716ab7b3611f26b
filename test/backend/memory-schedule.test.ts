/** Rules of time that the database in memory shares with the real one, at moments that the contract can't choose. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAvailability } from '../../src/core/calendar/availability.ts';
import { isoInstant } from '../../src/core/time/iso-instant.ts';
import type { Provider, Service } from '../../src/core/wire.ts';
import { createFakeClock } from '../support/fakes/fake-clock.ts';
import { MemoryDatabase } from '../support/memory/memory-database.ts';
import { MIRA, SERVICES } from '../support/memory/memory-seed.ts';

const NOW = Date.UTC(2026, 10, 24, 8);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A provider with slots of 20 minutes from `NOW` on, for two days without a gap. */
function open(settings: Partial<Provider>, ...services: Service[]) {
  const provider = { ...MIRA, ...settings };
  const database = new MemoryDatabase(createFakeClock({ now: NOW }));
  const starts = Array.from({ length: 144 }, (_, index) => NOW + index * 20 * MINUTE);
  database.add({ provider, services, starts });
  const hold = (service: Service, minutes: number) =>
    database.hold({
      provider: provider.id,
      service: service.id,
      start: isoInstant(NOW + minutes * MINUTE),
      visitor: crypto.randomUUID(),
    });
  const offered = (service: Service) => {
    const { slots, fullDays } = database.calendar({ provider: provider.id });
    const { starts } = createAvailability()({
      slots: new Map(slots.map((slot) => [slot.id, slot])),
      fullDays,
      provider,
      service,
      zone: provider.time_zone,
      now: NOW,
    });
    return starts.map(({ at }) => (at - NOW) / MINUTE);
  };
  return { database, hold, offered, provider };
}

describe('a time in the database in memory', () => {
  it('is too soon once the buffer before it has begun, as it is offered', () => {
    const service = { ...SERVICES.consultation, buffer_before_minutes: 40 };
    const { hold, offered } = open({ min_notice_minutes: 0, booking_window_days: 1 }, service);
    assert.equal(offered(service)[0], 40);
    assert.throws(() => hold(service, 20), { code: 'too_soon' });
    assert.ok(hold(service, 40).held_until);
  });

  it('may begin just within the window with slots that lie after it', () => {
    const { firstVisit, consultation } = SERVICES;
    const service = { ...firstVisit, buffer_after_minutes: 20 };
    const { database, hold, offered, provider } = open({ booking_window_days: 1 }, consultation, service);
    const last = database.calendar({ provider: provider.id }).slots.at(-1)!;
    assert.equal(last.start, isoInstant(NOW + DAY + 40 * MINUTE));
    assert.equal(offered(service).at(-1), 1_420);
    assert.equal(offered(consultation).at(-1), 1_420);
    assert.ok(hold(service, 1_420).held_until);
    assert.throws(() => hold(consultation, 1_440), { code: 'outside_window' });
  });
});
