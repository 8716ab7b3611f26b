import { expect } from '@open-wc/testing';
import { movedTo, overlap, spansOf, withAppointment, withSlots } from '../../../src/core/desk/optimistic.ts';
import type { Agenda, DeskAppointment, DeskSlot } from '../../../src/core/desk/types.ts';
import { DESK_MIRA } from '../../support/memory/desk-seed.ts';

const iso = (time: string) => `2026-11-24T${time}:00Z`;

function slot(time: string, changes: Partial<DeskSlot> = {}): DeskSlot {
  const start = Date.parse(iso(time));
  return {
    id: start / 60_000,
    start: iso(time),
    end: new Date(start + 1_200_000).toISOString().replace('.000Z', 'Z'),
    status: 'open',
    revision: 1,
    blocked_by: null,
    appointment_id: null,
    ...changes,
  };
}

function appointment(id: string, from: string, to: string, changes: Partial<DeskAppointment> = {}): DeskAppointment {
  const [start, end] = [iso(from), iso(to)];
  return { id, status: 'confirmed', start, end, busy_start: start, busy_end: end, ...changes } as DeskAppointment;
}

const agendaOf = (slots: DeskSlot[], appointments: DeskAppointment[] = []) =>
  ({ provider: DESK_MIRA, slots, appointments, services: [], revision: 1, server_time: iso('08:00') }) as Agenda;

/** `09:00 blocked staff`: what stands there, by whom or for whom. */
const shown = ({ slots }: Agenda) =>
  slots.map(({ start, status, blocked_by, appointment_id }) =>
    [start.slice(11, 16), status, blocked_by, appointment_id].filter(Boolean).join(' '),
  );

const held = (time: string, until: string) => slot(time, { status: 'held', held_until: iso(until) });
const BY_STAFF = { status: 'blocked', blocked_by: 'staff' } as const;
const BY_LIMIT = { status: 'blocked', blocked_by: 'daily_limit' } as const;

describe('slots that staff block', () => {
  const block = (slots: DeskSlot[], from = '09:00', to = '11:00') =>
    withSlots(iso(from), iso(to), 'blocked')(agendaOf(slots));

  it('are those that are free, within the time and no others', () => {
    expect(shown(block([slot('08:40'), slot('09:00'), slot('10:40'), slot('11:00')]))).to.deep.equal([
      '08:40 open',
      '09:00 blocked staff',
      '10:40 blocked staff',
      '11:00 open',
    ]);
  });

  it('are those, too, that a visitor holds or held', () => {
    const after = block([held('09:00', '08:00'), held('09:20', '08:01')]);
    expect(shown(after)).to.deep.equal(['09:00 blocked staff', '09:20 blocked staff']);
    expect(after.slots.map(({ held_until }) => held_until)).to.deep.equal([null, null]);
  });

  it('are none that are booked, or blocked by the daily limit', () => {
    const slots = [slot('09:00', { status: 'booked', appointment_id: 'eva' }), slot('09:20', BY_LIMIT)];
    expect(block(slots).slots).to.deep.equal(slots);
  });

  it('are not made where there are none', () => {
    expect(block([]).slots).to.deep.equal([]);
  });
});

describe('slots that staff open', () => {
  const open = (slots: DeskSlot[], from = '09:00', to = '10:00') =>
    withSlots(iso(from), iso(to), 'open')(agendaOf(slots));

  it('are those that staff blocked', () => {
    const slots = [slot('09:00', BY_STAFF), slot('09:20', BY_LIMIT), held('09:40', '08:00'), slot('10:00', BY_STAFF)];
    expect(shown(open(slots))).to.deep.equal([
      '09:00 open',
      '09:20 blocked daily_limit',
      '09:40 held',
      '10:00 blocked staff',
    ]);
  });

  it('are made, as many as fit, where there is none at all, and stand in order', () => {
    const after = open([slot('10:00'), slot('08:00')], '09:00', '09:50');
    expect(shown(after)).to.deep.equal(['08:00 open', '09:00 open', '09:20 open', '10:00 open']);
    expect(after.slots.slice(1, 3)).to.deep.equal(
      [
        ['09:00', '09:20'],
        ['09:20', '09:40'],
      ].map(([from, to]) => ({
        id: -Date.parse(iso(from!)),
        start: iso(from!),
        end: iso(to!),
        status: 'open',
        revision: 0,
        blocked_by: null,
        appointment_id: null,
      })),
    );
    expect(shown(open([slot('09:20', BY_LIMIT)]))).to.deep.equal(['09:20 blocked daily_limit']);
  });
});

describe('an appointment', () => {
  const slots = [slot('09:00', BY_STAFF), slot('09:20'), slot('09:40'), slot('10:00')];

  it('that is new takes what it is busy for, and stands in order', () => {
    const eva = appointment('eva', '09:20', '09:30', { busy_start: iso('09:10'), busy_end: iso('09:40') });
    const after = withAppointment(eva)(agendaOf(slots, [appointment('ali', '10:00', '10:20')]));
    expect(shown(after)).to.deep.equal(['09:00 booked eva', '09:20 booked eva', '09:40 open', '10:00 open']);
    expect(after.appointments.map(({ id }) => id)).to.deep.equal(['eva', 'ali']);
  });

  it('that moves gives back what it took, and takes its new time', () => {
    const eva = appointment('eva', '09:20', '09:40');
    const before = withAppointment(eva)(agendaOf(slots));
    const after = withAppointment(movedTo(eva, iso('10:00')))(before);
    expect(shown(after)).to.deep.equal(['09:00 blocked staff', '09:20 open', '09:40 open', '10:00 booked eva']);
    expect(after.appointments).to.deep.equal([appointment('eva', '10:00', '10:20')]);
  });

  it('that is cancelled gives back its own slots alone, and stays in the list', () => {
    const [eva, ali] = [appointment('eva', '09:20', '09:40'), appointment('ali', '09:40', '10:00')];
    const before = [eva, ali].reduce((agenda, one) => withAppointment(one)(agenda), agendaOf(slots));
    const after = withAppointment({ ...eva, status: 'cancelled' })(before);
    expect(shown(after)).to.deep.equal(['09:00 blocked staff', '09:20 open', '09:40 booked ali', '10:00 open']);
    expect(after.appointments.map(({ id, status }) => `${id} ${status}`)).to.deep.equal([
      'eva cancelled',
      'ali confirmed',
    ]);
  });

  it('keeps its length and its buffers when it moves', () => {
    const eva = appointment('eva', '09:20', '09:30', { busy_start: iso('09:00'), busy_end: iso('09:40') });
    expect(movedTo(eva, iso('08:50'))).to.deep.include({
      start: iso('08:50'),
      end: iso('09:00'),
      busy_start: iso('08:30'),
      busy_end: iso('09:10'),
    });
  });

  it('takes the duration of its service, and its buffers before and after', () => {
    const service = { duration_minutes: 30, buffer_before_minutes: 10, buffer_after_minutes: 5 };
    expect(spansOf(service, iso('09:20'))).to.deep.equal({
      start: iso('09:20'),
      end: iso('09:50'),
      busy_start: iso('09:10'),
      busy_end: iso('09:55'),
    });
  });
});

describe('two spans', () => {
  it('overlap where they share time, not where one follows the other', () => {
    const span = (from: string, to: string) => ({ start: iso(from), end: iso(to) });
    expect(overlap(span('09:00', '09:21'), span('09:20', '09:40'))).to.equal(true);
    expect(overlap(span('09:00', '09:20'), span('09:20', '09:40'))).to.equal(false);
    expect(overlap(span('09:20', '09:40'), span('09:00', '09:20'))).to.equal(false);
    expect(overlap(span('09:00', '10:00'), span('09:20', '09:40'))).to.equal(true);
  });
});
