/** Long outages, with Supabase's own client on the page's sockets, in fake time. The visitor does nothing meanwhile. */
import { expect } from '@open-wc/testing';
import { createOpenslotClient } from '../../../src/core/client.ts';
import { RealtimeConnections } from '../../../src/core/realtime/connections.ts';
import { openRealtimeClient } from '../../../src/core/supabase/realtime-client.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { type FakeServer, fakeSockets } from '../../support/fakes/fake-sockets.ts';
import { createMemoryProject, MIRA } from '../../support/memory/memory-backend.ts';
import { packChange } from '../../support/memory/pack.ts';
import { expectTruth, shownAt, STRANGER, type Visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TEN = '2026-11-24T09:00:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Outage extends Visit {
  readonly server: FakeServer;
}

describe('an outage', () => {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step();
  });

  async function liveTab({ seed = 1 } = {}): Promise<Outage> {
    const clock = createFakeClock({ seed });
    const { server, restore } = fakeSockets(clock);
    undo.push(restore);
    const project = createMemoryProject({ clock });
    const load = () => Promise.resolve(openRealtimeClient('https://clinic.supabase.co', 'key', clock));
    const connections = new RealtimeConnections({ load, foreign: false, clock });
    const backend = Object.assign(project.backend(), { connect: () => connections.connect() });
    project.database.listen((id, change) =>
      server.broadcast(`openslot:provider:${id}`, 'slots', packChange(change, MIRA.slot_minutes)),
    );
    const page = createFakePage();
    const client = createOpenslotClient({ backend }, { clock, page });
    undo.push(() => client.close());
    const calendar = client.calendar({ provider: MIRA.slug });
    const leave = calendar.subscribe(() => undefined);
    const tab = { clock, page, project, backend, client, calendar, leave, server };
    await clock.advance(3_000);
    expect(connectionOf(tab)).to.equal('live');
    return tab;
  }

  function connectionOf({ calendar }: Visit): string {
    return calendar.getState().connection;
  }

  function takenByOthers({ project }: Visit, start: string): void {
    project.database.hold({ provider: MIRA.id, service: 'consultation', start, visitor: STRANGER });
  }

  /** Only a message announces this change. */
  async function hearsChanges(tab: Outage): Promise<void> {
    tab.backend.faults.offline = true;
    takenByOthers(tab, TEN);
    await tab.clock.advance(100);
    expect(shownAt(tab, TEN)).to.equal('held');
  }

  /** The longest time without an attempt. */
  function longestWait(attempts: readonly number[], from: number, until: number): number {
    const times = [from, ...attempts.filter((at) => at > from && at < until), until];
    return Math.max(...times.slice(1).map((at, index) => at - times[index]!));
  }

  async function goneForAnHour(seed: number) {
    const tab = await liveTab({ seed });
    const { server, clock, backend } = tab;
    const from = clock.now();
    const asked = backend.calls.length;
    server.gone = backend.faults.offline = true;
    server.end();
    await clock.advance(HOUR);
    return { tab, openings: server.openings.filter((at) => at > from), asked: backend.calls.length - asked, from };
  }

  it('of an hour: the picture stays, and asking goes on, neither hurried nor ever given up', async () => {
    const { tab, openings, asked, from } = await goneForAnHour(1);
    const { connection, status, slots, error } = tab.calendar.getState();
    expect([connection, status, error?.code]).to.deep.equal(['offline', 'ready', 'network']);
    expect(slots.size).to.be.greaterThan(0);
    expect(longestWait(openings, from, from + HOUR)).to.be.at.most(31_000);
    expect(openings.length).to.be.within(120, 480);
    expect(asked).to.be.within(60, 240);
  });

  it('of an hour ends by itself: the widget is live and shows what is there within a minute or two', async () => {
    const { tab } = await goneForAnHour(2);
    takenByOthers(tab, NINE);
    tab.server.gone = tab.backend.faults.offline = false;
    await tab.clock.advance(95_000);
    expect(connectionOf(tab)).to.equal('live');
    expectTruth(tab);
    await hearsChanges(tab);
  });

  it('of an hour does not make widgets come back in step', async () => {
    const backs = new Set<number>();
    for (let seed = 1; seed <= 8; seed++) {
      const { tab, openings } = await goneForAnHour(seed);
      tab.server.gone = tab.backend.faults.offline = false;
      await tab.clock.advance(31_000);
      backs.add(Math.floor((tab.server.openings[openings.length] ?? 0) / 1_000));
      tab.client.close();
    }
    expect(backs.size).to.be.greaterThan(4);
  });

  it('of the database alone: joins that fail after 16 seconds are asked for again, ever more seldom, until they succeed', async () => {
    const tab = await liveTab();
    const { server, clock, backend } = tab;
    const from = clock.now();
    Object.assign(server, { joinTakes: 16_000, joins: 'error' });
    backend.faults.refuses = { calendar: 'project_unavailable', changes: 'project_unavailable' };
    server.end();
    await clock.advance(HOUR);
    expect([connectionOf(tab), tab.calendar.getState().error?.code]).to.deep.equal(['offline', 'project_unavailable']);
    expect(longestWait(server.joinings, from, from + HOUR)).to.be.at.most(131_000);
    // Two channels, each of which waits a minute on average.
    expect(server.joinings.filter((at) => at > from).length).to.be.within(60, 200);

    takenByOthers(tab, NINE);
    Object.assign(server, { joinTakes: 0, joins: 'ok' });
    backend.faults.refuses = {};
    await clock.advance(65_000);
    expect(shownAt(tab, NINE)).to.equal('held');
    await clock.advance(75_000);
    expect(connectionOf(tab)).to.equal('live');
    await hearsChanges(tab);
  });

  for (const gone of [false, true]) {
    it(`is not survived by a widget that was left: its reconnection ends ${gone ? 'unanswered' : 'at once'}`, async () => {
      const tab = await liveTab();
      const { server, clock, page, client } = tab;
      server.silence();
      page.wake();
      // By now the proof has failed, and Supabase's client waits for the old socket to close.
      await clock.advance(4_200);
      client.close();
      server.gone = gone;
      const asked = server.openings.length;
      await clock.advance(10 * MINUTE);
      // The silent one is for the browser to end.
      expect(server.openSockets).to.equal(1);
      expect(server.openings.length).to.be.at.most(asked + 1);
    });
  }
});
