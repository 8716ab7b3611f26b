import { expect } from '@open-wc/testing';
import {
  type AvailabilityQuery,
  createAvailability,
  nextStart,
  runOf,
} from '../../../src/core/calendar/availability.ts';
import { nearestStarts } from '../../../src/core/calendar/nearest-starts.ts';
import type { FullDay, Slot, SlotStatus } from '../../../src/core/wire.ts';
import { AMARA, MIRA, SERVICES } from '../../support/memory/memory-backend.ts';

const NINE = Date.UTC(2026, 10, 24, 8);
const MINUTE = 60_000;
const NOW = NINE - 24 * 60 * MINUTE;
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

/** Slots of `minutes` from nine o'clock in Stockholm on, one per status; null leaves a gap. */
function slotsOf(statuses: readonly (SlotStatus | null)[], minutes = 20): Map<number, Slot> {
  const slots = new Map<number, Slot>();
  statuses.forEach((status, index) => {
    const start = NINE + index * minutes * MINUTE;
    const id = start / MINUTE;
    if (status) slots.set(id, { id, start: iso(start), end: iso(start + minutes * MINUTE), status });
  });
  return slots;
}

const BASE: Omit<AvailabilityQuery, 'slots'> = {
  fullDays: [],
  provider: MIRA,
  service: SERVICES.consultation,
  zone: 'Europe/Stockholm',
  now: NOW,
};

/** A hold of one slot, so many minutes after nine. */
function holdAt(minutes: number): NonNullable<AvailabilityQuery['own']> {
  const start = iso(NINE + minutes * MINUTE);
  return { start, slotStarts: [start] };
}

/** That day in Stockholm, or one so many days later. */
function fullDay(until = Infinity, later = 0): FullDay {
  const from = Date.UTC(2026, 10, 23 + later, 23);
  return { from, to: from + 24 * 60 * MINUTE, until, revision: 1 };
}

/** Minutes after nine at which the service can begin. */
function offered(query: Partial<AvailabilityQuery> & Pick<AvailabilityQuery, 'slots'>): number[] {
  return createAvailability()({ ...BASE, ...query }).starts.map(({ at }) => (at - NINE) / MINUTE);
}

describe('bookable times', () => {
  it('are the open slots for a service of one slot', () => {
    expect(offered({ slots: slotsOf(['open', 'held', 'open', null, 'open']) })).to.deep.equal([0, 40, 80]);
  });

  it('begin and end with the patient’s part', () => {
    const slots = slotsOf(['open', 'held'], 60);
    const query = { ...BASE, provider: { ...MIRA, slot_minutes: 60 }, service: SERVICES.therapy, slots };
    const { starts } = createAvailability()({ ...query, own: holdAt(60) });
    expect(starts).to.deep.equal([
      { start: '2026-11-24T08:00:00Z', end: '2026-11-24T08:50:00Z', at: NINE, day: '2026-11-24', mine: false },
      {
        start: '2026-11-24T09:00:00Z',
        end: '2026-11-24T09:50:00Z',
        at: NINE + 60 * MINUTE,
        day: '2026-11-24',
        mine: true,
      },
    ]);
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

  it('keep a buffer before the patient’s part as notice, too, where it is longer', () => {
    const slots = slotsOf(Array.from({ length: 6 }, (): SlotStatus => 'open'));
    const provider = { ...MIRA, min_notice_minutes: 0 };
    const service = { ...SERVICES.consultation, buffer_before_minutes: 40 };
    const ask = createAvailability();
    const query = { ...BASE, slots, provider, service, now: NINE };
    const first = ask(query);
    expect(first.starts.map(({ at }) => (at - NINE) / MINUTE)).to.deep.equal([40, 60, 80, 100]);
    expect(first.changesAt).to.equal(NINE + 1);
    expect(ask({ ...query, now: NINE + 1 }).starts.map(({ at }) => (at - NINE) / MINUTE)).to.deep.equal([60, 80, 100]);
    const longer = { ...MIRA, min_notice_minutes: 60 };
    expect(offered({ slots, service, provider: longer, now: NINE })).to.deep.equal([60, 80, 100]);
  });

  it('never begin at the end of the window or after it, though slots go on', () => {
    const slots = slotsOf(['open', 'open', 'open', 'open']);
    const provider = { ...MIRA, booking_window_days: 1 };
    const now = NINE + 40 * MINUTE - 24 * 60 * MINUTE;
    expect(offered({ slots, provider, service: SERVICES.firstVisit, now })).to.deep.equal([0, 20]);
    expect(offered({ slots, provider, service: SERVICES.firstVisit, now: now + 1 })).to.deep.equal([0, 20, 40]);
  });

  it('include what this visitor holds, and what a hold that ran out left', () => {
    const slots = slotsOf(['held', 'held', 'held']);
    expect(offered({ slots, own: holdAt(0) })).to.deep.equal([0]);
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

describe('times of full days', () => {
  const open = (hours: number) =>
    slotsOf(
      Array.from({ length: hours }, (): SlotStatus => 'open'),
      60,
    );
  const hourly = { ...MIRA, slot_minutes: 60 };
  const hours = (query: Partial<AvailabilityQuery>) =>
    offered({ slots: open(40), provider: hourly, ...query }).map((minutes) => 9 + minutes / 60);

  it('are left out, and those of other days aren’t', () => {
    expect(hours({ fullDays: [fullDay()] })[0]).to.equal(24);
    expect(hours({ fullDays: [fullDay(Infinity, 1)] })).to.deep.equal([
      9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 48,
    ]);
    expect(hours({ fullDays: [fullDay(), fullDay(Infinity, 1)] })).to.deep.equal([48]);
    expect(hours({ fullDays: [fullDay(Infinity, 2)] }).at(-1)).to.equal(47);
  });

  it('are those whose patient’s part begins in the day, whatever the appointment lasts or needs before', () => {
    const late = { ...SERVICES.consultation, duration_minutes: 120 };
    expect(hours({ service: late, fullDays: [fullDay(Infinity, 1)] }).filter((hour) => hour > 20)).to.deep.equal([
      21, 22, 23,
    ]);
    const lead = { ...SERVICES.consultation, buffer_before_minutes: 60 };
    expect(hours({ service: lead, fullDays: [fullDay(Infinity, 1)] }).filter((hour) => hour > 20)).to.deep.equal([
      21, 22, 23, 48,
    ]);
    expect(hours({ service: lead, fullDays: [fullDay()] })[0]).to.equal(24);
  });

  it('make a day without times, as in a day that is booked out', () => {
    const { days } = createAvailability()({ ...BASE, slots: open(20), provider: hourly, fullDays: [fullDay()] });
    expect([...days.keys()]).to.deep.equal(['2026-11-25']);
  });

  it('come back when the hold ends that makes room, by the server’s clock and without a message', () => {
    const ask = createAvailability();
    const query = { ...BASE, slots: open(2), provider: hourly, fullDays: [fullDay(NOW + 5 * MINUTE)] };
    const before = ask(query);
    expect([before.starts.length, before.changesAt]).to.deep.equal([0, NOW + 5 * MINUTE]);
    expect(ask({ ...query, now: NOW + 5 * MINUTE - 1 })).to.equal(before);
    expect(ask({ ...query, now: NOW + 5 * MINUTE }).starts).to.have.length(2);
    expect(ask({ ...query, fullDays: [fullDay()] }).changesAt).to.equal(Infinity);
  });

  it('can be had by a visitor whose own hold keeps a place in the day, while only holds fill it', () => {
    const until = NOW + 5 * MINUTE;
    const own = { start: iso(NINE + 60 * MINUTE), slotStarts: [iso(NINE + 60 * MINUTE)] };
    const slots = slotsOf(['open', 'held', 'open'], 60);
    const query = { slots, provider: hourly, own };
    expect(offered({ ...query, fullDays: [fullDay(until)] })).to.deep.equal([0, 60, 120]);
    expect(createAvailability()({ ...BASE, ...query, fullDays: [fullDay(until)] }).changesAt).to.be.greaterThan(until);
    expect(offered({ ...query, fullDays: [fullDay()] })).to.deep.equal([]);
    expect(
      offered({ ...query, own: { ...own, start: iso(NINE + 1_440 * MINUTE) }, fullDays: [fullDay(until)] }),
    ).to.deep.equal([]);
  });

  it('can be had by an appointment of that day that is moved', () => {
    const fullDays = [fullDay(), fullDay(Infinity, 1)];
    expect(hours({ fullDays, moving: iso(NINE) })).to.deep.equal([
      9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 48,
    ]);
    expect(hours({ fullDays, moving: iso(NINE + 1_440 * MINUTE) })[0]).to.equal(24);
    expect(hours({ fullDays, moving: iso(NINE - 1_440 * MINUTE) })).to.deep.equal([48]);
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

  it('gives another answer when anything else is asked of the same slots', () => {
    const slots = slotsOf(['open', 'open', 'open', 'open']);
    const first = { ...BASE, slots };
    for (const changes of [
      { service: SERVICES.firstVisit },
      { provider: { ...MIRA, min_notice_minutes: 24 * 60 + 20 } },
      { zone: 'Asia/Kolkata' },
      { own: holdAt(0) },
      { fullDays: [fullDay()] },
      { now: NOW - 60 * MINUTE },
      { fullDays: [fullDay()], moving: iso(NINE) },
    ]) {
      const ask = createAvailability();
      ask(first);
      const second = { ...first, ...changes };
      expect(ask(second), JSON.stringify(changes)).to.deep.equal(createAvailability()(second));
    }
  });

  it('gives another answer when a full day has room for another appointment or hold', () => {
    const query = { ...BASE, slots: slotsOf(['open', 'open']), fullDays: [fullDay(NOW + MINUTE)] };
    const elsewhere = { start: iso(NINE - 1_440 * MINUTE), slotStarts: [iso(NINE)] };
    for (const [before, after] of [
      [{ moving: null }, { moving: iso(NINE) }],
      [{ own: elsewhere }, { own: { ...elsewhere, start: iso(NINE) } }],
    ]) {
      const ask = createAvailability();
      expect(ask({ ...query, ...before }).starts).to.have.length(0);
      expect(ask({ ...query, ...after }).starts).to.have.length(2);
    }
  });

  it('says when time alone changes the answer: at the first notice, end of a hold, or day that comes into the window', () => {
    const changesAt = (query: Partial<AvailabilityQuery>) =>
      createAvailability()({ ...BASE, slots: new Map(), ...query }).changesAt;
    expect(changesAt({})).to.equal(Infinity);
    expect(changesAt({ slots: slotsOf(['held', 'held']) })).to.equal(Infinity);
    expect(changesAt({ slots: slotsOf([null, 'open', 'open']) })).to.equal(NINE - 40 * MINUTE + 1);
    const held = (minutes: number) => ({ status: 'held' as const, held_until: iso(NOW + minutes * MINUTE) });
    const slots = [...slotsOf(['open', 'open', 'open']).values()];
    const holding = new Map([
      [0, { ...slots[0]!, ...held(5) }],
      [1, { ...slots[1]!, ...held(3) }],
      [2, { ...slots[2]!, ...held(4) }],
    ]);
    expect(changesAt({ slots: holding })).to.equal(NOW + 3 * MINUTE);
    const provider = { ...MIRA, booking_window_days: 1 };
    const early = NINE - 26 * 60 * MINUTE;
    const opens = changesAt({ slots: slotsOf([null, 'open', 'open']), provider, now: early });
    expect(opens).to.equal(NINE + 20 * MINUTE - 24 * 60 * MINUTE + 1);
    expect(offered({ slots: slotsOf([null, 'open', 'open']), provider, now: opens - 1 })).to.deep.equal([]);
    expect(offered({ slots: slotsOf([null, 'open', 'open']), provider, now: opens })).to.deep.equal([20]);
  });

  it('keeps its lists when slots changed that offer nothing', () => {
    const ask = createAvailability();
    const before = ask({ ...BASE, slots: slotsOf(['open', 'open', 'held']) });
    const after = ask({ ...BASE, slots: slotsOf(['open', 'open']) });
    expect([after.starts === before.starts, after.days === before.days]).to.deep.equal([true, true]);
  });

  it('keeps every day that did not change', () => {
    const ask = createAvailability();
    const slots = everyDay();
    const before = ask({ ...BASE, slots });
    const id = NINE / MINUTE + 100 * 20;
    const changed = new Map(slots).set(id, { ...slots.get(id)!, status: 'held' });
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
      const id = NINE / MINUTE + ((step * 37) % slots.size) * 20;
      const slot = slots.get(id)!;
      slots = new Map(slots).set(id, { ...slot, status: slot.status === 'open' ? 'held' : 'open' });
      const query = {
        ...BASE,
        slots,
        service: step % 3 ? SERVICES.consultation : SERVICES.firstVisit,
        zone: step % 5 ? 'Europe/Stockholm' : 'Asia/Kolkata',
        now: NOW + step * 40 * MINUTE,
        own: step % 2 ? { start: slot.start, slotStarts: [slot.start] } : null,
        fullDays: step % 4 ? [] : [fullDay(NOW + step * 50 * MINUTE)],
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

  it('those that are nearest on either side are offered, so many as are wanted', () => {
    const all = createAvailability()({ ...BASE, slots: slotsOf(Array.from({ length: 12 }, (): SlotStatus => 'open')) });
    const near = (minutes: number, count?: number) =>
      nearestStarts(all, iso(NINE + minutes * MINUTE), count).map(({ at }) => (at - NINE) / MINUTE);
    expect(near(120)).to.deep.equal([80, 100, 140]);
    expect(near(130)).to.deep.equal([100, 120, 140]);
    expect(near(0, 2)).to.deep.equal([20, 40]);
    expect(near(500)).to.deep.equal([180, 200, 220]);
  });

  it('the next one from a day on is found', () => {
    expect(nextStart(availability)?.at).to.equal(NINE);
    expect(nextStart(availability, '2026-11-24')?.at).to.equal(NINE);
    expect(nextStart(availability, '2026-11-25')).to.equal(null);
  });

  it('the slots that a booking takes are known, buffers included', () => {
    const run = (service: typeof SERVICES.intake, minutes: number) =>
      runOf(slots, MIRA, service, iso(NINE + minutes * MINUTE))?.map(({ id }) => (id - NINE / MINUTE) / 20) ?? null;
    expect(run(SERVICES.firstVisit, 0)).to.deep.equal([0, 1]);
    expect(run(SERVICES.firstVisit, 120)).to.equal(null);
    expect(run(SERVICES.intake, 10)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(run(SERVICES.consultation, 5)).to.equal(null);
  });
});
