import { expect } from '@open-wc/testing';
import { type AvailabilityQuery, createAvailability, nextStart, runOf } from '../../src/core/availability.ts';
import { nearestStarts } from '../../src/core/nearest-starts.ts';
import type { Slot, SlotStatus } from '../../src/core/types.ts';
import { AMARA, MIRA, SERVICES } from '../support/memory-backend.ts';

const NINE = Date.UTC(2026, 10, 24, 8);
const MINUTE = 60_000;
const NOW = NINE - 24 * 60 * MINUTE;
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

/** Slots of `minutes` from nine o'clock in Stockholm on, one per status; null leaves a gap. */
function slotsOf(statuses: readonly (SlotStatus | null)[], minutes = 20): Map<number, Slot> {
  const slots = new Map<number, Slot>();
  statuses.forEach((status, index) => {
    const start = NINE + index * minutes * MINUTE;
    if (status) slots.set(index, { id: index, start: iso(start), end: iso(start + minutes * MINUTE), status });
  });
  return slots;
}

const BASE: Omit<AvailabilityQuery, 'slots'> = {
  provider: MIRA,
  service: SERVICES.consultation,
  zone: 'Europe/Stockholm',
  now: NOW,
};

/** Minutes after nine at which the service can begin. */
function offered(query: Partial<AvailabilityQuery> & Pick<AvailabilityQuery, 'slots'>): number[] {
  return createAvailability()({ ...BASE, ...query }).starts.map(({ at }) => (at - NINE) / MINUTE);
}

describe('bookable times', () => {
  it('are the open slots for a service of one slot', () => {
    expect(offered({ slots: slotsOf(['open', 'held', 'open', null, 'open']) })).to.deep.equal([0, 40, 80]);
  });

  it('need a run of open slots without a gap for a longer one', () => {
    const slots = slotsOf(['open', 'open', 'open', null, 'open', 'open', 'held', 'open']);
    expect(offered({ slots, service: SERVICES.firstVisit })).to.deep.equal([0, 20, 80]);
  });

  it('begin after the buffer before, and leave room for the one after', () => {
    const provider = { ...AMARA, slot_minutes: 30 };
    const slots = slotsOf(['open', 'open', 'open', 'held', 'open', 'open'], 30);
    expect(offered({ slots, provider, service: SERVICES.intake })).to.deep.equal([10]);
  });

  it('keep the notice and the window by the server’s clock', () => {
    const slots = slotsOf(['open', 'open', 'open']);
    const notice = { ...MIRA, min_notice_minutes: 60 };
    expect(offered({ slots, provider: notice, now: NINE - 50 * MINUTE })).to.deep.equal([20, 40]);
    expect(offered({ slots, provider: notice, now: NINE - 60 * MINUTE })).to.deep.equal([0, 20, 40]);
    const window = { ...MIRA, booking_window_days: 1 };
    expect(offered({ slots, provider: window, now: NINE - 24 * 60 * MINUTE + 30 * MINUTE })).to.deep.equal([0, 20]);
    expect(offered({ slots, provider: window, now: NINE - 24 * 60 * MINUTE })).to.deep.equal([]);
  });

  it('include what this visitor holds, and what a hold that ran out left', () => {
    const slots = slotsOf(['held', 'held', 'held']);
    expect(offered({ slots, own: [iso(NINE)] })).to.deep.equal([0]);
    const held_until = iso(NOW + MINUTE);
    const expiring = new Map([...slots].map(([id, slot]) => [id, { ...slot, held_until }]));
    expect(offered({ slots: expiring })).to.deep.equal([]);
    expect(offered({ slots: expiring, now: NOW + MINUTE })).to.deep.equal([0, 20, 40]);
  });

  it('are grouped by the days of the shown zone', () => {
    const slots = slotsOf(['open', 'open', 'open'], 60);
    const provider = { ...MIRA, slot_minutes: 60 };
    const { days } = createAvailability()({ ...BASE, slots, provider, zone: 'Pacific/Kiritimati' });
    // Ten and eleven in the evening there, and midnight.
    expect([...days].map(([day, { starts }]) => [day, starts.length])).to.deep.equal([
      ['2026-11-24', 2],
      ['2026-11-25', 1],
    ]);
  });

  it('measure each day by the freest one', () => {
    const slots = slotsOf(
      Array.from({ length: 24 * 3 + 4 }, (_, index) => (index < 4 || index >= 24 * 3 + 2 ? 'open' : 'held')),
    );
    const { days } = createAvailability()({ ...BASE, slots });
    expect([...days.values()].map(({ share }) => share)).to.deep.equal([1, 0.5]);
  });
});

describe('the memory of the last answer', () => {
  const everyDay = () => slotsOf(Array.from({ length: 72 * 20 }, (): SlotStatus => 'open'));

  it('gives the same answer to the same question, until time changes it', () => {
    const ask = createAvailability();
    const slots = slotsOf(['open', 'open']);
    const first = ask({ ...BASE, slots });
    expect(ask({ ...BASE, slots, now: NOW + MINUTE })).to.equal(first);
    expect(first.changesAt).to.equal(NINE - 60 * MINUTE + 1);
    expect(ask({ ...BASE, slots, now: first.changesAt }).starts).to.have.length(1);
    expect(ask({ ...BASE, slots }).starts).to.have.length(2);
  });

  it('keeps every day that did not change', () => {
    const ask = createAvailability();
    const slots = everyDay();
    const before = ask({ ...BASE, slots });
    const changed = new Map(slots).set(100, { ...slots.get(100)!, status: 'held' });
    const after = ask({ ...BASE, slots: changed });
    const renewed = [...after.days].filter(([day, value]) => before.days.get(day) !== value);
    expect(renewed.map(([day]) => day)).to.deep.equal([
      before.starts.find(({ at }) => at === NINE + 100 * 20 * MINUTE)?.day,
    ]);
    expect(after.starts).to.have.length(before.starts.length - 1);
  });

  it('answers as one without a memory does', () => {
    const ask = createAvailability();
    let slots = everyDay();
    for (let step = 0; step < 40; step++) {
      const id = (step * 37) % slots.size;
      const slot = slots.get(id)!;
      slots = new Map(slots).set(id, { ...slot, status: slot.status === 'open' ? 'held' : 'open' });
      const query = {
        ...BASE,
        slots,
        service: step % 3 ? SERVICES.consultation : SERVICES.firstVisit,
        zone: step % 5 ? 'Europe/Stockholm' : 'Asia/Kolkata',
        now: NOW + step * 40 * MINUTE,
        own: step % 2 ? [slot.start] : [],
      };
      const { days, starts, changesAt } = createAvailability()(query);
      const remembered = ask(query);
      expect(remembered.starts).to.deep.equal(starts);
      expect([...remembered.days]).to.deep.equal([...days]);
      expect(remembered.changesAt).to.equal(changesAt);
    }
  });
});

describe('around a time', () => {
  const slots = slotsOf(['open', 'open', 'held', 'open', 'held', 'open', 'open']);
  const availability = createAvailability()({ ...BASE, slots });

  it('the nearest others are offered, in order of time', () => {
    const near = nearestStarts(availability, iso(NINE + 40 * MINUTE));
    expect(near.map(({ at }) => (at - NINE) / MINUTE)).to.deep.equal([0, 20, 60]);
  });

  it('the next one from a day on is found', () => {
    expect(nextStart(availability)?.at).to.equal(NINE);
    expect(nextStart(availability, '2026-11-24')?.at).to.equal(NINE);
    expect(nextStart(availability, '2026-11-25')).to.equal(null);
  });

  it('the slots that a booking takes are known, buffers included', () => {
    const run = (service: typeof SERVICES.intake, minutes: number) =>
      runOf(slots, MIRA, service, iso(NINE + minutes * MINUTE))?.map(({ id }) => id) ?? null;
    expect(run(SERVICES.firstVisit, 0)).to.deep.equal([0, 1]);
    expect(run(SERVICES.firstVisit, 120)).to.equal(null);
    expect(run(SERVICES.intake, 10)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(run(SERVICES.consultation, 5)).to.equal(null);
  });
});
