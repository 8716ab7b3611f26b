import { expect } from '@open-wc/testing';
import type { DeskAppointment, DeskSlot } from '../../../src/core/desk/types.ts';
import { type DeskStart, type DeskTimesQuery, nearestStart, startsOn } from '../../../src/elements/desk/starts.ts';
import { at, DESK_MIRA } from '../../support/memory/desk-seed.ts';

const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';
const iso = (time: string, day = TUESDAY) => at(day, time).replace('.000Z', 'Z');
const NOW = Date.parse(iso('08:00'));

function slot(time: string, changes: Partial<DeskSlot> = {}, day = TUESDAY): DeskSlot {
  const start = iso(time, day);
  const end = new Date(Date.parse(start) + 20 * 60_000).toISOString();
  return {
    id: Date.parse(start),
    start,
    end,
    status: 'open',
    held_until: null,
    revision: 1,
    blocked_by: null,
    appointment_id: null,
    ...changes,
  };
}

const BY_STAFF = { status: 'blocked', blocked_by: 'staff' } as const;
const BY_LIMIT = { status: 'blocked', blocked_by: 'daily_limit' } as const;
const service = (duration_minutes: number, buffer_before_minutes = 0, buffer_after_minutes = 0) => ({
  duration_minutes,
  buffer_before_minutes,
  buffer_after_minutes,
});

/** The times of that Tuesday, like `10:00 open`. */
function offered(slots: readonly DeskSlot[], changes: Partial<DeskTimesQuery> = {}): string[] {
  const query = { day: TUESDAY, provider: DESK_MIRA, service: service(20), slots, now: NOW, ...changes };
  return startsOn(query).map(({ start, kind }) => `${start.slice(11, 16)} ${kind}`);
}

describe('at which times staff can book', () => {
  it('is after the buffer before the patient’s part, where the buffer after it fits, too', () => {
    const slots = [slot('10:00'), slot('10:20'), slot('11:00')];
    expect(offered(slots, { service: service(20, 10, 10) })).to.deep.equal(['09:10 open']);
    expect(offered(slots, { service: service(20, 10, 11) })).to.deep.equal([]);
  });

  it('is on the day that is asked for, in order of time, and not before now', () => {
    const slots = [slot('10:20'), slot('10:00'), slot('09:00', {}, MONDAY), slot('08:00'), slot('08:20')];
    expect(offered(slots)).to.deep.equal(['07:20 open', '09:00 open', '09:20 open']);
    expect(offered(slots, { day: MONDAY, now: Date.parse(iso('07:00', MONDAY)) })).to.deep.equal(['08:00 open']);
  });

  it('says of a time whether staff blocked some of it, or the daily limit all that is blocked', () => {
    const slots = [slot('10:00', BY_LIMIT), slot('10:20', BY_LIMIT), slot('10:40', BY_STAFF), slot('11:00')];
    expect(offered(slots, { service: service(40) })).to.deep.equal(['09:00 full', '09:20 blocked', '09:40 blocked']);
    expect(offered([slot('10:00'), slot('10:20', BY_LIMIT)], { service: service(40) })).to.deep.equal(['09:00 full']);
  });

  it('is not where somebody holds a slot, until the moment at which the hold runs out', () => {
    const held = (until: string) => [slot('10:00', { status: 'held', held_until: iso(until) })];
    expect(offered(held('08:01'))).to.deep.equal([]);
    expect(offered(held('08:00'))).to.deep.equal(['09:00 open']);
    expect(offered([slot('10:00', { status: 'removed' })])).to.deep.equal([]);
  });

  it('is where the appointment is that is moved, but for its own time, and not where another one is', () => {
    const moving = { id: 'eva', start: iso('10:00') } as DeskAppointment;
    const slots = [
      slot('09:40'),
      slot('10:00', { status: 'booked', appointment_id: 'eva' }),
      slot('10:20'),
      slot('10:40', { status: 'booked', appointment_id: 'jonas' }),
    ];
    expect(offered(slots, { moving })).to.deep.equal(['08:40 open', '09:20 open']);
    expect(offered(slots, { moving, service: service(40) })).to.deep.equal(['08:40 open']);
    expect(offered(slots)).to.deep.equal(['08:40 open', '09:20 open']);
  });
});

describe('the time that is proposed', () => {
  const starts: DeskStart[] = [
    { start: iso('10:00'), kind: 'open' },
    { start: iso('10:20'), kind: 'blocked' },
    { start: iso('10:40'), kind: 'open' },
  ];
  const proposed = (wanted: string, from = starts) => nearestStart(from, iso(wanted))?.start;

  it('is the open one that is wanted, else the next, else the last', () => {
    expect(['09:00', '10:00', '10:01', '10:20', '11:00'].map((wanted) => proposed(wanted))).to.deep.equal(
      ['10:00', '10:00', '10:40', '10:40', '10:40'].map((time) => iso(time)),
    );
  });

  it('is one that isn’t open only where none is', () => {
    expect(proposed('10:00', [starts[1]!])).to.equal(iso('10:20'));
    expect(proposed('10:00', [])).to.equal(undefined);
  });
});
