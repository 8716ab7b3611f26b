/** Realtime may drop messages while every channel stays joined. Here it does, and what counts is what people are shown. */
import { expect } from '@open-wc/testing';
import { createInbox } from '../../../src/core/inbox/client.ts';
import { LiveDesk } from '../../../src/core/desk/desk.ts';
import { DESK_NOW, northside, OWNER } from '../../support/memory/desk-seed.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { createFakeTabs } from '../../support/fakes/fake-tabs.ts';
import { createMemoryProject, MIRA } from '../../support/memory/memory-backend.ts';
import { MemoryInbox } from '../../support/memory/memory-inbox.ts';
import { MemorySession, memoryStaff } from '../../support/memory/memory-staff.ts';
import {
  PATIENT as patient,
  shownAt,
  STRANGER,
  type Visit,
  visit,
  type VisitOptions,
} from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TEN = '2026-11-24T09:00:00Z';
const ELEVEN = '2026-11-24T10:00:00Z';
/** A check comes 10 to 20 s after the one before; a message may be 3 s late. */
const CHECK = 20_000;
const LATE = 3_000;
const MINUTE = 60_000;

const connectionOf = ({ calendar }: Visit) => calendar.getState().connection;

function takenByOthers({ project }: Visit, start: string): void {
  project.database.hold({ provider: MIRA.id, service: 'consultation', start, visitor: STRANGER });
}

async function liveVisit(options: VisitOptions = {}): Promise<Visit> {
  const tab = await visit(options);
  expect(connectionOf(tab)).to.equal('live');
  return tab;
}

/** The change of a time was dropped, and a check has found that. */
async function deceived(): Promise<Visit> {
  const tab = await liveVisit();
  tab.backend.socket.losesMessages = 1;
  takenByOthers(tab, NINE);
  await tab.clock.advance(CHECK + LATE);
  expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['polling', 'held']);
  return tab;
}

describe('a calendar whose messages are dropped without a word', () => {
  it('shows what no message announced after its next check, and says then that it is not live', async () => {
    const tab = await liveVisit();
    tab.backend.socket.losesMessages = Infinity;
    takenByOthers(tab, NINE);
    await tab.clock.advance(5_000);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['live', 'open']);
    await tab.clock.advance(CHECK - 5_000);
    expect(shownAt(tab, NINE)).to.equal('held');
    await tab.clock.advance(LATE);
    expect(connectionOf(tab)).to.equal('polling');
  });

  it('says so to those who look, three seconds after the check', async () => {
    const tab = await liveVisit();
    const said: string[] = [];
    tab.calendar.subscribe(() => said.push(connectionOf(tab)));
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    void tab.calendar.refresh();
    await tab.clock.advance(LATE - 10);
    expect([shownAt(tab, NINE), said.at(-1)]).to.deep.equal(['held', 'live']);
    await tab.clock.advance(20);
    expect(said.at(-1)).to.equal('polling');
  });

  it('checks three times as often from then on', async () => {
    const tab = await deceived();
    tab.backend.socket.losesMessages = Infinity;
    takenByOthers(tab, TEN);
    await tab.clock.advance(CHECK / 3);
    expect(shownAt(tab, TEN)).to.equal('held');
  });

  it('is live again once a message has arrived and the check after it found nothing else', async () => {
    const tab = await deceived();
    takenByOthers(tab, TEN);
    await tab.clock.advance(10);
    expect([connectionOf(tab), shownAt(tab, TEN)]).to.deep.equal(['polling', 'held']);
    await tab.clock.advance(CHECK / 3);
    expect(connectionOf(tab)).to.equal('live');
  });

  it('without any message is live again when checks have found nothing for a minute, the time that limits count', async () => {
    const tab = await deceived();
    await tab.clock.advance(MINUTE - 5_000);
    expect(connectionOf(tab)).to.equal('polling');
    await tab.clock.advance(5_000 + CHECK / 3);
    expect(connectionOf(tab)).to.equal('live');
  });

  it('is not live while some messages arrive and others don’t', async () => {
    const tab = await deceived();
    for (let round = 0; round < 10; round++) {
      tab.backend.socket.losesMessages = 1;
      takenByOthers(tab, [NINE, ELEVEN][round % 2]!);
      takenByOthers(tab, TEN);
      await tab.clock.advance(CHECK / 3);
      expect(connectionOf(tab)).to.equal('polling');
    }
  });

  it('says so, too, when a later message shows that one is missing', async () => {
    const tab = await liveVisit();
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    takenByOthers(tab, TEN);
    await tab.clock.advance(1_600 + LATE);
    expect([connectionOf(tab), shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['polling', 'open', 'held']);
  });

  it('finds out within seconds after its visitor acted, as that must have been announced', async () => {
    const tab = await liveVisit();
    tab.backend.socket.losesMessages = Infinity;
    await tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(2_000 + LATE);
    expect(connectionOf(tab)).to.equal('polling');
  });
});

describe('a calendar whose messages arrive', () => {
  it('stays live through a hundred checks and changes, its visitor’s among them', async () => {
    const tab = await liveVisit();
    const said = new Set<string>();
    tab.calendar.subscribe(() => said.add(connectionOf(tab)));
    for (let round = 0; round < 100; round++) {
      takenByOthers(tab, [NINE, TEN][round % 2]!);
      if (round % 10 === 0) void tab.calendar.hold('consultation', ELEVEN);
      if (round % 10 === 5) void tab.calendar.release();
      await tab.clock.advance(17_000);
    }
    expect([...said]).to.deep.equal(['live']);
    expect(tab.backend.calls.filter((call) => call === 'changes').length).to.be.greaterThan(100);
  });

  it('stays live when a check overtakes the message about the same change', async () => {
    const tab = await liveVisit();
    const { clock, backend } = tab;
    const { changes } = backend;
    backend.changes = async (...request) => {
      backend.changes = changes;
      takenByOthers(tab, NINE);
      return changes(...request);
    };
    const said = new Set<string>();
    tab.calendar.subscribe(() => said.add(connectionOf(tab)));
    await clock.advance(CHECK + LATE);
    expect([shownAt(tab, NINE), ...said]).to.deep.equal(['held', 'live']);
  });

  it('waits for what the database has not announced yet, as within a broadcast gap', async () => {
    const tab = await liveVisit();
    const { backend } = tab;
    const { changes } = backend;
    const announced = tab.calendar.getState().revision;
    backend.changes = async (...request) => ({ ...(await changes(...request)), announced_revision: announced });
    tab.backend.socket.losesMessages = 1;
    takenByOthers(tab, NINE);
    await tab.clock.advance(CHECK + LATE);
    expect([connectionOf(tab), shownAt(tab, NINE)]).to.deep.equal(['live', 'held']);
  });

  it('checks as seldom as the server asks for a crowd', async () => {
    const clock = createFakeClock();
    const project = createMemoryProject({ clock });
    project.database.crowd(MIRA.id, 100);
    const tab = await liveVisit({ clock, project });
    const before = tab.backend.calls.length;
    await clock.advance(65_000);
    expect(tab.backend.calls.length - before).to.equal(0);
    await clock.advance(70_000);
    expect(tab.backend.calls.length - before).to.equal(1);
  });

  it('says how often it checks, and nothing of the kind when it asks for another reason', async () => {
    const tab = await liveVisit();
    const { changes } = tab.backend;
    const said: unknown[] = [];
    tab.backend.changes = (request, signal) => {
      said.push(request.every_seconds);
      return changes(request, signal);
    };
    await tab.clock.advance(CHECK);
    void tab.calendar.refresh();
    await tab.clock.advance(10);
    expect(said).to.deep.equal([15, null]);
  });
});

describe('rows in place of broadcasts', () => {
  it('keep a calendar live, though they don’t say which change theirs follows', async () => {
    const tab = await liveVisit({ realtime: 'postgres-changes' });
    for (const start of [NINE, TEN, ELEVEN]) {
      takenByOthers(tab, start);
      await tab.clock.advance(CHECK + LATE);
      expect([connectionOf(tab), shownAt(tab, start)]).to.deep.equal(['live', 'held']);
    }
  });
});

describe('a desk', () => {
  async function begin() {
    const clock = createFakeClock({ now: DESK_NOW });
    const desk = northside(clock);
    const backend = memoryStaff(desk, new MemorySession(OWNER), clock);
    const live = new LiveDesk({ backend, clock, page: createFakePage() }, MIRA.id, {
      from: '2026-11-23',
      to: '2026-11-29',
    });
    live.subscribe(() => undefined);
    await clock.advance(1_000);
    expect(live.getState().connection).to.equal('live');
    const free = () => live.getState().slots.filter(({ status }) => status === 'open');
    return { clock, desk, backend, live, free };
  }

  it('whose signals are dropped shows after its next check what a patient holds, and says that it is not live', async () => {
    const { clock, desk, backend, live, free } = await begin();
    const { start } = free()[0]!;
    backend.socket.losesMessages = Infinity;
    desk.hold(MIRA.id, start, 20, clock.now() + 5 * MINUTE);
    await clock.advance(5_000);
    expect(live.getState().connection).to.equal('live');
    await clock.advance(CHECK + LATE - 5_000);
    expect(live.getState().connection).to.equal('polling');
    expect(free().some((slot) => slot.start === start)).to.equal(false);
  });

  it('stays live through patients’ holds, its own changes and turned pages while signals arrive', async () => {
    const { clock, desk, live, free } = await begin();
    const said = new Set<string>();
    live.subscribe(() => said.add(live.getState().connection));
    for (let round = 0; round < 20; round++) {
      const [first, second] = free();
      if (round % 4 === 0) desk.hold(MIRA.id, first!.start, 20, clock.now() + 5 * MINUTE);
      if (round % 4 === 1) void live.setSlots(second!.start, second!.end, 'blocked');
      if (round % 4 === 2) live.show({ from: '2026-11-30', to: '2026-12-06' });
      if (round % 4 === 3) live.show({ from: '2026-11-23', to: '2026-11-29' });
      await clock.advance(17_000);
    }
    expect([...said]).to.deep.equal(['live']);
  });
});

describe('an inbox', () => {
  it('whose signals are dropped shows the notification after its next check, and says that it is not live until a signal arrives', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock });
    const backend = database.backend();
    const inbox = createInbox({ backend }, { clock, page: createFakePage(), tabs: createFakeTabs() });
    inbox.subscribe(() => undefined);
    await clock.advance(3_500);
    backend.socket.losesMessages = 1;
    database.tell();
    await clock.advance(CHECK + LATE);
    expect([inbox.getState().connection, inbox.getState().unread]).to.deep.equal(['polling', 1]);
    database.tell();
    await clock.advance(300);
    expect([inbox.getState().connection, inbox.getState().unread]).to.deep.equal(['live', 2]);
  });
});

describe('an appointment', () => {
  it('whose signals are dropped is shown after the next check as staff changed it, and as not live', async () => {
    const tab = await visit();
    const { database } = tab.project;
    const request_id = crypto.randomUUID();
    const booked = database.book({ provider: MIRA.id, service: 'consultation', start: NINE, patient, request_id });
    const live = await tab.client.liveAppointment({ token: booked.manage_token });
    live.subscribe(() => undefined);
    await tab.clock.advance(500);
    expect(live.getState().connection).to.equal('live');
    tab.backend.socket.losesMessages = Infinity;
    database.cancel({ token: booked.manage_token, reason: null });
    await tab.clock.advance(CHECK + LATE);
    expect([live.getState().connection, live.getState().appointment?.status]).to.deep.equal(['polling', 'cancelled']);
  });
});
