import { expect } from '@open-wc/testing';
import type { DeskAppointment, DeskSlot, Hours } from '../../../../src/core/desk/types.ts';
import { type Cell, type DayColumn, layOut, type LayoutQuery } from '../../../../src/elements/desk/agenda/layout.ts';
import { at } from '../../../support/memory/desk-seed.ts';

const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';
const SUNDAY = '2026-11-29';
const NOW = Date.parse(at(TUESDAY, '10:00'));

function slot(time: string, changes: Partial<DeskSlot> = {}): DeskSlot {
  const start = at(TUESDAY, time);
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

/** An appointment without buffers, unless `busy` says how long it takes with them. */
function appointment(start: string, end: string, busy: readonly [string, string] = [start, end]): DeskAppointment {
  const [busy_start, busy_end] = busy;
  return { id: 'eva', status: 'confirmed', start, end, busy_start, busy_end } as DeskAppointment;
}

const hours = (...rules: Hours['rules']): Hours => ({ rules, exceptions: [] });

const query = (changes: Partial<LayoutQuery>): LayoutQuery => ({
  days: [TUESDAY],
  slots: [],
  appointments: [],
  hours: hours({ weekday: 2, start: '10:00', end: '11:00' }),
  zone: 'Europe/Stockholm',
  slotMinutes: 20,
  now: NOW,
  ...changes,
});

const lay = (changes: Partial<LayoutQuery>): readonly DayColumn[] => layOut(query(changes)).days;

/** The items of Tuesday, like `600–620 open`. */
function items(changes: Partial<LayoutQuery>): string[] {
  return lay({ days: [MONDAY, TUESDAY], ...changes })[1]!.items.map(
    (item) => `${item.from}–${item.until} ${item.kind === 'cell' ? item.status : item.appointment.id}`,
  );
}

describe('a day of the agenda', () => {
  it('is empty where it has neither slots nor appointments nor hours', () => {
    const days = [MONDAY, TUESDAY, SUNDAY];
    const emptiness = (changes: Partial<LayoutQuery>) => lay({ days, ...changes }).map(({ isEmpty }) => isEmpty);
    expect(emptiness({})).to.deep.equal([true, false, true]);
    expect(emptiness({ hours: hours({ weekday: 7, start: '10:00', end: '11:00' }) })).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(emptiness({ hours: null, slots: [slot('10:00')] })).to.deep.equal([true, false, true]);
    expect(emptiness({ hours: null })).to.deep.equal([true, true, true]);
  });

  it('has an appointment in place of the slots that it takes with its buffers, and no cell beside it', () => {
    const eva = appointment(at(TUESDAY, '10:20'), at(TUESDAY, '10:30'), [at(TUESDAY, '10:10'), at(TUESDAY, '10:40')]);
    const taken = [slot('10:00'), slot('10:20', { status: 'booked' }), slot('10:40')];
    expect(items({ slots: taken, appointments: [eva] })).to.deep.equal(['620–630 eva', '640–660 open']);
    expect(items({ appointments: [eva] })).to.deep.equal(['620–630 eva', '640–660 empty']);
  });

  it('has a place that can be opened where a booked slot is whose appointment isn’t known', () => {
    const slots = [slot('10:00', { status: 'booked' }), slot('10:20'), slot('10:40')];
    expect(items({ slots })).to.deep.equal(['600–620 empty', '620–640 open', '640–660 open']);
  });

  it('shows of an appointment over midnight the part of the day on which it begins', () => {
    const late = appointment(at(TUESDAY, '23:40'), at('2026-11-25', '00:20'), [
      at(MONDAY, '23:50'),
      at('2026-11-25', '00:30'),
    ]);
    const [event] = lay({ appointments: [late] })[0]!.items.filter(({ kind }) => kind === 'event');
    expect(event).to.include({ from: 1_420, until: 1_440, busyFrom: 0, busyUntil: 1_440 });
  });

  it('shows on the next day the rest of an appointment over midnight, and no cell where its buffer is', () => {
    const late = appointment(at(TUESDAY, '23:40'), at('2026-11-25', '00:20'), [
      at(TUESDAY, '23:20'),
      at('2026-11-25', '00:40'),
    ]);
    const [tuesday, wednesday] = lay({ days: [TUESDAY, '2026-11-25'], appointments: [late] });
    expect(tuesday!.items.at(-1)).to.include({ kind: 'event', from: 1_420, until: 1_440 });
    expect(tuesday!.items.at(-2)).to.include({ kind: 'cell', until: 1_400 });
    expect(wednesday!.items[0]).to.include({ kind: 'event', from: 0, until: 20, busyFrom: 0, busyUntil: 40 });
    expect(wednesday!.items[1]).to.include({ kind: 'cell', from: 40 });
    const buffer = appointment(at(TUESDAY, '23:20'), at('2026-11-25', '00:00'), [
      at(TUESDAY, '23:20'),
      at('2026-11-25', '00:20'),
    ]);
    const after = lay({
      days: ['2026-11-25'],
      appointments: [buffer],
      hours: hours({ weekday: 3, start: '00:00', end: '01:00' }),
    })[0]!;
    expect(after.items.map(({ kind, from }) => `${kind} ${String(from)}`)).to.deep.equal(['cell 20', 'cell 40']);
  });

  it('shows an appointment for which there are no slots, on a day without hours as well', () => {
    const eva = appointment(at(SUNDAY, '10:10'), at(SUNDAY, '10:40'));
    const [monday, sunday] = lay({ days: [MONDAY, SUNDAY], appointments: [eva] });
    expect([monday!.isEmpty, sunday!.isEmpty]).to.deep.equal([true, false]);
    expect(sunday!.items.map(({ kind, from, until }) => `${kind} ${String(from)}–${String(until)}`)).to.deep.equal([
      'event 610–640',
      'cell 640–660',
    ]);
  });

  it('reaches as far as hours that go on after midnight, which belong to both days', () => {
    const night = hours({ weekday: 7, start: '22:00', end: '02:00' });
    const days = [MONDAY, TUESDAY, SUNDAY];
    expect(layOut(query({ days, hours: night }))).to.include({ from: 0, until: 1_440 });
    expect(lay({ days, hours: night }).map(({ isEmpty }) => isEmpty)).to.deep.equal([false, true, false]);
    const untilMidnight = hours({ weekday: 7, start: '22:00', end: '24:00' });
    expect(layOut(query({ days, hours: untilMidnight }))).to.include({ from: 1_320, until: 1_440 });
    expect(lay({ days, hours: untilMidnight }).map(({ isEmpty }) => isEmpty)).to.deep.equal([true, true, false]);
  });

  it('shows an appointment for a minute at least, that is set back an hour while it lasts', () => {
    const night = '2026-10-25';
    // 2:50 summer time to 2:10 winter time.
    const back = appointment('2026-10-25T00:50:00Z', '2026-10-25T01:10:00Z');
    expect(lay({ days: [night], appointments: [back] })[0]!.items.find(({ kind }) => kind === 'event')).to.include({
      from: 170,
      until: 171,
    });
  });

  it('has places that can be opened, with the instants that they are for, and says which are over', () => {
    const cells = lay({ hours: hours({ weekday: 2, start: '09:20', end: '10:10' }), now: NOW })[0]!.items as Cell[];
    expect(cells.map(({ from, until, start, end, past }) => [from, until, start, end, past])).to.deep.equal(
      [
        [540, '08:00', '08:20', true],
        [560, '08:20', '08:40', true],
        [580, '08:40', '09:00', true],
        [600, '09:00', '09:20', true],
        [620, '09:20', '09:40', false],
        [640, '09:40', '10:00', false],
      ].map(([from, start, end, past]) => [
        from,
        Number(from) + 20,
        `${TUESDAY}T${String(start)}:00Z`,
        `${TUESDAY}T${String(end)}:00Z`,
        past,
      ]),
    );
    expect(cells.map(({ key, kind, status, heldUntil }) => [key, kind, status, heldUntil])).to.deep.equal(
      cells.map(({ start }) => [String(Date.parse(start)), 'cell', 'empty', null]),
    );
  });

  it('draws as one what follows without a gap, is the same, and is held equally long', () => {
    const held = (time: string, until: string) => slot(time, { status: 'held', held_until: at(TUESDAY, until) });
    const slots = [
      slot('10:20'),
      slot('10:40'),
      slot('11:20'),
      held('11:40', '10:05'),
      held('12:00', '10:05'),
      held('12:20', '10:06'),
      slot('12:40', { status: 'blocked', blocked_by: 'staff' }),
      slot('13:00', { status: 'blocked', blocked_by: 'staff' }),
    ];
    const runs = lay({ slots })[0]!.runs.map(({ from, until, status, heldUntil }) => [from, until, status, heldUntil]);
    expect(runs).to.deep.equal([
      [620, 660, 'open', null],
      [680, 700, 'open', null],
      [700, 740, 'held', at(TUESDAY, '10:05')],
      [740, 760, 'held', at(TUESDAY, '10:06')],
      [760, 800, 'blocked', null],
    ]);
  });

  it('takes a hold for over at the moment at which it runs out', () => {
    const until = at(TUESDAY, '10:05');
    const statusAt = (now: number) =>
      lay({ slots: [slot('10:20', { status: 'held', held_until: until })], now })[0]!.runs.map(({ status }) => status);
    expect([statusAt(Date.parse(until) - 1), statusAt(Date.parse(until))]).to.deep.equal([['held'], ['open']]);
  });

  it('takes what says when it was held for open or blocked all the same', () => {
    const slots = [slot('10:20', { held_until: at(TUESDAY, '12:00') })];
    expect(lay({ slots })[0]!.runs.map(({ status, heldUntil }) => [status, heldUntil])).to.deep.equal([['open', null]]);
  });
});
