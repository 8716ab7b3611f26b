/** Who listens to an inbox, what it sends beside the list, and what it takes from its topics. */
import { expect } from '@open-wc/testing';
import type { OpenslotError } from '../../../src/core/errors.ts';
import { createInbox } from '../../../src/core/inbox/client.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { createFakeTabs } from '../../support/fakes/fake-tabs.ts';
import { MemoryInbox, TOPIC } from '../../support/memory/memory-inbox.ts';

const SOON = 3_500;

async function open({ topics = [TOPIC] } = {}) {
  const clock = createFakeClock();
  const database = new MemoryInbox({ clock });
  database.topics = topics;
  const backend = database.backend();
  const names: string[] = [];
  const openTabs = createFakeTabs();
  const inbox = createInbox(
    { backend },
    {
      clock,
      page: createFakePage(),
      tabs: (name, ...rest) => {
        names.push(name);
        return openTabs(name, ...rest);
      },
    },
  );
  const leave = inbox.subscribe(() => undefined);
  await clock.advance(SOON);
  return { clock, database, backend, inbox, leave, names };
}

describe('a listener of an inbox', () => {
  it('is called once for what belongs together, with the others, until it leaves', async () => {
    const { clock, database, inbox, backend, leave } = await open();
    const calls = { first: 0, second: 0 };
    const leaveFirst = inbox.subscribe(() => calls.first++);
    const leaveSecond = inbox.subscribe(() => calls.second++);
    backend.socket.down();
    await clock.settle();
    expect(calls).to.deep.equal({ first: 1, second: 1 });
    leave();
    leaveFirst();
    leaveFirst();
    backend.socket.up();
    database.tell();
    await clock.advance(SOON);
    expect([inbox.getState().unread, calls.first, calls.second > 1]).to.deep.equal([1, 1, true]);
    leaveSecond();
    await clock.advance(1_001);
    expect([database.sockets, clock.pending]).to.deep.equal([0, 0]);
  });

  it('that leaves in the same moment is not called any more', async () => {
    const { clock, inbox, backend } = await open();
    let calls = 0;
    const leave = inbox.subscribe(() => calls++);
    backend.socket.down();
    queueMicrotask(leave);
    await clock.settle();
    expect(calls).to.equal(0);
  });

  it('of arrivals, and of the end of the session, is called until it leaves', async () => {
    const { clock, database, inbox, backend } = await open();
    const received: string[] = [];
    const leave = [inbox.onArrival(() => received.push('arrival')), inbox.onSignedOut(() => received.push('end'))];
    database.tell();
    await clock.advance(SOON);
    backend.signIn(null);
    expect(received).to.deep.equal(['arrival', 'end']);
    leave.forEach((stop) => stop());
    backend.signIn('mira');
    await clock.advance(SOON);
    database.tell();
    await clock.advance(SOON);
    backend.signIn(null);
    expect(received).to.deep.equal(['arrival', 'end']);
  });

  it('is not called for the end of a session that never began', async () => {
    const { inbox, backend, leave, clock } = await open();
    leave();
    await clock.advance(1_001);
    backend.signIn(null);
    let ends = 0;
    inbox.onSignedOut(() => ends++);
    inbox.subscribe(() => undefined);
    await clock.settle();
    expect([inbox.getState().error?.code, ends]).to.deep.equal(['not_signed_in', 0]);
  });
});

describe('an inbox', () => {
  it('reads once, however often it is asked to, and again only what is newer', async () => {
    const { clock, database, inbox, backend } = await open();
    const reads = () => backend.calls.filter((call) => call === 'read').length;
    database.tell();
    await clock.advance(SOON);
    backend.faults.latency = 100;
    const both = Promise.all([inbox.markRead(), inbox.markRead()]);
    await clock.advance(100);
    await both;
    expect(reads()).to.equal(1);
    database.tell();
    await clock.advance(SOON);
    const again = inbox.markRead();
    await clock.advance(100);
    await again;
    expect([reads(), inbox.getState().unread, database.unread]).to.deep.equal([2, 0, 0]);
  });

  it('loads older ones once, however often it is asked to, and none where there is nothing', async () => {
    const { clock, database, inbox, backend } = await open();
    const asked = () => backend.calls.filter((call) => call === 'notifications').length;
    const before = asked();
    await inbox.loadOlder();
    expect(asked()).to.equal(before);
    for (let told = 0; told < 60; told++) database.tell({}, { silently: true });
    await Promise.all([inbox.refresh(), clock.advance(100)]);
    const fetched = asked();
    await Promise.all([inbox.loadOlder(), inbox.loadOlder()]);
    expect([asked() - fetched, inbox.getState().notifications.length]).to.deep.equal([1, 60]);
  });

  it('keeps nothing once any request is refused because nobody is signed in', async () => {
    const { clock, database, inbox, backend } = await open();
    database.tell();
    await clock.advance(SOON);
    backend.faults.refuses = { read: 'not_signed_in' };
    await inbox.markRead();
    const { status, error, notifications } = inbox.getState();
    expect([status, error?.code, notifications, backend.socket.open]).to.deep.equal(['error', 'not_signed_in', [], 0]);
  });

  it('keeps what belongs to a session within it', async () => {
    const { clock, database, inbox, backend } = await open();
    for (let told = 0; told < 60; told++) database.tell({}, { silently: true });
    await Promise.all([inbox.refresh(), clock.advance(100)]);
    backend.faults.latency = 500;
    const late = [inbox.loadOlder(), inbox.markRead()];
    backend.signIn('somebody else');
    await clock.advance(500);
    await Promise.all(late);
    const { notifications, older } = inbox.getState();
    expect([notifications.length, older]).to.deep.equal([50, 'more']);
    expect(inbox.getState().unread, 'as the database has it').to.equal(database.unread);
  });

  it('registers a device for push with language and zone, and takes it back', async () => {
    const { database, inbox } = await open();
    const subscription = { endpoint: 'https://push.example/1' };
    await inbox.subscribeToPush(subscription, { locale: 'sv', timeZone: 'Europe/Stockholm' });
    expect(database.pushes).to.deep.equal([{ subscription, locale: 'sv', time_zone: 'Europe/Stockholm' }]);
    await inbox.unsubscribeFromPush(subscription.endpoint);
    expect(database.pushes).to.deep.equal([]);
  });

  it('joins sixty topics at most, and shares with the tabs that have the same', async () => {
    const topics = Array.from({ length: 70 }, (_, number) => `openslot:desk:${number}`);
    const { backend, names, inbox } = await open({ topics });
    expect([backend.socket.open, inbox.getState().connection]).to.deep.equal([60, 'live']);
    expect(names).to.deep.equal([`openslot-inbox:${topics.join()}`]);
  });

  it('of a patient needs a token', () => {
    const project = { supabaseUrl: 'https://clinic.supabase.co', supabaseKey: 'sb_publishable_abc' };
    expect(() => createInbox({ ...project, token: '' }))
      .to.throw()
      .that.satisfies(({ code, detail }: OpenslotError) => code === 'missing_config' && detail['name'] === 'token');
    expect(createInbox({ ...project, token: 't' }).getState().status).to.equal('loading');
  });
});
