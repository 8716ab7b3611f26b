import { expect } from '@open-wc/testing';
import type { CalendarState } from '../../../src/core/calendar/types.ts';
import type { Slot, Service } from '../../../src/core/wire.ts';
import { pageOf } from '../../../src/elements/booking/times/month-page.ts';
import {
  createOffer,
  findService,
  hasTimesIn,
  monthOf,
  nextAfter,
  sameClock,
  takenSince,
} from '../../../src/elements/booking/offer.ts';
import { MIRA, SERVICES } from '../../support/memory/memory-seed.ts';

const ZONE = 'Europe/Stockholm';
const NOW = Date.UTC(2026, 10, 23, 7);
const { consultation, firstVisit, vaccination } = SERVICES;

/** Open slots of 20 minutes at these instants, `24T08:00` of November 2026 for short. */
function slotsAt(...starts: string[]): ReadonlyMap<number, Slot> {
  return new Map(
    starts.map((short) => {
      const at = Date.parse(short.length > 8 ? short : `2026-11-${short}Z`);
      const id = at / 60_000;
      const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
      return [id, { id, start: iso(at), end: iso(at + 1_200_000), status: 'open', held_until: null }];
    }),
  );
}

function stateOf(slots: ReadonlyMap<number, Slot>, changes: Partial<CalendarState> = {}): CalendarState {
  return {
    provider: MIRA,
    services: [consultation, firstVisit],
    slots,
    fullDays: [],
    hold: null,
    ...changes,
  } as CalendarState;
}

const choices = { zone: ZONE, service: '', day: null, month: null };

describe('what there is to choose from', () => {
  it('is nothing while no provider has come, or while there is no service', () => {
    const slots = slotsAt('24T08:00');
    expect(createOffer()(stateOf(slots, { provider: null }), choices, NOW)).to.equal(null);
    expect(createOffer()(stateOf(slots, { services: [] }), choices, NOW)).to.equal(null);
  });

  it('begins with the first service, on the first day with a time', () => {
    const offer = createOffer()(stateOf(slotsAt('24T08:00', '24T08:20', '25T08:00')), choices, NOW)!;
    expect([offer.service, offer.day, offer.month, offer.today]).to.deep.equal([
      consultation,
      '2026-11-24',
      '2026-11',
      '2026-11-23',
    ]);
    expect(offer.starts.map(({ start }) => start)).to.deep.equal(['2026-11-24T08:00:00Z', '2026-11-24T08:20:00Z']);
    expect(offer.next?.start).to.equal('2026-11-24T08:00:00Z');
    expect(offer.earliest).to.equal(NOW + 3_600_000);
  });

  it('is too late for a start whose buffer before it has begun, however short the notice is', () => {
    const intake = { ...consultation, buffer_before_minutes: 90 };
    const earliestOf = (min_notice_minutes: number) =>
      createOffer()(
        stateOf(slotsAt('24T08:00'), { provider: { ...MIRA, min_notice_minutes }, services: [intake] }),
        choices,
        NOW,
      )?.earliest;
    expect([0, 90, 120].map(earliestOf)).to.deep.equal([NOW + 5_400_000, NOW + 5_400_000, NOW + 7_200_000]);
  });

  it('has today’s month and no day where there are no times', () => {
    const offer = createOffer()(stateOf(slotsAt()), choices, NOW)!;
    expect([offer.day, offer.month, offer.starts, offer.next]).to.deep.equal([null, '2026-11', [], null]);
  });

  it('is of the service that is wanted by slug, by id, or as one that isn’t offered any more', () => {
    const state = stateOf(slotsAt('24T08:00', '24T08:20'));
    const of = (service: string | Service) => createOffer()(state, { ...choices, service }, NOW)?.service;
    expect(of('first-visit')).to.equal(firstVisit);
    expect(of(firstVisit.id)).to.equal(firstVisit);
    expect(of('massage')).to.equal(consultation);
    expect(of(vaccination)).to.equal(vaccination);
    expect(of({ ...firstVisit, name: 'as it was' })).to.equal(firstVisit);
    expect(findService([consultation], 'first-visit')).to.equal(undefined);
  });

  it('stays on a chosen day and month whose last time went', () => {
    const offerOf = createOffer();
    const state = stateOf(slotsAt('24T08:00', '25T08:00'));
    const chosen = { ...choices, day: '2026-11-25', month: '2026-12' };
    expect(offerOf(state, chosen, NOW)).to.include({ day: '2026-11-25', month: '2026-12' });
    const after = offerOf(stateOf(slotsAt('24T08:00')), chosen, NOW)!;
    expect([after.day, after.month, after.starts]).to.deep.equal(['2026-11-25', '2026-12', []]);
  });

  it('forgets a month that was turned to while there was no day to stay on', () => {
    const state = stateOf(slotsAt('24T08:00'));
    expect(createOffer()(state, { ...choices, month: '2027-01' }, NOW)?.month).to.equal('2026-11');
    expect(createOffer()(state, { ...choices, day: '2026-11-24' }, NOW)?.month).to.equal('2026-11');
  });

  it('leaves a chosen day that a newly chosen service isn’t offered on, but not one that it is', () => {
    const offerOf = createOffer();
    const state = stateOf(slotsAt('24T08:00', '24T08:20', '25T08:00', '26T08:00', '26T08:20'));
    const chosen = { ...choices, day: '2026-11-25', month: '2026-11' };
    expect(offerOf(state, chosen, NOW)?.day).to.equal('2026-11-25');
    expect(offerOf(state, { ...chosen, service: 'first-visit' }, NOW)?.day).to.equal('2026-11-24');
    expect(createOffer()(state, { ...chosen, service: 'first-visit', day: '2026-11-26' }, NOW)?.day).to.equal(
      '2026-11-26',
    );
  });

  it('leaves out full days, except that of the appointment that the patient moves', () => {
    const from = Date.UTC(2026, 10, 23, 23);
    const fullDays = [{ from, to: from + 86_400_000, until: Infinity, revision: 1 }];
    const state = stateOf(slotsAt('24T08:00', '25T08:00'), { fullDays });
    expect(createOffer()(state, choices, NOW)?.day).to.equal('2026-11-25');
    expect(createOffer()(state, { ...choices, moving: '2026-11-24T15:00:00Z' }, NOW)?.day).to.equal('2026-11-24');
  });

  it('knows the visitor’s own hold as a time that can still be had', () => {
    const slots = new Map(
      [...slotsAt('24T08:00')].map(([id, slot]): [number, Slot] => [
        id,
        { ...slot, status: 'held', held_until: '2026-11-24T09:00:00Z' },
      ]),
    );
    const start = '2026-11-24T08:00:00Z';
    const hold = { start, slotStarts: [start] } as unknown as CalendarState['hold'];
    expect(createOffer()(stateOf(slots), choices, NOW)?.starts).to.deep.equal([]);
    expect(createOffer()(stateOf(slots, { hold }), choices, NOW)?.starts.map(({ mine }) => mine)).to.deep.equal([true]);
  });

  it('has the next time after a day or month without any, else the first of all', () => {
    const offer = createOffer()(stateOf(slotsAt('24T08:00', '26T08:00', '2026-12-01T08:00:00Z')), choices, NOW)!;
    expect(nextAfter(offer, '2026-11-25')?.start).to.equal('2026-11-26T08:00:00Z');
    expect(nextAfter(offer, '2026-11-26')?.start).to.equal('2026-12-01T08:00:00Z');
    expect(nextAfter(offer, '2026-11')?.start).to.equal('2026-12-01T08:00:00Z');
    expect(nextAfter(offer, '2026-12-02')?.start).to.equal('2026-11-24T08:00:00Z');
    expect(['2026-11', '2026-12', '2027-01'].map((month) => hasTimesIn(offer, month))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});

describe('times that somebody took', () => {
  const offerOf = createOffer();
  const all = stateOf(slotsAt('24T08:00', '24T08:20', '24T08:40'));
  const one = stateOf(slotsAt('24T08:00', '24T08:40'));
  const before = offerOf(all, choices, NOW)!;

  it('are those of the same day that were free before', () => {
    expect(takenSince(before, offerOf(one, choices, NOW)!).map(({ start }) => start)).to.deep.equal([
      '2026-11-24T08:20:00Z',
    ]);
    expect(takenSince(before, before)).to.deep.equal([]);
  });

  it('are none that it is too late for by now', () => {
    const late = Date.parse('2026-11-24T07:10:00Z');
    expect(takenSince(before, offerOf(one, choices, late)!).map(({ start }) => start)).to.deep.equal([
      '2026-11-24T08:20:00Z',
    ]);
    expect(takenSince(before, offerOf(one, choices, late + 600_001)!)).to.deep.equal([]);
    expect(takenSince(before, offerOf(one, choices, late + 600_000)!)).to.have.length(1);
  });

  it('are none where another day, service or zone is shown instead', () => {
    const of = (changes: object) => takenSince(before, createOffer()(one, { ...choices, ...changes }, NOW)!);
    expect(of({ service: 'first-visit' })).to.deep.equal([]);
    expect(of({ zone: 'Asia/Tokyo' })).to.deep.equal([]);
    const longer = createOffer()(all, { ...choices, service: 'first-visit' }, NOW)!;
    expect([longer.day, takenSince(before, longer)]).to.deep.equal([before.day, []]);
    const elsewhere = createOffer()(stateOf(slotsAt('25T08:00')), choices, NOW)!;
    expect(takenSince(before, elsewhere)).to.deep.equal([]);
  });
});

describe('the clocks of two zones', () => {
  it('agree where day and time are the same, now and at the last time on offer', () => {
    const near = createOffer()(stateOf(slotsAt('24T08:00')), choices, NOW)!;
    expect(sameClock(near, ZONE, 'Europe/Berlin')).to.equal(true);
    expect(sameClock(near, ZONE, 'Europe/London')).to.equal(false);
    expect(sameClock(near, 'Pacific/Kiritimati', 'Pacific/Honolulu'), 'the same time a day apart').to.equal(false);
  });

  it('agree only until one of them is set to summer time', () => {
    // Lagos has Stockholm’s time in winter alone.
    const provider = { ...MIRA, booking_window_days: 300 };
    const winter = createOffer()(stateOf(slotsAt('24T08:00'), { provider }), choices, NOW)!;
    const summer = createOffer()(stateOf(slotsAt('2027-06-01T08:00:00Z'), { provider }), choices, NOW)!;
    expect(sameClock(winter, ZONE, 'Africa/Lagos')).to.equal(true);
    expect(sameClock(summer, ZONE, 'Africa/Lagos')).to.equal(false);
    expect(sameClock(createOffer()(stateOf(slotsAt()), choices, NOW)!, ZONE, 'Africa/Lagos')).to.equal(true);
  });
});

describe('a page of the calendar', () => {
  it('has all weeks of a month that isn’t the first one’s, and at least five', () => {
    const page = pageOf('2026-08', 1, '2026-07-15');
    expect(page).to.have.length(6);
    expect([page[0]![0], page.at(-1)!.at(-1)]).to.deep.equal(['2026-07-27', '2026-09-06']);
    const short = pageOf('2027-02', 1, '2026-11-23');
    expect(short.map(([monday]) => monday)).to.deep.equal([
      '2027-02-01',
      '2027-02-08',
      '2027-02-15',
      '2027-02-22',
      '2027-03-01',
    ]);
    expect(short[4]).to.have.length(7);
  });

  it('begins with the week of the first day in its month, and goes on into the next', () => {
    const page = pageOf('2026-11', 1, '2026-11-25');
    expect(page.map(([monday]) => monday)).to.deep.equal([
      '2026-11-23',
      '2026-11-30',
      '2026-12-07',
      '2026-12-14',
      '2026-12-21',
    ]);
    expect(pageOf('2026-11', 0, '2026-11-25')[0]![0]).to.equal('2026-11-22');
    expect(monthOf('2026-11-25')).to.equal('2026-11');
  });
});
