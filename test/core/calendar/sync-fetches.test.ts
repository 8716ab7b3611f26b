/** Which requests a calendar sends, and which it saves: thousands of tabs may show the same calendar. */
import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { SlotsChange } from '../../../src/core/wire.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject, MIRA, type Operation } from '../../support/memory/memory-backend.ts';
import {
  shownAt,
  startVisit,
  STRANGER,
  expectTruth,
  type Visit,
  visit,
  type VisitOptions,
} from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TEN = '2026-11-24T09:00:00Z';
const OPENED: readonly Operation[] = ['calendar', 'changes'];
/** Longer than any wait for what may be missing, shorter than one between checks. */
const SOON = 4_000;

function takenByOthers({ project }: Visit, start: string): void {
  project.database.hold({ provider: MIRA.id, service: 'consultation', start, visitor: STRANGER });
}

/** A live calendar, and every change that its provider announces from then on. */
async function watched(options: VisitOptions = {}) {
  const tab = await visit(options);
  const announced: SlotsChange[] = [];
  tab.project.database.listen((provider, change) => provider === MIRA.id && announced.push(change));
  const deliver = (change: SlotsChange) => tab.backend.socket.deliver(MIRA.id, change);
  return { ...tab, tab, announced, deliver };
}

describe('a live calendar', () => {
  it('fetches nothing for messages that follow each other, or come twice', async () => {
    const { tab, clock, backend, announced, deliver } = await watched();
    for (const start of [NINE, TEN]) {
      takenByOthers(tab, start);
      await clock.advance(10);
      expect(shownAt(tab, start)).to.equal('held');
      deliver(announced[0]!);
    }
    await clock.advance(SOON);
    expect(backend.calls).to.deep.equal(OPENED);
  });

  it('fetches nothing for a message that comes late, after the next one', async () => {
    const { tab, clock, backend, announced, deliver } = await watched();
    backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    tab.project.database.setStatus(MIRA.id, TEN, '2026-11-24T09:20:00Z', 'blocked');
    await clock.advance(10);
    deliver(announced[0]!);
    await clock.advance(SOON);
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['held', null]);
    expect(backend.calls).to.deep.equal(OPENED);
    await clock.advance(20_000);
    expect(backend.calls, 'its checks go on').to.deep.equal([...OPENED, 'changes']);
  });

  it('fetches once for a missing message that the fetch under way brings', async () => {
    const { tab, clock, backend } = await watched();
    backend.faults.latency = 20;
    void tab.calendar.refresh();
    await clock.advance(10);
    backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    takenByOthers(tab, TEN);
    await clock.advance(SOON);
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['open', 'held']);
    expect(backend.calls).to.deep.equal([...OPENED, 'changes']);
  });

  it('takes no second snapshot for settings that it has', async () => {
    const { project, clock, backend, announced, deliver } = await watched();
    project.database.configure(MIRA.id, { name: 'Dr. Mira Berg' });
    await clock.advance(SOON);
    deliver(announced[0]!);
    await clock.advance(SOON);
    expect(backend.calls).to.deep.equal([...OPENED, 'calendar']);
  });

  it('says that a fetch is a check only when time alone is the reason', async () => {
    const { tab, clock, backend } = await watched();
    const said: unknown[] = [];
    const { changes } = backend;
    backend.changes = (request, signal) => {
      said.push(request.every_seconds);
      return changes(request, signal);
    };
    backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    takenByOthers(tab, TEN);
    await clock.advance(2_000);
    expect(said).to.deep.equal([null]);
  });

  it('fetches nothing when it is seen while the machine has no network', async () => {
    const { clock, page, backend } = await watched();
    page.online = false;
    page.wake();
    await clock.advance(SOON);
    expect(backend.calls).to.deep.equal(OPENED);
    page.online = true;
    page.wake();
    await clock.advance(SOON);
    expect(backend.calls).to.deep.equal([...OPENED, 'changes']);
  });

  it('keeps its channels when it takes a new snapshot', async () => {
    const { tab, project, clock, backend } = await watched({ presence: true });
    project.database.configure(MIRA.id, { name: 'Dr. Mira Berg' });
    await clock.advance(SOON);
    expect(tab.calendar.getState().provider?.name).to.equal('Dr. Mira Berg');
    expect(backend.socket.open).to.equal(2);
  });

  it('waits for nothing that never comes', async () => {
    const clock = createFakeClock();
    const waits: number[] = [];
    const counted = {
      ...clock,
      after(ms: number, run: () => void) {
        waits.push(ms);
        return clock.after(ms, run);
      },
    };
    const tab = await visit({ clock: counted });
    takenByOthers(tab, NINE);
    tab.project.database.release({ visitor: STRANGER });
    await clock.advance(60_000);
    expect(waits.filter((ms) => !Number.isFinite(ms))).to.deep.equal([]);
    expect(waits.length).to.be.greaterThan(4);
  });
});

describe('when the times shown were last known to be the database’s', () => {
  it('is when they were fetched, and when a message changed them while live', async () => {
    const { tab, clock } = await watched();
    const { freshAt } = tab.calendar.getState();
    expect(freshAt).to.be.within(clock.now() - 350, clock.now());
    await clock.advance(5_000);
    expect(tab.calendar.getState().freshAt).to.equal(freshAt);
    takenByOthers(tab, NINE);
    await clock.advance(10);
    expect(tab.calendar.getState().freshAt).to.be.within(clock.now() - 10, clock.now());
  });

  it('is not when a message came that others may be missing beside', async () => {
    const { tab, clock, backend } = await watched();
    backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    await clock.advance(23_000);
    const { connection, freshAt } = tab.calendar.getState();
    expect(connection).to.equal('polling');
    takenByOthers(tab, TEN);
    await clock.advance(10);
    expect([shownAt(tab, TEN), tab.calendar.getState().freshAt]).to.deep.equal(['held', freshAt]);
  });

  it('is unknown before the first answer, and kept while the calendar is left', async () => {
    const tab = await visit({ faults: { offline: true } });
    expect(tab.calendar.getState().freshAt).to.equal(null);
    const { calendar, clock, leave } = await visit();
    const { freshAt } = calendar.getState();
    leave();
    await clock.advance(60_000);
    calendar.subscribe(() => undefined);
    expect(calendar.getState().freshAt).to.equal(freshAt);
  });
});

describe('the server’s clock', () => {
  const ahead = async () => {
    const clock = createFakeClock();
    const server = { ...clock, ahead: 1_800_000, now: () => clock.now() + server.ahead };
    const tab = await visit({ clock, project: createMemoryProject({ clock: server }) });
    expect(tab.calendar.getState().clockOffset).to.equal(1_800_000);
    return { ...tab, clock, server };
  };

  it('is known at once to a calendar that was left', async () => {
    const { calendar, clock, leave } = await ahead();
    leave();
    await clock.advance(60_000);
    calendar.subscribe(() => undefined);
    expect(calendar.getState().clockOffset).to.equal(1_800_000);
  });

  it('is read from the answers of operations, too', async () => {
    const { calendar, server } = await ahead();
    server.ahead = 1_700_000;
    await calendar.hold('consultation', NINE);
    expect(calendar.getState().clockOffset).to.equal(1_700_000);
  });
});

describe('a calendar whose first picture is late', () => {
  it('holds a time all the same', async () => {
    const clock = createFakeClock();
    const project = createMemoryProject({ clock });
    const { calendar } = project.database;
    project.database.calendar = () => {
      throw new OpenslotError('network');
    };
    const tab = startVisit({ clock, project });
    await tab.calendar.hold('consultation', NINE);
    expect([tab.calendar.getState().slots.size, tab.calendar.getState().hold?.start]).to.deep.equal([0, NINE]);
    project.database.calendar = calendar;
    await clock.advance(10_000);
    expect([tab.calendar.getState().connection, shownAt(tab, NINE)]).to.deep.equal(['live', 'held']);
  });
});

describe('a calendar without a live connection', () => {
  it('counts no viewers, refreshes when it is asked to, and ends', async () => {
    const tab = await visit({ realtime: 'off', presence: true });
    takenByOthers(tab, NINE);
    const refreshed = tab.calendar.refresh();
    await tab.clock.settle();
    await refreshed;
    expect([shownAt(tab, NINE), tab.calendar.getState().viewers]).to.deep.equal(['held', null]);
    tab.client.close();
    await tab.clock.settle();
    expect(tab.clock.pending).to.equal(0);
  });
});

describe('a calendar by rows', () => {
  it('joins their topic, and fetches after each, as no row says which change its own follows', async () => {
    const { tab, clock, backend } = await watched({ realtime: 'postgres-changes' });
    takenByOthers(tab, NINE);
    await clock.advance(10);
    expect([shownAt(tab, NINE), tab.calendar.getState().revision]).to.deep.equal(['held', 1]);
    await clock.advance(2_000);
    expect([tab.calendar.getState().revision, tab.calendar.getState().connection]).to.deep.equal([2, 'live']);
    expect(backend.calls).to.deep.equal([...OPENED, 'changes']);
    expectTruth(tab);
  });
});
