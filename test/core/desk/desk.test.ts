import { expect } from '@open-wc/testing';
import { LiveDesk } from '../../../src/core/desk/desk.ts';
import type { DeskAppointment, DeskSlot } from '../../../src/core/desk/types.ts';
import { at, DESK_NOW, northside, OWNER } from '../../support/memory/desk-seed.ts';
import { createFakeClock, type FakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage, type FakePage } from '../../support/fakes/fake-page.ts';
import type { MemoryDesk } from '../../support/memory/memory-desk.ts';
import { MIRA } from '../../support/memory/memory-seed.ts';
import { MemorySession, memoryStaff, type MemoryStaff } from '../../support/memory/memory-staff.ts';
import { failure } from '../../support/pages/visit.ts';

const WEEK = { from: '2026-11-23', to: '2026-11-29' };
const NEXT_WEEK = { from: '2026-11-30', to: '2026-12-06' };
const FRIDAY_11 = at('2026-11-27', '11:00');
const FRIDAY_12 = at('2026-11-27', '12:00');

interface Shift {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly desk: MemoryDesk;
  readonly backend: MemoryStaff;
  readonly live: LiveDesk;
  slot(start: string): DeskSlot | undefined;
  appointment(name: string): DeskAppointment;
}

/** Opens the desk. With `impatient`, the test doesn't wait until it is live. */
async function begin({ impatient = false } = {}): Promise<Shift> {
  const clock = createFakeClock({ now: DESK_NOW });
  const page = createFakePage();
  const desk = northside(clock);
  const backend = memoryStaff(desk, new MemorySession(OWNER), clock);
  const live = new LiveDesk({ backend, clock, page }, MIRA.id, WEEK);
  live.subscribe(() => undefined);
  if (!impatient) await clock.advance(1_000);
  return {
    clock,
    page,
    desk,
    backend,
    live,
    slot: (start) => live.getState().slots.find((slot) => Date.parse(slot.start) === Date.parse(start)),
    appointment: (name) => live.getState().appointments.find(({ patient }) => patient.name === name)!,
  };
}

const agendas = ({ backend }: Shift) => backend.calls.filter((call) => call === 'agenda').length;

describe('a desk', () => {
  it('is loading, then live, with agenda, hours, news and viewers', async () => {
    const shift = await begin({ impatient: true });
    expect(shift.live.getState()).to.include({ status: 'loading', connection: 'connecting' });
    await shift.clock.advance(1_000);
    const state = shift.live.getState();
    expect(state).to.include({ status: 'ready', connection: 'live', viewers: 3, error: null });
    expect(state.hours?.version).to.equal(1);
    expect(state.news.map(({ kind }) => kind)).to.deep.equal(['rescheduled', 'booked', 'cancelled']);
    expect(Object.isFrozen(state)).to.equal(true);
    expect(shift.live.getState()).to.equal(state);
  });

  it('looks without being counted', async () => {
    const shift = await begin();
    await shift.clock.advance(10_000);
    expect(shift.desk.realtime.viewers(MIRA.id)).to.equal(3);
  });

  it('fetches once for a burst of signals, and shows what a patient did', async () => {
    const shift = await begin();
    const before = agendas(shift);
    const book = (start: string, id: string) =>
      shift.desk.book(
        {
          provider: MIRA.id,
          service: 'consultation',
          start,
          request_id: id,
          patient: { name: id, email: null, phone: null, note: null },
        },
        'patient',
      );
    book(FRIDAY_11, 'one');
    book(FRIDAY_12, 'two');
    await shift.clock.advance(200);
    expect(agendas(shift) - before).to.equal(1);
    expect(shift.appointment('two').start).to.equal(FRIDAY_12.replace('.000Z', 'Z'));
    expect(shift.live.getState().news[0]?.patient_name).to.equal('two');
  });

  it('shows at once what is asked for, and never the old state again on the way', async () => {
    const shift = await begin();
    shift.backend.faults.latency = 500;
    const blocked = shift.live.setSlots(FRIDAY_11, FRIDAY_12, 'blocked');
    const seen = new Set<string>();
    shift.live.subscribe(() => seen.add(shift.slot(FRIDAY_11)!.status));
    expect(shift.slot(FRIDAY_11)).to.include({ status: 'blocked', blocked_by: 'staff' });
    await shift.clock.advance(5_000);
    expect((await blocked).changed).to.equal(3);
    expect([...seen]).to.deep.equal(['blocked']);
    expect(shift.slot(FRIDAY_12)?.status).to.equal('open');
  });

  it('takes back what the server refuses, and says why', async () => {
    const shift = await begin();
    shift.backend.faults.refuses.reschedule = 'slot_taken';
    const lea = shift.appointment('Lea Roth');
    const moving = failure(shift.live.reschedule(lea, FRIDAY_12));
    expect(shift.appointment('Lea Roth').start).to.equal(FRIDAY_12.replace('.000Z', 'Z'));
    expect(shift.slot(FRIDAY_12)?.status).to.equal('booked');
    expect(shift.slot(lea.start)?.status).to.equal('open');
    expect([...shift.live.getState().busy]).to.deep.equal([lea.id]);
    await shift.clock.advance(1_000);
    expect(await moving).to.equal('slot_taken');
    expect(shift.appointment('Lea Roth').start).to.equal(lea.start);
    expect(shift.slot(FRIDAY_12)?.status).to.equal('open');
    expect(shift.live.getState().busy.size).to.equal(0);
  });

  it('books once though the answer is lost', async () => {
    const shift = await begin();
    shift.backend.faults.losesAnswers = 1;
    const patient = { name: 'Berit Blom', email: null, phone: null, note: null };
    const booked = shift.live.book({ service: 'consultation', start: FRIDAY_11, patient });
    await shift.clock.advance(3_000);
    const { id } = await booked;
    expect(
      shift.desk.appointments.filter((one) => one.patient.name === 'Berit Blom').map((one) => one.id),
    ).to.deep.equal([id]);
    expect(shift.backend.calls.filter((call) => call === 'book')).to.have.length(2);
  });

  it('knows by what there is that a cancellation was done though its answer was lost', async () => {
    const shift = await begin();
    shift.backend.faults.losesAnswers = 1;
    const cancelled = shift.live.cancel(shift.appointment('Lea Roth'), 'Ill');
    await shift.clock.advance(5_000);
    expect((await cancelled).status).to.equal('cancelled');
  });

  it('does not overwrite what somebody else changed', async () => {
    const shift = await begin();
    const lea = shift.appointment('Lea Roth');
    shift.desk.reschedule(
      { appointment: lea.id, start: FRIDAY_12, version: lea.version, request_id: 'theirs', message: null },
      'patient',
    );
    const cancelling = failure(shift.live.cancel(lea));
    await shift.clock.advance(1_000);
    expect(await cancelling).to.equal('appointment_changed');
    expect(shift.appointment('Lea Roth')).to.include({ status: 'confirmed', start: FRIDAY_12.replace('.000Z', 'Z') });
  });

  it('adds times where there were none, and keeps them once the server has them', async () => {
    const shift = await begin();
    const [from, to] = [at('2026-11-26', '15:00'), at('2026-11-26', '16:00')];
    const opened = shift.live.setSlots(from, to, 'open');
    expect(shift.slot(from)?.status).to.equal('open');
    await shift.clock.advance(1_000);
    expect((await opened).changed).to.equal(3);
    expect(shift.slot(from)?.id).to.be.above(0);
  });

  it('has a week at once that was looked at before, and fetches it anew', async () => {
    const shift = await begin();
    shift.live.show(NEXT_WEEK);
    expect(shift.live.getState()).to.include({ status: 'loading' });
    await shift.clock.advance(100);
    expect(shift.live.getState()).to.include({ status: 'ready' });
    const before = agendas(shift);
    shift.live.show(WEEK);
    expect(shift.live.getState()).to.include({ status: 'ready' });
    expect(shift.appointment('Lea Roth')).not.to.equal(undefined);
    await shift.clock.advance(100);
    expect(agendas(shift)).to.equal(before + 1);
  });

  it('finds out what it missed: after a lost connection, a lost message, a sleep', async () => {
    const shift = await begin();
    const cancel = (name: string) => {
      const { id, version } = shift.desk.appointments.find(({ patient }) => patient.name === name)!;
      shift.desk.cancel(id, version, null, 'patient');
    };
    shift.backend.socket.losesMessages = 2;
    cancel('Ida Krus');
    await shift.clock.advance(121_000);
    expect(shift.appointment('Ida Krus').status).to.equal('cancelled');

    shift.backend.socket.down();
    cancel('Per Alm');
    expect(shift.live.getState().connection).not.to.equal('live');
    await shift.clock.advance(13_000);
    expect(shift.appointment('Per Alm').status).to.equal('cancelled');
    expect(shift.live.getState().connection).to.equal('polling');
    shift.backend.socket.up();
    await shift.clock.advance(4_000);
    expect(shift.live.getState().connection).to.equal('live');

    shift.backend.socket.losesMessages = 2;
    cancel('Nils Falk');
    shift.page.wake();
    await shift.clock.advance(1_500);
    expect(shift.appointment('Nils Falk').status).to.equal('cancelled');
  });

  it('keeps an old picture while the network is gone, and says so', async () => {
    const shift = await begin();
    shift.backend.goOffline();
    await shift.clock.advance(20_000);
    expect(shift.live.getState()).to.include({ status: 'ready', connection: 'offline' });
    shift.backend.goOnline();
    await shift.clock.advance(61_000);
    expect(shift.live.getState()).to.include({ connection: 'live', error: null });
  });

  it('fetches nothing while nobody looks at the page', async () => {
    const shift = await begin();
    shift.page.hide();
    const before = agendas(shift);
    await shift.clock.advance(600_000);
    expect(agendas(shift)).to.equal(before);
    shift.page.hidden = false;
    shift.page.wake();
    await shift.clock.advance(1_500);
    expect(agendas(shift)).to.be.above(before);
  });

  it('leaves nothing behind', async () => {
    const shift = await begin();
    shift.live.close();
    await shift.clock.advance(5_000);
    expect(shift.backend.socket.connected).to.equal(false);
    expect(shift.page.listeners).to.equal(0);
    expect(shift.clock.pending).to.equal(0);
  });
});
