import { expect } from '@open-wc/testing';
import { createInbox } from '../../../src/core/inbox/client.ts';
import type { Arrival, Inbox, InboxNotification } from '../../../src/core/inbox/types.ts';
import type { OpenTabs } from '../../../src/core/inbox/tabs.ts';
import { createFakeClock, type FakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { createFakeTabs } from '../../support/fakes/fake-tabs.ts';
import { type InboxFaults, MemoryInbox, TOPIC } from '../../support/memory/memory-inbox.ts';

/** The longest that anything but a poll or a check waits. */
const SOON = 3_500;
const CHECK = 120_000;

interface Setting {
  readonly clock?: FakeClock;
  readonly database?: MemoryInbox;
  readonly tabs?: OpenTabs;
  readonly faults?: Partial<InboxFaults>;
  readonly hidden?: boolean;
}

/** Opens a tab that shows an inbox. */
async function open({ clock = createFakeClock(), tabs = createFakeTabs(), faults, hidden, ...rest }: Setting = {}) {
  const database = rest.database ?? new MemoryInbox({ clock });
  const page = createFakePage();
  page.hidden = hidden ?? false;
  const backend = database.backend(faults);
  const inbox = createInbox({ backend }, { clock, page, tabs });
  const arrivals: Arrival[] = [];
  const leave = inbox.subscribe(() => undefined);
  inbox.onArrival((arrival) => arrivals.push(arrival));
  await clock.advance(SOON);
  return { clock, tabs, database, page, backend, inbox, arrivals, leave };
}

const ids = (notifications: readonly InboxNotification[]) => notifications.map(({ id }) => id);
const unread = (inbox: Inbox) => inbox.getState().unread;

describe('an inbox', () => {
  it('shows what was told, newest first, and tells none of it as news', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock });
    database.tell();
    database.tell({ read: true });
    const { inbox, arrivals } = await open({ clock, database });
    const { status, connection, notifications, older } = inbox.getState();
    expect([status, connection, older]).to.deep.equal(['ready', 'live', 'none']);
    expect(ids(notifications)).to.deep.equal([104, 102]);
    expect([unread(inbox), arrivals]).to.deep.equal([1, []]);
  });

  it('hears of what comes in, and fetches once for what is told together', async () => {
    const { clock, database, inbox, backend, arrivals } = await open();
    const before = backend.calls.length;
    database.tell();
    database.tell();
    await clock.advance(SOON);
    expect([unread(inbox), backend.calls.length - before]).to.deep.equal([2, 1]);
    expect(arrivals.map(({ notifications, away }) => [ids(notifications), away])).to.deep.equal([[[102, 104], false]]);
  });

  it('misses nothing that was told between the fetch and the join', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock });
    const opening = open({ clock, database });
    await clock.settle();
    database.tell();
    expect(unread((await opening).inbox)).to.equal(1);
  });

  it('finds out by itself what no signal told', async () => {
    const { clock, database, inbox } = await open();
    database.tell({}, { silently: true });
    await clock.advance(CHECK + SOON);
    expect(unread(inbox)).to.equal(1);
  });

  it('polls while nothing can be heard, and is live again once it can', async () => {
    const { clock, database, inbox, backend } = await open();
    backend.socket.down();
    await clock.advance(15_000);
    expect(inbox.getState().connection).to.equal('polling');
    database.tell();
    await clock.advance(30_000);
    expect(unread(inbox)).to.equal(1);
    backend.socket.up();
    await clock.advance(SOON);
    expect(inbox.getState().connection).to.equal('live');
  });

  it('makes a new channel in place of one that was closed for good', async () => {
    const { clock, database, inbox, backend } = await open();
    backend.socket.closeChannels();
    expect(inbox.getState().error?.code).to.equal('realtime_refused');
    await clock.advance(10_000);
    expect(inbox.getState().connection).to.equal('live');
    database.tell();
    await clock.advance(SOON);
    expect(unread(inbox)).to.equal(1);
  });

  it('asks again, ever less often, while the project can’t be reached, and keeps what it shows', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.offline = true;
    database.tell();
    await clock.advance(SOON);
    const { status, connection, error, notifications } = inbox.getState();
    expect([status, connection, error?.code, notifications.length]).to.deep.equal(['ready', 'offline', 'network', 1]);
    backend.faults.offline = false;
    await clock.advance(65_000);
    expect([unread(inbox), inbox.getState().error]).to.deep.equal([2, null]);
  });

  it('follows the providers that somebody comes to work for, and leaves those that they no longer do', async () => {
    const { clock, database, backend } = await open();
    database.topics = ['openslot:desk:a', 'openslot:desk:b'];
    await clock.advance(CHECK + SOON);
    expect(backend.socket.open).to.equal(2);
    const before = backend.calls.length;
    database.signal();
    await clock.advance(500);
    expect(backend.calls.length - before).to.equal(1);
  });

  it('polls while it has no topic to join, and is live once a new one is joined and fetched after', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock });
    database.topics = [];
    const { inbox, backend } = await open({ clock, database });
    expect(inbox.getState().connection).to.equal('polling');
    database.topics = [TOPIC];
    // A member who accepted an invitation is the same user, with other topics.
    backend.signIn('mira');
    await clock.advance(400);
    expect([inbox.getState().connection, backend.calls.length, backend.socket.open]).to.deep.equal(['live', 3, 1]);
  });

  it('is live again as soon as a topic that was added is joined and fetched after', async () => {
    const { clock, database, inbox } = await open();
    database.topics = [TOPIC, 'openslot:desk:b'];
    database.signal();
    await clock.advance(500);
    expect(inbox.getState().connection).to.equal('live');
  });

  it('fetches nothing while nobody looks, and tells at once what came meanwhile', async () => {
    const { clock, database, page, backend, arrivals } = await open();
    page.hide();
    const before = backend.calls.length;
    database.tell();
    database.tell();
    database.tell();
    await clock.advance(CHECK * 3);
    expect(backend.calls.length).to.equal(before);
    page.hidden = false;
    page.wake();
    await clock.advance(1_000);
    expect(arrivals.map(({ notifications, away }) => [notifications.length, away])).to.deep.equal([[3, true]]);
  });

  it('tells what came while the connection was lost as what came meanwhile', async () => {
    const { clock, database, backend, arrivals } = await open();
    backend.socket.down();
    database.tell();
    database.tell();
    backend.socket.up();
    await clock.advance(SOON);
    expect(arrivals.map(({ notifications, away }) => [notifications.length, away])).to.deep.equal([[2, true]]);
  });

  it('has older ones on demand, and keeps them when something new comes', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock });
    for (let told = 0; told < 120; told++) database.tell({ read: true });
    const { inbox, backend } = await open({ clock, database });
    expect([inbox.getState().notifications.length, inbox.getState().older]).to.deep.equal([50, 'more']);
    const loading = inbox.loadOlder();
    expect(inbox.getState().older).to.equal('loading');
    await loading;
    database.tell();
    await clock.advance(SOON);
    expect([inbox.getState().notifications.length, inbox.getState().older]).to.deep.equal([101, 'more']);
    backend.faults.offline = true;
    await inbox.loadOlder();
    expect(inbox.getState().older).to.equal('failed');
    backend.faults.offline = false;
    await inbox.loadOlder();
    expect([inbox.getState().notifications.length, inbox.getState().older]).to.deep.equal([121, 'none']);
    expect(new Set(ids(inbox.getState().notifications)).size).to.equal(121);
  });

  it('drops older ones that no longer join on to the newest', async () => {
    const { clock, database, inbox } = await open();
    database.tell();
    await clock.advance(SOON);
    for (let told = 0; told < 60; told++) database.tell();
    await clock.advance(SOON);
    expect([inbox.getState().notifications.length, inbox.getState().older]).to.deep.equal([50, 'more']);
    expect(unread(inbox)).to.equal(61);
  });

  it('lets go of its channels and its socket about a second after the last one left', async () => {
    const { clock, database, inbox, leave, page } = await open();
    leave();
    inbox.subscribe(() => undefined)();
    await clock.advance(900);
    expect(database.sockets).to.equal(1);
    await clock.advance(1_000);
    expect([database.sockets, page.listeners, clock.pending]).to.deep.equal([0, 0, 0]);
  });
});

describe('reading', () => {
  it('shows at once, and the database has it', async () => {
    const { clock, database, inbox } = await open({ faults: { latency: 100 } });
    database.tell();
    database.tell();
    await clock.advance(SOON);
    const reading = inbox.markRead();
    expect([unread(inbox), database.unread]).to.deep.equal([0, 2]);
    expect(inbox.getState().notifications.every(({ read }) => read)).to.equal(true);
    await clock.advance(100);
    await reading;
    expect([unread(inbox), database.unread]).to.deep.equal([0, 0]);
  });

  it('is not undone by an answer that is older', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.latency = 1_000;
    const fetching = inbox.refresh();
    await clock.advance(500);
    backend.faults.latency = 10;
    const reading = inbox.markRead();
    await clock.advance(10);
    await reading;
    await clock.advance(1_000);
    await fetching;
    expect(unread(inbox)).to.equal(0);
  });

  it('leaves what comes in meanwhile unread', async () => {
    const { clock, database, inbox } = await open({ faults: { latency: 1_000 } });
    database.tell();
    await clock.advance(SOON);
    const reading = inbox.markRead();
    database.tell();
    await clock.advance(SOON);
    await reading;
    expect([unread(inbox), database.unread]).to.deep.equal([1, 1]);
  });

  it('is tried again after a lost answer', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.offline = true;
    const reading = inbox.markRead();
    await clock.advance(2_000);
    expect(unread(inbox)).to.equal(0);
    backend.faults.offline = false;
    await clock.advance(10_000);
    await reading;
    expect(database.unread).to.equal(0);
  });

  it('that is refused is taken back, and says why', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.refuses.read = 'rate_limited';
    await inbox.markRead();
    expect([unread(inbox), inbox.getState().error?.code]).to.deep.equal([1, 'rate_limited']);
    await clock.advance(CHECK);
    expect(inbox.getState().error).to.equal(null);
  });

  it('asks nothing when there is nothing to read', async () => {
    const { inbox, backend } = await open();
    await inbox.markRead();
    expect(backend.calls).to.not.include('read');
  });
});

describe('a patient’s inbox', () => {
  it('tells what the clinic did, not what the patient did', async () => {
    const clock = createFakeClock();
    const database = new MemoryInbox({ clock, audience: 'patient' });
    const { arrivals } = await open({ clock, database });
    database.tell({ by: 'patient' });
    await clock.advance(SOON);
    database.tell({ by: 'provider', kind: 'rescheduled' });
    await clock.advance(SOON);
    database.tell({ by: null, kind: 'reminder' });
    await clock.advance(SOON);
    expect(arrivals.map(({ notifications }) => ids(notifications))).to.deep.equal([[104], [106]]);
  });

  it('says that nobody knows the token, and keeps nothing', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.refuses.notifications = 'appointment_not_found';
    database.signal();
    await clock.advance(SOON);
    const { status, error, notifications } = inbox.getState();
    expect([status, error?.code, notifications]).to.deep.equal(['error', 'appointment_not_found', []]);
    expect(unread(inbox)).to.equal(0);
    expect(backend.socket.open).to.equal(0);
  });
});

describe('a session', () => {
  it('that ends takes all with it, and tells who listens', async () => {
    const { clock, database, inbox, backend } = await open();
    let ended = 0;
    inbox.onSignedOut(() => ended++);
    database.tell();
    await clock.advance(SOON);
    backend.signIn(null);
    const { status, error, notifications, connection } = inbox.getState();
    expect([status, error?.code, notifications, ended]).to.deep.equal(['error', 'not_signed_in', [], 1]);
    expect(connection).to.equal('offline');
    await clock.advance(SOON);
    expect(database.sockets).to.equal(0);
  });

  it('of somebody else begins anew, without news', async () => {
    const { clock, database, inbox, backend, arrivals } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.signIn('somebody else');
    expect(inbox.getState().status).to.equal('loading');
    await clock.advance(SOON);
    expect([inbox.getState().status, arrivals.length]).to.deep.equal(['ready', 1]);
    backend.signIn('somebody else');
    expect(inbox.getState().status).to.equal('ready');
  });

  it('that was refused goes on when somebody signs in', async () => {
    const { clock, inbox, backend } = await open();
    backend.signIn(null);
    await clock.advance(SOON);
    backend.signIn('mira');
    await clock.advance(SOON);
    expect([inbox.getState().status, inbox.getState().connection]).to.deep.equal(['ready', 'live']);
  });
});

describe('several tabs', () => {
  it('tell something once, where it can be seen', async () => {
    const first = await open();
    const { clock, database, tabs } = first;
    const second = await open({ clock, database, tabs });
    database.tell();
    await clock.advance(SOON);
    expect([first.arrivals.length, second.arrivals.length]).to.deep.equal([1, 0]);
    first.page.hide();
    database.tell();
    await clock.advance(SOON);
    expect([first.arrivals.length, second.arrivals.length]).to.deep.equal([1, 1]);
    first.page.hidden = false;
    first.page.wake();
    await clock.advance(SOON);
    expect([first.arrivals.length, second.arrivals.length]).to.deep.equal([1, 1]);
    expect([unread(first.inbox), unread(second.inbox)]).to.deep.equal([2, 2]);
  });

  it('tell what came when the one that would have told it closes', async () => {
    const first = await open({ faults: { latency: 2_000 } });
    const { clock, database, tabs } = first;
    const second = await open({ clock, database, tabs });
    database.tell();
    await clock.advance(1_000);
    expect(second.arrivals.length).to.equal(0);
    first.leave();
    await clock.advance(1_000);
    expect([first.arrivals.length, second.arrivals.length]).to.deep.equal([0, 1]);
  });

  it('know at once what was read in another', async () => {
    const first = await open();
    const { clock, database, tabs } = first;
    const second = await open({ clock, database, tabs });
    database.tell();
    await clock.advance(SOON);
    await first.inbox.markRead();
    await clock.settle();
    expect(unread(second.inbox)).to.equal(0);
  });
});
