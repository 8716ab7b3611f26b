import { expect } from '@open-wc/testing';
import type { ChannelStatus } from '../../src/core/backend.ts';
import { RealtimeConnections } from '../../src/core/realtime-connection.ts';
import type { SlotsChange } from '../../src/core/types.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { FakeRealtime } from '../support/fake-realtime.ts';

const PROVIDER = '5f0c1d2e-0000-4000-8000-000000000001';
const CHANGE: SlotsChange = {
  after: 3,
  revision: 4,
  slots: [{ id: 7, start: '2026-11-24T08:00:00Z', end: '2026-11-24T08:20:00Z', status: 'held', held_until: '2026-11-23T07:05:00Z', revision: 4 }],
};

function setUp({ foreign = false } = {}) {
  const clock = createFakeClock();
  const realtime = new FakeRealtime();
  const source = { foreign, clock, load: () => Promise.resolve(realtime) };
  const connections = new RealtimeConnections(source);
  const connection = connections.connect();
  const statuses: ChannelStatus[] = [];
  const changes: SlotsChange[] = [];
  const listen = (rows = false) =>
    connection.slots(
      PROVIDER,
      { status: (status) => statuses.push(status), change: (change) => changes.push(change) },
      rows ? 'rows' : 'broadcast',
    );
  return { clock, realtime, source, connections, connection, statuses, changes, listen };
}

async function joined() {
  const all = setUp();
  const leave = all.listen();
  await all.clock.settle();
  all.realtime.connected = true;
  all.realtime.channels[0]!.says('SUBSCRIBED');
  return { ...all, leave, channel: all.realtime.channels[0]! };
}

describe('a live connection', () => {
  it('opens its socket before any channel is asked for', async () => {
    const { clock, realtime } = setUp();
    await clock.settle();
    expect([realtime.connects, realtime.channels.length]).to.deep.equal([1, 0]);
  });

  it('joins the provider’s private topic and passes its messages on', async () => {
    const { channel, changes, statuses } = await joined();
    expect([channel.topic, channel.config]).to.deep.equal([`openslot:provider:${PROVIDER}`, { private: true }]);
    channel.receives('broadcast', { type: 'broadcast', event: 'slots', payload: { ...CHANGE, id: 'set by realtime.send' } });
    channel.receives('broadcast', { type: 'broadcast', event: 'slots', payload: { revision: 'x' } });
    expect(changes).to.have.length(1);
    expect(changes[0]).to.deep.include(CHANGE);
    expect(statuses).to.deep.equal(['joined']);
  });

  it('shares one channel, and tells who comes later that it is joined', async () => {
    const { clock, realtime, channel, changes, statuses, listen, leave } = await joined();
    const leaveToo = listen();
    await clock.settle();
    expect([realtime.made.length, statuses]).to.deep.equal([1, ['joined', 'joined']]);
    channel.receives('broadcast', { payload: CHANGE });
    expect(changes).to.have.length(2);
    leave();
    leave();
    await clock.settle();
    expect(realtime.channels).to.have.length(1);
    leaveToo();
    await clock.settle();
    expect([realtime.channels.length, statuses]).to.deep.equal([0, ['joined', 'joined']]);
  });

  it('waits until a channel has left before it makes its successor', async () => {
    const { clock, realtime, leave, listen } = await joined();
    let left: () => void = () => undefined;
    realtime.leaving = new Promise((resolve) => (left = resolve));
    leave();
    listen();
    await clock.settle();
    expect(realtime.made).to.have.length(1);
    left();
    await clock.settle();
    expect(realtime.made).to.have.length(2);
    expect(realtime.made[1]!.subscribed).to.equal(true);
  });

  it('is down while the client rejoins by itself', async () => {
    const { channel, realtime, statuses } = await joined();
    channel.says('CHANNEL_ERROR', new Error('socket closed: 1006'));
    realtime.connected = false;
    channel.says('CHANNEL_ERROR', new Error('socket closed: 1006'));
    realtime.connected = true;
    channel.says('SUBSCRIBED');
    expect(statuses).to.deep.equal(['joined', 'down', 'down', 'joined']);
    expect(realtime.channels).to.have.length(1);
  });

  it('is closed once the server closed it, and the next one is a new channel', async () => {
    const { clock, channel, realtime, statuses, listen } = await joined();
    channel.says('CLOSED');
    channel.says('CLOSED');
    await clock.settle();
    expect([statuses, realtime.channels.length]).to.deep.equal([['joined', 'closed'], 0]);
    listen();
    await clock.settle();
    expect(realtime.made).to.have.length(2);
  });

  for (const refusal of ['CHANNEL_ERROR', 'TIMED_OUT'] as const) {
    it(`is closed when it may not join (${refusal}), so that the client doesn’t ask for ever`, async () => {
      const { clock, realtime, statuses, listen } = setUp();
      listen();
      await clock.settle();
      realtime.connected = true;
      realtime.channels[0]!.says(refusal, new Error('Unauthorized'));
      await clock.settle();
      expect([statuses, realtime.channels.length]).to.deep.equal([['closed'], 0]);
    });
  }

  it('is closed when its chunk can’t be loaded, and loads it again the next time', async () => {
    const { clock, realtime, source, statuses } = setUp();
    let loads = 0;
    source.load = () => (++loads === 1 ? Promise.reject(new TypeError('Failed to fetch module')) : Promise.resolve(realtime));
    const fresh = new RealtimeConnections(source).connect();
    const handlers = { status: (status: ChannelStatus) => statuses.push(status), change: () => undefined };
    fresh.slots(PROVIDER, handlers);
    await clock.settle();
    expect(statuses).to.deep.equal(['closed']);
    fresh.slots(PROVIDER, handlers);
    await clock.settle();
    expect([loads, realtime.channels.length]).to.deep.equal([2, 1]);
  });

  it('leaves before it has joined without leaving anything behind', async () => {
    const { clock, realtime, listen, connection } = setUp();
    listen()();
    await clock.settle();
    expect(realtime.made).to.have.length(0);
    listen();
    await clock.settle();
    connection.close();
    await clock.settle();
    expect([realtime.channels.length, realtime.disconnects]).to.deep.equal([0, 1]);
  });

  it('closes its socket with the last user, but never the page’s own', async () => {
    const own = setUp();
    const second = own.connections.connect();
    own.connection.close();
    own.connection.close();
    await own.clock.settle();
    expect(own.realtime.disconnects).to.equal(0);
    second.close();
    await own.clock.settle();
    expect(own.realtime.disconnects).to.equal(1);
    const foreign = setUp({ foreign: true });
    foreign.connection.close();
    await foreign.clock.settle();
    expect(foreign.realtime.disconnects).to.equal(0);
  });
});

describe('changed rows', () => {
  const row = { id: 7, provider_id: PROVIDER, start_time: '2026-11-24T08:00:00+00:00', end_time: '2026-11-24T08:20:00+00:00', status: 'held', held_until: '2026-11-23T07:05:00+00:00', revision: 4 };

  it('count from when the server says that it is ready, each time', async () => {
    const { clock, realtime, statuses, listen } = setUp();
    listen(true);
    await clock.settle();
    realtime.connected = true;
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    channel.says('SUBSCRIBED');
    expect(statuses).to.deep.equal([]);
    const ready = { extension: 'postgres_changes', status: 'ok', message: 'Subscribed to PostgreSQL' };
    channel.receives('system', ready);
    channel.receives('system', { extension: 'system', status: 'ok', message: 'something else' });
    channel.receives('system', ready);
    expect(statuses).to.deep.equal(['joined', 'joined']);
    channel.receives('system', { ...ready, status: 'error', message: 'Unable to subscribe' });
    expect(statuses).to.deep.equal(['joined', 'joined', 'closed']);
  });

  it('become changes whose predecessor is unknown; a deleted row is nobody’s news', async () => {
    const { clock, realtime, changes, listen } = setUp();
    listen(true);
    await clock.settle();
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    expect(channel.bound[0]?.filter).to.deep.equal({ event: '*', schema: 'openslot', table: 'availability_slots', filter: `provider_id=eq.${PROVIDER}` });
    channel.receives('postgres_changes', { eventType: 'UPDATE', new: row, old: { id: 7 } });
    channel.receives('postgres_changes', { eventType: 'DELETE', new: {}, old: { id: 7 } });
    expect(changes).to.deep.equal([{ ...CHANGE, after: 4 }]);
  });
});

describe('viewers', () => {
  it('are counted by what is tracked, of whom this tab is one once it tracks', async () => {
    const { clock, realtime, connection } = setUp();
    const told: unknown[] = [];
    const viewers = connection.viewers(PROVIDER, { status: (status) => told.push(status), viewers: (...counted) => told.push(counted) });
    await clock.settle();
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    const { presence } = channel.config as { presence: { key: string } };
    channel.says('SUBSCRIBED');
    channel.state = { a: [{}], b: [{}, {}] };
    channel.receives('presence', { event: 'sync' });
    await viewers.track();
    channel.state = { ...channel.state, [presence.key]: [{}] };
    channel.receives('presence', { event: 'sync' });
    expect(told).to.deep.equal(['joined', [3, false], [4, true]]);
    expect(channel.tracked).to.equal(1);
    connection.viewers(PROVIDER, { status: () => undefined, viewers: (...counted) => told.push(counted) });
    await clock.settle();
    expect(told.at(-1)).to.deep.equal([4, true]);
  });

  it('may not be allowed to be counted', async () => {
    const { clock, realtime, connection } = setUp();
    const viewers = connection.viewers(PROVIDER, { status: () => undefined, viewers: () => undefined });
    await clock.settle();
    realtime.channels[0]!.trackAnswer = 'error';
    const refused = await viewers.track().catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'realtime_refused');
  });
});

describe('a proof', () => {
  it('is an answered heartbeat', async () => {
    const { clock, realtime, connection } = await joined();
    const proof = connection.prove(3_000);
    await clock.settle();
    expect(realtime.heartbeats).to.equal(1);
    realtime.answerHeartbeat();
    await proof;
    expect(clock.pending).to.equal(0);
  });

  it('waits for the heartbeat that is under way instead of killing the socket with a second', async () => {
    const { clock, realtime, connection } = await joined();
    realtime.sendHeartbeat();
    const proof = connection.prove(3_000);
    await clock.settle();
    expect([realtime.heartbeats, realtime.replaced]).to.deep.equal([1, 0]);
    realtime.answerHeartbeat();
    await proof;
  });

  it('that fails makes the client replace its socket', async () => {
    const { clock, realtime, connection } = await joined();
    const proof = connection.prove(3_000).catch((error: unknown) => error);
    await clock.advance(2_999);
    expect(realtime.replaced).to.equal(0);
    await clock.advance(1);
    expect(await proof).to.have.property('code', 'network');
    expect([realtime.replaced, clock.pending]).to.deep.equal([1, 0]);
  });

  it('connects a socket that isn’t, and starts over if that hangs', async () => {
    const { clock, realtime, connection } = setUp();
    await clock.settle();
    const hanging = connection.prove(3_000).catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await hanging).to.have.property('code', 'network');
    expect([realtime.connects, realtime.disconnects]).to.deep.equal([3, 1]);
    const opening = connection.prove(3_000);
    await clock.settle();
    realtime.connected = true;
    await clock.advance(3_000);
    await opening;
  });

  it('leaves the page’s own listener to heartbeats in place', async () => {
    const { clock, realtime, source } = setUp({ foreign: true });
    await clock.settle();
    const heard: string[] = [];
    realtime.heartbeatCallback = (status) => heard.push(status);
    new RealtimeConnections(source).connect();
    await clock.settle();
    realtime.answerHeartbeat();
    expect(heard).to.deep.equal(['ok']);
  });
});
