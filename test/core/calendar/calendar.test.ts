import { expect } from '@open-wc/testing';
import { MIRA } from '../../support/memory/memory-backend.ts';
import { startVisit, type Visit, visit } from '../../support/pages/visit.ts';

describe('a shared calendar', () => {
  it('is one object with one channel for all that look at the same provider', async () => {
    const tab = await visit({ presence: true });
    const same = tab.client.calendar({ provider: 'mira-lindqvist' });
    expect(same).to.equal(tab.calendar);
    const leave = same.subscribe(() => undefined);
    await tab.clock.advance(20);
    expect(tab.backend.socket.open).to.equal(2);
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes']);
    leave();
  });

  it('is another one for another provider and for other options', async () => {
    const tab = await visit();
    expect(tab.client.calendar({ provider: 'amara-okafor', presence: false })).to.not.equal(tab.calendar);
    expect(tab.client.calendar({ provider: 'mira-lindqvist', presence: false, realtime: 'off' })).to.not.equal(
      tab.calendar,
    );
  });

  it('lives on while an element only moves in the page', async () => {
    const tab = await visit();
    tab.leave();
    await tab.clock.advance(900);
    const leave = tab.calendar.subscribe(() => undefined);
    await tab.clock.advance(2_000);
    expect(tab.calendar.getState().connection).to.equal('live');
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes']);
    leave();
  });

  it('leaves nothing behind a second after the last one went', async () => {
    const tab = await visit({ presence: true });
    await tab.clock.advance(5_000);
    const second = tab.calendar.subscribe(() => undefined);
    tab.leave();
    tab.leave();
    await tab.clock.advance(2_000);
    expect(tab.backend.socket.open).to.equal(2);
    second();
    await tab.clock.advance(1_001);
    expect([tab.backend.socket.open, tab.project.sockets, tab.clock.pending]).to.deep.equal([0, 0, 0]);
    expect(tab.page.listeners).to.equal(1);
  });

  it('leaves nothing behind when it goes before its first answer', async () => {
    const tab = startVisit({ faults: { latency: 5_000 } });
    await tab.clock.advance(10);
    tab.leave();
    await tab.clock.advance(1_001);
    expect([tab.backend.socket.open, tab.project.sockets, tab.clock.pending]).to.deep.equal([0, 0, 0]);
    await tab.clock.advance(10_000);
    expect(tab.calendar.getState()).to.deep.include({ status: 'loading', error: null });
  });

  const waits: [what: string, begin: (tab: Visit) => unknown][] = [
    ['to be seen again', ({ page }) => page.wake()],
    ['for an answer', ({ backend, calendar }) => ((backend.faults.latency = 5_000), calendar.refresh())],
    ['for a channel that the server closed', ({ backend }) => backend.socket.closeChannels()],
    ['for a connection', ({ backend }) => backend.socket.down()],
    [
      'for the message about what it fetched',
      async ({ backend, project, calendar }) => {
        backend.socket.losesMessages = 1;
        project.database.setStatus(MIRA.id, '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z', 'blocked');
        await calendar.refresh();
      },
    ],
  ];
  for (const [what, begin] of waits) {
    it(`leaves nothing behind when it waits ${what}`, async () => {
      const tab = await visit({ presence: true });
      tab.leave();
      await tab.clock.advance(990);
      void begin(tab);
      await tab.clock.advance(20);
      const { calls } = tab.backend;
      const asked = calls.length;
      expect([tab.backend.socket.open, tab.project.sockets]).to.deep.equal([0, 0]);
      await tab.clock.advance(5_000);
      expect([tab.clock.pending, calls.length]).to.deep.equal([0, asked]);
    });
  }

  it('leaves nothing behind after a thousand visits', async () => {
    const tab = await visit({ presence: true });
    tab.leave();
    for (let times = 0; times < 1_000; times++) tab.calendar.subscribe(() => undefined)();
    await tab.clock.advance(1_001);
    expect([tab.backend.socket.open, tab.project.sockets, tab.clock.pending]).to.deep.equal([0, 0, 0]);
  });

  it('shows its last picture at once when somebody comes back, and a fresh one soon', async () => {
    const tab = await visit();
    tab.leave();
    await tab.clock.advance(60_000);
    tab.project.database.setStatus(MIRA.id, '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z', 'blocked');
    const { provider, services, slots } = tab.calendar.getState();
    const leave = tab.calendar.subscribe(() => undefined);
    expect(tab.calendar.getState()).to.include({ status: 'ready', connection: 'connecting', provider, services });
    expect([tab.calendar.getState().slots.size, provider?.name]).to.deep.equal([slots.size, MIRA.name]);
    await tab.clock.advance(20);
    expect(tab.calendar.getState().slots.size).to.equal(slots.size - 3);
    expect(tab.backend.calls.slice(0, 3), 'a snapshot, as days may have passed').to.deep.equal([
      'calendar',
      'changes',
      'calendar',
    ]);
    leave();
  });

  it('lets go of its visitor’s hold with its last subscriber', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', '2026-11-24T08:00:00Z');
    tab.leave();
    await tab.clock.advance(1_001);
    expect(
      tab.project.database.calendar({ provider: MIRA.id }).slots.every(({ status }) => status === 'open'),
    ).to.equal(true);
  });

  it('ends with its client', async () => {
    const tab = await visit({ presence: true });
    tab.client.close();
    await tab.clock.advance(0);
    expect([tab.backend.socket.open, tab.project.sockets, tab.clock.pending]).to.deep.equal([0, 0, 0]);
  });

  it('tells every listener, also when one of them throws', async () => {
    const tab = await visit();
    const uncaught: unknown[] = [];
    const onerror = window.onerror;
    window.onerror = (message) => uncaught.push(message) > 0;
    let told = 0;
    tab.calendar.subscribe(() => {
      throw new Error('a listener of the page’s');
    });
    tab.calendar.subscribe(() => told++);
    tab.backend.socket.drop();
    await tab.clock.settle();
    window.onerror = onerror;
    expect([told, uncaught.length]).to.deep.equal([1, 1]);
  });

  it('shows the same map of slots while what it assumes of them is the same', async () => {
    const tab = await visit({ presence: true });
    await tab.clock.advance(5_000);
    tab.backend.faults.latency = 1_000;
    const slots = () => tab.calendar.getState().slots;
    const held = tab.calendar.hold('consultation', '2026-11-24T08:00:00Z');
    const assumed = slots();
    tab.project.setViewers(MIRA.id, 7);
    await tab.clock.advance(500);
    expect([tab.calendar.getState().viewers, slots() === assumed]).to.deep.equal([8, true]);
    tab.project.database.setStatus(MIRA.id, '2026-11-24T09:00:00Z', '2026-11-24T09:20:00Z', 'blocked');
    await tab.clock.advance(10);
    expect([slots() === assumed, slots().size]).to.deep.equal([false, assumed.size - 1]);
    const before = slots();
    void tab.calendar.hold('consultation', '2026-11-24T10:00:00Z').catch(() => undefined);
    expect(slots()).not.to.equal(before);
    await tab.clock.advance(10_000);
    await held.catch(() => undefined);
  });

  it('refreshes when it is asked to', async () => {
    const tab = await visit();
    const refreshed = tab.calendar.refresh();
    await tab.clock.advance(10);
    await refreshed;
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes', 'changes']);
    await tab.client.calendar({ provider: 'amara-okafor' }).refresh();
  });
});
