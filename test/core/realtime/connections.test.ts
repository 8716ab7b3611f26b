import { expect } from '@open-wc/testing';
import type { ChannelStatus } from '../../../src/core/realtime/types.ts';
import { RealtimeConnections } from '../../../src/core/realtime/connections.ts';
import { CHANGE, connectFake, PACKED_CHANGE, PROVIDER } from '../../support/fakes/fake-realtime.ts';

async function joined(options = {}) {
  const all = connectFake(options);
  const leave = all.listen();
  await all.clock.settle();
  all.realtime.connected = true;
  all.realtime.channels[0]!.says('SUBSCRIBED');
  return { ...all, leave, channel: all.realtime.channels[0]! };
}

describe('a live connection', () => {
  it('opens its socket before any channel is asked for', async () => {
    const { clock, realtime } = connectFake();
    await clock.settle();
    expect([realtime.connects, realtime.channels.length]).to.deep.equal([1, 0]);
  });

  it('joins the provider’s private topic and passes its messages on', async () => {
    const { channel, changes, statuses } = await joined();
    expect([channel.topic, channel.config]).to.deep.equal([`openslot:provider:${PROVIDER}`, { private: true }]);
    channel.receives('broadcast', {
      type: 'broadcast',
      event: 'slots',
      payload: { ...PACKED_CHANGE, id: 'set by realtime.send' },
    });
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
    channel.receives('broadcast', { payload: PACKED_CHANGE });
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

  it('is down while the socket is, as the client then rejoins by itself', async () => {
    const { channel, realtime, statuses } = await joined();
    realtime.connected = false;
    channel.says('CHANNEL_ERROR', new Error('socket closed: 1006'));
    realtime.connected = true;
    channel.says('SUBSCRIBED');
    expect(statuses).to.deep.equal(['joined', 'down', 'joined']);
    expect(realtime.channels).to.have.length(1);
  });

  it('is down, too, when no heartbeat is answered, though the socket still counts as open', async () => {
    const { clock, channel, realtime, statuses } = await joined();
    realtime.heartbeatCallback('timeout');
    channel.says('CHANNEL_ERROR', new Error('heartbeat timeout'));
    await clock.settle();
    channel.says('SUBSCRIBED');
    expect(statuses).to.deep.equal(['joined', 'down', 'joined']);
    expect(realtime.channels).to.have.length(1);
  });

  it('is closed when the server’s channel crashed, lest all clients rejoin in the same second', async () => {
    const { clock, channel, realtime, statuses } = await joined();
    channel.says('CHANNEL_ERROR', new Error('channel error: transport failure'));
    await clock.settle();
    expect([statuses, realtime.channels.length]).to.deep.equal([['joined', 'closed'], 0]);
  });

  it('joins a topic of its own for rows, on which no broadcast is received', async () => {
    const { clock, realtime, listen } = connectFake();
    listen(true);
    await clock.settle();
    expect(realtime.channels.map(({ topic }) => topic)).to.deep.equal([`openslot:rows:${PROVIDER}`]);
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

  it('leaves once, though leaving tells that the channel is closed', async () => {
    const closed = await joined();
    closed.channel.says('CLOSED');
    await closed.clock.settle();
    expect(closed.realtime.removals).to.equal(1);
    const left = await joined();
    left.leave();
    await left.clock.settle();
    expect([left.realtime.removals, left.statuses]).to.deep.equal([1, ['joined']]);
  });

  for (const refusal of ['CHANNEL_ERROR', 'TIMED_OUT'] as const) {
    it(`is closed when it may not join (${refusal}), so that the client doesn’t ask for ever`, async () => {
      const { clock, realtime, statuses, listen } = connectFake();
      listen();
      await clock.settle();
      realtime.connected = true;
      realtime.channels[0]!.says(refusal, new Error('Unauthorized'));
      await clock.settle();
      expect([statuses, realtime.channels.length]).to.deep.equal([['closed'], 0]);
    });
  }

  it('is closed when its chunk can’t be loaded, and loads it again the next time', async () => {
    const { clock, realtime, source, statuses } = connectFake();
    let loads = 0;
    source.load = () =>
      ++loads === 1 ? Promise.reject(new TypeError('Failed to fetch module')) : Promise.resolve(realtime);
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
    const { clock, realtime, listen, connection } = connectFake();
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
    const own = connectFake();
    const second = own.connections.connect();
    own.connection.close();
    own.connection.close();
    await own.clock.settle();
    expect(own.realtime.disconnects).to.equal(0);
    second.close();
    await own.clock.settle();
    expect(own.realtime.disconnects).to.equal(1);
    const foreign = connectFake({ foreign: true });
    foreign.connection.close();
    await foreign.clock.settle();
    expect(foreign.realtime.disconnects).to.equal(0);
  });
});

describe('a socket on which every channel was closed', () => {
  const watch = ({ connection }: ReturnType<typeof connectFake>) =>
    connection.viewers(PROVIDER, { status: () => undefined, viewers: () => undefined });

  it('is replaced before the next join, once, as its credentials may have expired', async () => {
    const all = await joined();
    const { clock, channel, realtime, listen } = all;
    channel.says('CLOSED');
    await clock.settle();
    expect(realtime.disconnects).to.equal(0);
    listen();
    await clock.settle();
    watch(all);
    await clock.settle();
    expect([realtime.disconnects, realtime.connects, realtime.channels.length]).to.deep.equal([1, 2, 2]);
  });

  it('is none as long as another channel is joined on it', async () => {
    const all = await joined();
    const { clock, realtime } = all;
    watch(all);
    await clock.settle();
    realtime.channels[1]!.says('CLOSED');
    watch(all);
    await clock.settle();
    expect([realtime.disconnects, realtime.made.length, realtime.channels.length]).to.deep.equal([0, 3, 2]);
  });

  it('is kept when it is the page’s own and the page has channels on it', async () => {
    const { clock, channel, realtime, listen } = await joined({ foreign: true });
    realtime.channel('of the page', { config: {} });
    channel.says('CLOSED');
    listen();
    await clock.settle();
    expect([realtime.disconnects, realtime.channels.length]).to.deep.equal([0, 2]);
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
    const { clock, realtime, connection } = connectFake();
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
    const { clock, realtime, source } = connectFake({ foreign: true });
    await clock.settle();
    const heard: string[] = [];
    realtime.heartbeatCallback = (status) => heard.push(status);
    new RealtimeConnections(source).connect();
    await clock.settle();
    realtime.answerHeartbeat();
    expect(heard).to.deep.equal(['ok']);
  });
});
