import { expect } from '@open-wc/testing';
import { MIRA } from '../../support/memory/memory-backend.ts';
import { shownAt, startVisit, STRANGER, type Visit, visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const HALF_AN_HOUR = 30 * 60_000;

function takenByOthers({ project }: Visit, start = NINE): void {
  project.database.hold({ provider: MIRA.id, service: 'consultation', start, visitor: STRANGER });
}

function connectionOf({ calendar }: Visit): string {
  return calendar.getState().connection;
}

describe('a calendar that loses its connection', () => {
  it('polls, says so, and is live again after it rejoined and fetched', async () => {
    const tab = await visit();
    tab.backend.socket.drop(60_000);
    await tab.clock.settle();
    expect([connectionOf(tab), tab.calendar.getState().error]).to.deep.equal(['connecting', null]);
    takenByOthers(tab);
    await tab.clock.advance(12_000);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['polling', 'held']);
    await tab.clock.advance(47_000);
    expect(connectionOf(tab)).to.equal('polling');
    await tab.clock.advance(5_000);
    expect(connectionOf(tab)).to.equal('live');
  });

  it('polls every 10 to 20 seconds, never in step with others', async () => {
    const times = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      const tab = await visit({ seed });
      tab.backend.socket.down();
      await tab.clock.advance(12_000);
      const before = tab.backend.calls.length;
      let waited = 0;
      while (tab.backend.calls.length === before) {
        await tab.clock.advance(500);
        waited += 500;
      }
      await tab.clock.advance(9_000);
      expect(tab.backend.calls).to.have.length(before + 1);
      times.add(waited);
    }
    expect(Math.max(...times)).to.be.at.most(20_000);
    expect(times.size).to.be.greaterThan(8);
  });

  it('is offline while the project can’t be reached, with the picture kept', async () => {
    const tab = await visit();
    tab.backend.goOffline();
    await tab.clock.advance(13_000);
    const { status, error, slots } = tab.calendar.getState();
    expect([connectionOf(tab), status, error?.code]).to.deep.equal(['offline', 'ready', 'network']);
    expect(slots.size).to.be.greaterThan(0);
    takenByOthers(tab);
    tab.backend.goOnline();
    tab.page.wake();
    await tab.clock.advance(5_000);
    expect([connectionOf(tab), tab.calendar.getState().error, shownAt(tab, NINE)]).to.deep.equal([
      'live',
      null,
      'held',
    ]);
  });

  it('knows at once that the machine has no network', async () => {
    const tab = await visit();
    expect(connectionOf(tab)).to.equal('live');
    tab.page.online = false;
    tab.page.wake();
    await tab.clock.settle();
    expect(connectionOf(tab)).to.equal('offline');
  });

  it('makes a new channel when the server closed it for good, and polls meanwhile', async () => {
    const tab = await visit();
    tab.backend.socket.closeChannels();
    await tab.clock.settle();
    expect(tab.calendar.getState().error?.code).to.equal('realtime_refused');
    expect(tab.backend.socket.open).to.equal(0);
    takenByOthers(tab);
    await tab.clock.advance(6_500);
    expect(tab.backend.socket.open).to.equal(1);
    expect([connectionOf(tab), shownAt(tab, NINE), tab.calendar.getState().error]).to.deep.equal([
      'live',
      'held',
      null,
    ]);
  });

  it('goes on by polling when it is refused, asking again more and more seldom', async () => {
    const tab = startVisit();
    tab.backend.socket.refuses = true;
    await tab.clock.advance(HALF_AN_HOUR);
    expect(connectionOf(tab)).to.equal('polling');
    expect(tab.calendar.getState().error?.code).to.equal('realtime_refused');
    tab.backend.socket.refuses = false;
    await tab.clock.advance(130_000);
    expect(connectionOf(tab)).to.equal('live');
  });

  it('works without a live connection at all', async () => {
    const tab = await visit({ realtime: 'off' });
    expect([connectionOf(tab), tab.project.sockets]).to.deep.equal(['polling', 0]);
    takenByOthers(tab);
    await tab.clock.advance(20_000);
    expect(shownAt(tab, NINE)).to.equal('held');
  });
});

describe('a tab that slept', () => {
  it('replaces a socket that doesn’t answer, and shows what it missed without waiting for that', async () => {
    const tab = await visit();
    tab.backend.socket.stall();
    takenByOthers(tab);
    await tab.clock.advance(1_000);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['live', 'open']);
    tab.page.wake();
    await tab.clock.advance(1_500);
    expect(shownAt(tab, NINE)).to.equal('held');
    await tab.clock.advance(6_000);
    tab.project.database.release({ visitor: STRANGER });
    await tab.clock.advance(10);
    expect(shownAt(tab, NINE)).to.equal('open');
  });

  it('proves its connection after a jump of time that nobody told', async () => {
    const tab = await visit();
    tab.backend.socket.stall();
    await tab.clock.jump(3_600_000);
    await tab.clock.advance(10_000);
    takenByOthers(tab, '2026-11-24T13:00:00Z');
    await tab.clock.advance(10);
    expect(shownAt(tab, '2026-11-24T13:00:00Z')).to.equal('held');
  });

  it('asks nothing while nobody can see it', async () => {
    const tab = await visit();
    tab.page.hidden = true;
    const before = tab.backend.calls.length;
    await tab.clock.advance(HALF_AN_HOUR);
    expect(tab.backend.calls.length - before).to.equal(0);
    tab.page.hidden = false;
    tab.page.wake();
    await tab.clock.advance(1_000);
    expect(tab.backend.calls.length - before).to.equal(1);
  });

  it('wakes once for events that come together', async () => {
    const tab = await visit();
    const before = tab.backend.calls.length;
    tab.page.wake();
    tab.page.wake();
    await tab.clock.advance(1_500);
    expect(tab.backend.calls.length - before).to.equal(1);
  });
});
