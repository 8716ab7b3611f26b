import { expect } from '@open-wc/testing';
import type { DeskAppointment, DeskSlot } from '../../../../src/core/desk/types.ts';
import { layOut, type LayoutQuery } from '../../../../src/elements/desk/agenda/layout.ts';
import { selectedCells, step, stopOf } from '../../../../src/elements/desk/agenda/grid.ts';
import { nearestStart, startsOn } from '../../../../src/elements/desk/starts.ts';
import { at, DESK_MIRA } from '../../../support/memory/desk-seed.ts';

const TUESDAY = '2026-11-24';
const NOW = Date.parse(at(TUESDAY, '09:30'));

function slots(
  ...marks: readonly [time: string, status: DeskSlot['status'], by?: DeskSlot['blocked_by']][]
): DeskSlot[] {
  return marks.map(([time, status, by = null], id) => ({
    id,
    start: at(TUESDAY, time),
    end: new Date(Date.parse(at(TUESDAY, time)) + 20 * 60_000).toISOString(),
    status,
    held_until: status === 'held' ? at(TUESDAY, '09:35') : null,
    revision: 1,
    blocked_by: by,
    appointment_id: status === 'booked' ? 'eva' : null,
  }));
}

const EVA = {
  id: 'eva',
  status: 'confirmed',
  start: at(TUESDAY, '10:40'),
  end: at(TUESDAY, '10:50'),
  busy_start: at(TUESDAY, '10:40'),
  busy_end: at(TUESDAY, '11:00'),
} as DeskAppointment;

const query = (changes: Partial<LayoutQuery>): LayoutQuery => ({
  days: [TUESDAY],
  slots: [],
  appointments: [],
  hours: null,
  zone: 'Europe/Stockholm',
  slotMinutes: 20,
  now: NOW,
  ...changes,
});

const MORNING = slots(
  ['09:20', 'open'],
  ['09:40', 'open'],
  ['10:00', 'open'],
  ['10:20', 'held'],
  ['10:40', 'booked'],
  ['11:00', 'blocked', 'staff'],
  ['11:20', 'blocked', 'daily_limit'],
);

describe('the agenda', () => {
  it('draws neighbours of one kind as one, past ones apart', () => {
    const { days } = layOut(query({ slots: MORNING, appointments: [EVA] }));
    expect(days[0]?.runs.map(({ status, from, until, past }) => [status, from, until, past])).to.deep.equal([
      ['open', 560, 580, true],
      ['open', 580, 620, false],
      ['held', 620, 640, false],
      ['blocked', 660, 680, false],
      ['full', 680, 700, false],
    ]);
  });

  it('has every step of the grid once, whether there is something or not', () => {
    const { days, from, until } = layOut(query({ slots: MORNING, appointments: [EVA] }));
    expect([from, until]).to.deep.equal([540, 720]);
    const items = days[0]!.items;
    expect(items.map((item) => item.from)).to.deep.equal([540, 560, 580, 600, 620, 640, 660, 680, 700]);
    expect(items.filter(({ kind }) => kind === 'event')).to.have.length(1);
  });

  it('shows office hours where there is nothing, and longer ones where something is', () => {
    expect(layOut(query({}))).to.include({ from: 540, until: 1020 });
    const hours = { rules: [{ weekday: 2, start: '07:30', end: '24:00' }], exceptions: [] };
    expect(layOut(query({ hours }))).to.include({ from: 420, until: 1440 });
  });

  it('leaves out what was cancelled', () => {
    const { days } = layOut(query({ appointments: [{ ...EVA, status: 'cancelled' }] }));
    expect(days[0]?.items.some(({ kind }) => kind === 'event')).to.equal(false);
    expect(days[0]?.isEmpty).to.equal(true);
  });

  it('takes a hold that ran out for open', () => {
    const { days } = layOut(query({ slots: MORNING, now: Date.parse(at(TUESDAY, '09:36')) }));
    const held = days[0]!.items.find((item) => item.from === 620);
    expect(held).to.include({ status: 'open' });
  });
});

describe('the keyboard', () => {
  const days = ['2026-11-23', TUESDAY].flatMap(
    (day) => layOut(query({ days: [day], slots: MORNING, appointments: [EVA] })).days,
  );
  const keyAt = (time: string) => String(Date.parse(at(TUESDAY, time)));

  it('begins near a minute, and stays where it was', () => {
    expect(stopOf(days, null, { day: TUESDAY, minute: 605 })?.key).to.equal(keyAt('10:00'));
    const cursor = { day: TUESDAY, key: keyAt('11:00') };
    expect(stopOf(days, cursor, { day: TUESDAY, minute: 605 })).to.equal(cursor);
  });

  it('goes to the nearest time of the next day, and not beyond', () => {
    const from = { day: TUESDAY, key: 'eva' };
    expect(step(days, from, 'ArrowLeft', 1)).to.include({ day: '2026-11-23' });
    expect(step(days, from, 'ArrowRight', 1)).to.equal(null);
    expect(step(days, from, 'ArrowRight', -1)).to.include({ day: '2026-11-23' });
    expect(step(days, from, 'ArrowDown', 1)).to.deep.equal({ day: TUESDAY, key: keyAt('11:00') });
  });

  it('selects times on both sides of an appointment, which is none', () => {
    const cells = selectedCells(days, { day: TUESDAY, anchor: keyAt('11:00'), head: keyAt('10:00') });
    expect(cells.map(({ from }) => from)).to.deep.equal([600, 620, 660]);
  });
});

describe('times for staff', () => {
  const service = { duration_minutes: 30, buffer_before_minutes: 0, buffer_after_minutes: 10 };
  const ask = (changes = {}) =>
    startsOn({ day: TUESDAY, provider: DESK_MIRA, service, slots: MORNING, now: NOW, ...changes });

  it('are where the whole run is free or blocked, and say which', () => {
    expect(ask().map(({ start, kind }) => [start, kind])).to.deep.equal([
      [at(TUESDAY, '09:40').replace('.000Z', 'Z'), 'open'],
      [at(TUESDAY, '11:00').replace('.000Z', 'Z'), 'blocked'],
    ]);
  });

  it('are also where the appointment is that is moved', () => {
    const later = { now: Date.parse(at(TUESDAY, '09:36')) };
    const half = at(TUESDAY, '10:20').replace('.000Z', 'Z');
    expect(ask(later).map(({ start }) => start)).not.to.include(half);
    expect(ask({ ...later, moving: EVA }).map(({ start }) => start)).to.include(half);
  });

  it('begin with the next open one', () => {
    expect(nearestStart(ask(), at(TUESDAY, '10:30'))?.kind).to.equal('open');
  });
});
