import { expect } from '@open-wc/testing';
import { createOpenslotClient } from '../../../src/core/client.ts';
import type { AppointmentOptions, AppointmentState, LiveAppointment } from '../../../src/core/appointment/types.ts';
import { createFakeClock, type FakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage, type FakePage } from '../../support/fakes/fake-page.ts';
import { createMemoryProject, type MemoryBackend, MIRA } from '../../support/memory/memory-backend.ts';
import type { MemoryDatabase } from '../../support/memory/memory-database.ts';
import { PATIENT as patient } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TEN = '2026-11-24T09:00:00Z';
const ELEVEN = '2026-11-24T10:00:00Z';

interface Tab {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly database: MemoryDatabase;
  readonly backend: MemoryBackend;
  readonly token: string;
  readonly live: LiveAppointment;
  readonly state: AppointmentState;
  /** How often the page's listener was called. */
  readonly calls: number;
  leave(): void;
  move(start: string, by: 'patient' | 'provider', message?: string): void;
}

/** The tab of a patient who followed the link in their e-mail. */
async function open({ realtime, token }: Partial<AppointmentOptions> = {}): Promise<Tab> {
  const clock = createFakeClock();
  const page = createFakePage();
  const { database, backend: backendOf } = createMemoryProject({ clock });
  const backend = backendOf();
  const request_id = crypto.randomUUID();
  const booked = database.book({ provider: MIRA.id, service: 'consultation', start: NINE, patient, request_id });
  const own = token ?? booked.manage_token;
  const client = createOpenslotClient({ backend }, { clock, page });
  const live = await client.liveAppointment({ token: own, realtime });
  let calls = 0;
  const leave = live.subscribe(() => calls++);
  await clock.advance(20);
  return {
    clock,
    page,
    database,
    backend,
    token: own,
    live,
    leave,
    get state() {
      return live.getState();
    },
    get calls() {
      return calls;
    },
    move(start, by, message) {
      const request = { token: own, start, request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
      database.reschedule(request, by, message);
    },
  };
}

describe('a live appointment', () => {
  it('is there with its first answer, and live once its topic is joined', async () => {
    const { state, backend } = await open();
    expect([state.status, state.connection, state.appointment?.start, state.move]).to.deep.equal([
      'ready',
      'live',
      NINE,
      null,
    ]);
    expect(backend.calls).not.to.include('notifications');
  });

  it('follows the clinic when it moves it, and tells from where and why', async () => {
    const tab = await open();
    tab.move(TEN, 'provider', 'I am away that morning.');
    await tab.clock.advance(500);
    expect(tab.state.appointment?.start).to.equal(TEN);
    expect(tab.state.move).to.deep.equal({ by: 'provider', previousStart: NINE, message: 'I am away that morning.' });
    tab.move(ELEVEN, 'patient');
    await tab.clock.advance(500);
    expect(tab.state.move).to.deep.equal({ by: 'patient', previousStart: TEN, message: null });
  });

  it('is shown all the same when who moved it can’t be found out', async () => {
    const tab = await open();
    tab.backend.faults.refuses.notifications = 'rate_limited';
    tab.move(TEN, 'provider');
    await tab.clock.advance(500);
    expect([tab.state.appointment?.start, tab.state.move, tab.state.error]).to.deep.equal([TEN, null, null]);
  });

  it('that staff close without moving it is live all the same', async () => {
    const tab = await open();
    const said = new Set<string>();
    tab.live.subscribe(() => said.add(tab.state.connection));
    tab.database.cancel({ token: tab.token, reason: 'Ill' }, 'provider');
    await tab.clock.advance(30_000);
    expect([tab.state.appointment?.status, ...said]).to.deep.equal(['cancelled', 'live']);
  });

  it('is shown at once where the page knows it, and says when it was fetched and by which clock', async () => {
    const { live, state, clock, backend } = await open();
    expect(state.freshAt).to.be.within(clock.now() - 20, clock.now());
    expect(state.clockOffset).to.equal(0);
    const known = live.getState().appointment!;
    const client = createOpenslotClient({ backend }, { clock, page: createFakePage() });
    const again = await client.liveAppointment({ token: 'another', known });
    expect(again.getState()).to.include({
      status: 'ready',
      appointment: known,
      connection: 'connecting',
      freshAt: null,
    });
  });

  it('is kept for the others when one of its listeners leaves, who is not called any more', async () => {
    const tab = await open();
    const leave = tab.live.subscribe(() => undefined);
    tab.leave();
    tab.leave();
    const { calls } = tab;
    tab.move(TEN, 'provider');
    await tab.clock.advance(500);
    expect([tab.state.appointment?.start, tab.calls]).to.deep.equal([TEN, calls]);
    leave();
    await tab.clock.advance(1_000);
    expect([tab.backend.socket.open, tab.backend.socket.connected]).to.deep.equal([0, false]);
  });

  it('stays connected when its only listener leaves and another one comes within a second', async () => {
    const tab = await open();
    const before = tab.backend.calls.length;
    tab.leave();
    await tab.clock.advance(900);
    tab.live.subscribe(() => undefined);
    await tab.clock.advance(5_000);
    expect([tab.state.connection, tab.backend.calls.length]).to.deep.equal(['live', before]);
  });

  it('calls its listeners once for all that changes in one moment', async () => {
    const tab = await open();
    const { calls } = tab;
    tab.page.online = false;
    tab.page.wake();
    tab.backend.socket.down();
    await tab.clock.settle();
    expect(tab.calls).to.equal(calls + 1);
  });

  it('calls no listener that leaves in the same moment', async () => {
    const tab = await open();
    let calls = 0;
    const leave = tab.live.subscribe(() => calls++);
    tab.backend.socket.down();
    leave();
    await tab.clock.settle();
    expect(calls).to.equal(0);
  });

  it('is fetched when that is asked for, while somebody subscribes', async () => {
    const tab = await open();
    const before = tab.backend.calls.length;
    await Promise.all([tab.live.refresh(), tab.clock.advance(100)]);
    expect(tab.backend.calls.slice(before)).to.deep.equal(['appointment']);
    tab.leave();
    await tab.clock.advance(1_000);
    await tab.live.refresh();
    expect(tab.backend.calls).to.have.length(before + 1);
  });

  it('asks once for several signals of one moment', async () => {
    const tab = await open();
    const before = tab.backend.calls.length;
    tab.move(TEN, 'provider');
    tab.move(ELEVEN, 'provider');
    await tab.clock.advance(500);
    expect(tab.backend.calls.slice(before)).to.deep.equal(['appointment', 'notifications']);
    expect(tab.state.appointment?.start).to.equal(ELEVEN);
  });

  it('finds out what it wasn’t told: on rejoining, on waking up, and now and then', async () => {
    const tab = await open();
    const { socket } = tab.backend;
    socket.down();
    await tab.clock.advance(10);
    tab.database.cancel({ token: tab.token, reason: 'Ill' }, 'provider');
    socket.up();
    await tab.clock.advance(3_100);
    expect([tab.state.appointment?.status, tab.state.connection]).to.deep.equal(['cancelled', 'live']);

    const other = await open();
    other.backend.socket.stall();
    other.move(TEN, 'provider');
    await other.clock.advance(500);
    expect(other.state.appointment?.start).to.equal(NINE);
    other.page.wake();
    await other.clock.advance(1_100);
    expect(other.state.appointment?.start).to.equal(TEN);

    const third = await open();
    third.backend.socket.losesMessages = 1;
    third.move(TEN, 'provider');
    await third.clock.advance(125_000);
    expect(third.state.appointment?.start).to.equal(TEN);
  });

  it('asks every few seconds where there is no Realtime', async () => {
    const tab = await open({ realtime: 'off' });
    expect(tab.state.connection).to.equal('polling');
    tab.move(TEN, 'provider');
    await tab.clock.advance(20_500);
    expect(tab.state.appointment?.start).to.equal(TEN);
    expect(tab.backend.socket.connected).to.equal(false);
  });

  it('stays as it was when the network goes, says so, and catches up', async () => {
    const tab = await open();
    tab.backend.goOffline();
    tab.page.online = false;
    tab.page.wake();
    await tab.clock.advance(20_000);
    expect([tab.state.connection, tab.state.appointment?.start]).to.deep.equal(['offline', NINE]);
    tab.move(TEN, 'provider');
    tab.backend.goOnline();
    tab.page.online = true;
    tab.page.wake();
    await tab.clock.advance(4_100);
    expect([tab.state.connection, tab.state.appointment?.start]).to.deep.equal(['live', TEN]);
  });

  it('that nobody knows is an error, and nothing is asked in haste', async () => {
    const tab = await open({ token: 'nonsense' });
    expect([tab.state.status, tab.state.error?.code]).to.deep.equal(['error', 'appointment_not_found']);
    await tab.clock.advance(100_000);
    expect(tab.backend.calls).to.deep.equal(['appointment']);
  });

  it('asks and hears nothing while nobody subscribes, and leaves no timer', async () => {
    const tab = await open();
    const { calls } = tab;
    const { freshAt } = tab.state;
    tab.leave();
    await tab.clock.advance(1_000);
    tab.move(TEN, 'provider');
    await tab.clock.advance(200_000);
    expect([tab.state.appointment?.start, tab.calls]).to.deep.equal([NINE, calls]);
    expect([tab.state.connection, tab.state.freshAt]).to.deep.equal(['connecting', freshAt]);
    expect([tab.backend.socket.open, tab.backend.socket.connected]).to.deep.equal([0, false]);
    expect([tab.clock.pending, tab.page.listeners]).to.deep.equal([0, 1]);
    tab.live.subscribe(() => undefined);
    await tab.clock.advance(20);
    expect(tab.state.appointment?.start).to.equal(TEN);
  });
});
