import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import { createFakeClock, START } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject, MIRA } from '../../support/memory/memory-backend.ts';
import { demoSeed } from '../../support/memory/memory-seed.ts';
import { shownAt, startVisit, STRANGER, expectTruth, type Visit, visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TWENTY_PAST = '2026-11-24T08:20:00Z';
const HALF_AN_HOUR = 30 * 60_000;

function takenByOthers({ project }: Visit, start = NINE): void {
  project.database.hold({ provider: MIRA.id, service: 'consultation', start, visitor: STRANGER });
}

function connectionOf({ calendar }: Visit): string {
  return calendar.getState().connection;
}

describe('a calendar that opens', () => {
  it('shows slots from a first snapshot, and is live once it has joined and looked again', async () => {
    const tab = startVisit({ faults: { latency: 50 } });
    expect(tab.calendar.getState().status).to.equal('loading');
    expect(tab.project.sockets).to.equal(1);
    await tab.clock.advance(100);
    expect(tab.calendar.getState().status).to.equal('ready');
    expect(tab.calendar.getState().provider?.name).to.equal('Dr. Mira Lindqvist');
    expect(connectionOf(tab)).to.equal('connecting');
    await tab.clock.advance(200);
    expect(connectionOf(tab)).to.equal('live');
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes']);
    expectTruth(tab);
  });

  it('misses nothing between its snapshot and its join', async () => {
    const tab = startVisit();
    await tab.clock.settle();
    takenByOthers(tab);
    await tab.clock.advance(20);
    expect(shownAt(tab, NINE)).to.equal('held');
  });

  it('tells why there is nothing, and goes on trying', async () => {
    const tab = startVisit({ faults: { offline: true } });
    await tab.clock.settle();
    const { status, error } = tab.calendar.getState();
    expect([status, error?.code, connectionOf(tab)]).to.deep.equal(['error', 'network', 'offline']);
    tab.backend.faults.offline = false;
    await tab.clock.advance(5_000);
    expect([tab.calendar.getState().status, connectionOf(tab)]).to.deep.equal(['ready', 'live']);
  });

  it('does not hurry back to a project that says no', async () => {
    const tab = startVisit({ provider: 'nobody' });
    await tab.clock.advance(60_000);
    expect(tab.calendar.getState().error?.code).to.equal('provider_not_found');
    expect(tab.backend.calls).to.have.length(1);
  });

  it('waits as long as it is told to when it asks too much', async () => {
    const tab = startVisit({ faults: { refuses: { calendar: 'rate_limited' } } });
    await tab.clock.advance(59_000);
    expect(tab.backend.calls).to.have.length(1);
    tab.backend.faults.refuses = {};
    await tab.clock.advance(60_000);
    expect(connectionOf(tab)).to.equal('live');
  });
});

describe('a live calendar', () => {
  it('shows what others do at once, and slots that didn’t change are the same objects', async () => {
    const tab = await visit();
    const before = tab.calendar.getState();
    takenByOthers(tab);
    await tab.clock.advance(10);
    const after = tab.calendar.getState();
    expect(shownAt(tab, NINE)).to.equal('held');
    expect(after.revision).to.equal(before.revision + 1);
    expect([...after.slots].filter(([id, slot]) => before.slots.get(id) !== slot)).to.have.length(1);
    expect(Object.isFrozen(after)).to.equal(true);
  });

  it('tells its subscribers once for what belongs together, and keeps the slots’ map while no slot changes', async () => {
    const tab = await visit();
    let told = 0;
    tab.calendar.subscribe(() => told++);
    const { slots } = tab.calendar.getState();
    tab.backend.socket.drop();
    await tab.clock.settle();
    expect([told, connectionOf(tab)]).to.deep.equal([1, 'connecting']);
    expect(tab.calendar.getState().slots).to.equal(slots);
  });

  it('fetches what a lost message told, within two seconds of the next one', async () => {
    const tab = await visit();
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab);
    await tab.clock.advance(1_000);
    expect(shownAt(tab, NINE)).to.equal('open');
    tab.project.database.setStatus(MIRA.id, TWENTY_PAST, '2026-11-24T08:40:00Z', 'blocked');
    await tab.clock.advance(10);
    expect(shownAt(tab, TWENTY_PAST)).to.equal(null);
    await tab.clock.advance(2_000);
    expect(shownAt(tab, NINE)).to.equal('held');
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes', 'changes']);
  });

  it('finds what was lost in silence with its next check', async () => {
    const tab = await visit();
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab);
    await tab.clock.advance(121_000);
    expect(shownAt(tab, NINE)).to.equal('held');
  });

  it('fetches again for what it heard of while it was fetching', async () => {
    const tab = await visit();
    tab.backend.faults.latency = 2_000;
    void tab.calendar.refresh();
    await tab.clock.advance(2_100);
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab);
    tab.project.database.setStatus(MIRA.id, TWENTY_PAST, '2026-11-24T08:40:00Z', 'blocked');
    await tab.clock.advance(6_000);
    expect(shownAt(tab, NINE)).to.equal('held');
  });

  it('is not live again by an answer that was under way when it joined', async () => {
    const tab = await visit();
    tab.backend.faults.latency = 200;
    tab.backend.socket.drop(300);
    void tab.calendar.refresh();
    await tab.clock.advance(250);
    takenByOthers(tab);
    await tab.clock.advance(200);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['connecting', 'open']);
    await tab.clock.advance(4_000);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['live', 'held']);
  });

  it('opens a slot when its hold runs out by the server’s clock', async () => {
    const tab = await visit();
    takenByOthers(tab);
    await tab.clock.advance(299_000);
    expect(shownAt(tab, NINE)).to.equal('held');
    await tab.clock.advance(2_000);
    expect(shownAt(tab, NINE)).to.equal('open');
  });

  it('takes a new snapshot when services or settings changed', async () => {
    const tab = await visit();
    tab.project.database.configure(MIRA.id, { name: 'Dr. Mira Berg' });
    await tab.clock.advance(4_000);
    expect(tab.calendar.getState().provider?.name).to.equal('Dr. Mira Berg');
    expect(tab.backend.calls).to.deep.equal(['calendar', 'changes', 'calendar']);
  });

  it('takes a new snapshot when a message about changed settings was lost', async () => {
    const tab = await visit();
    const shown = new Set<string>();
    tab.calendar.subscribe(() => shown.add(tab.calendar.getState().status));
    tab.backend.faults.latency = 100;
    tab.backend.socket.losesMessages = 1;
    tab.project.database.configure(MIRA.id, { name: 'Dr. Mira Berg' });
    await tab.clock.advance(121_000);
    expect(tab.calendar.getState().provider?.name).to.equal('Dr. Mira Berg');
    expect([...shown], 'the times stay meanwhile').to.deep.equal(['ready']);
  });

  it('takes a new snapshot after an hour, as new days enter the window', async () => {
    const clock = createFakeClock();
    const tab = await visit({ clock, project: createMemoryProject({ clock, seed: demoSeed(START, 70) }) });
    const last = () => [...tab.calendar.getState().slots.values()].at(-1)?.start ?? '';
    const before = last();
    await tab.clock.advance(25 * 3_600_000);
    expect(last() > before).to.equal(true);
  });

  it('forgets what a database that was restored from a backup never knew', async () => {
    const tab = await visit();
    takenByOthers(tab);
    await tab.clock.advance(10);
    const restored = await visit();
    Object.assign(tab.backend, { calendar: restored.backend.calendar, changes: restored.backend.changes });
    const connections = new Set<string>();
    tab.calendar.subscribe(() => connections.add(connectionOf(tab)));
    await tab.clock.advance(121_000);
    expect(tab.calendar.getState().revision).to.equal(1);
    expect(shownAt(tab, NINE)).to.equal('open');
    expect([...connections], 'no message is missing').to.deep.equal(['live']);
  });
});

describe('the server’s clock', () => {
  it('is what notices and holds go by', async () => {
    const clock = createFakeClock();
    const ahead = { ...clock, now: () => clock.now() + HALF_AN_HOUR };
    const tab = await visit({ clock, project: createMemoryProject({ clock: ahead, seed: demoSeed(START) }) });
    expect(tab.calendar.getState().clockOffset).to.equal(HALF_AN_HOUR);
    takenByOthers(tab);
    await clock.advance(299_000);
    expect(shownAt(tab, NINE)).to.equal('held');
    await clock.advance(2_000);
    expect(shownAt(tab, NINE)).to.equal('open');
  });
});

describe('a backend that breaks its contract', () => {
  it('shows as an error of unknown kind, with its cause', async () => {
    const clock = createFakeClock();
    const project = createMemoryProject({ clock });
    project.database.calendar = () => {
      throw new TypeError('broken');
    };
    const { error } = (await visit({ clock, project })).calendar.getState();
    expect(error).to.be.instanceOf(OpenslotError);
    expect(error?.code).to.equal('unknown');
    expect(error?.cause).to.be.instanceOf(TypeError);
  });
});
