/** What widgets of one page share: clients, sockets and channels, also while some come and others go. */
import { expect } from '@open-wc/testing';
import type { ChannelStatus } from '../../../src/core/realtime/types.ts';
import { connectionsOver, RealtimeConnections } from '../../../src/core/realtime/connections.ts';
import { connectFake, PROVIDER } from '../../support/fakes/fake-realtime.ts';

const WHILE_GIVING_UP = 4_000;

async function joined(options = {}) {
  const all = connectFake(options);
  const leave = all.listen();
  await all.clock.settle();
  all.realtime.connected = true;
  all.realtime.channels[0]!.says('SUBSCRIBED');
  return { ...all, leave, channel: all.realtime.channels[0]! };
}

describe('connections over a client of the page', () => {
  it('are the same for all that use it, as one client can’t join a topic twice', () => {
    const { source } = connectFake({ foreign: true });
    const [client, another] = [{}, {}];
    const first = connectionsOver({ ...source, client });
    expect(connectionsOver({ ...source, client })).to.equal(first);
    expect(connectionsOver({ ...source, client: another })).to.not.equal(first);
  });

  it('are others for each client of the widgets’ own', () => {
    const { source } = connectFake();
    expect(connectionsOver(source)).to.not.equal(connectionsOver(source));
  });

  it('join without a token where nobody can be signed in', async () => {
    const { clock, realtime, listen } = connectFake({ foreign: true });
    Object.defineProperty(realtime, 'setAuth', { value: undefined });
    listen();
    await clock.settle();
    expect(realtime.channels[0]?.subscribed).to.equal(true);
  });
});

describe('a listener that comes later to a channel', () => {
  it('receives “joined” only while the channel is joined', async () => {
    const { clock, channel, realtime, statuses, listen } = await joined();
    realtime.connected = false;
    channel.says('CHANNEL_ERROR');
    listen();
    await clock.settle();
    expect(statuses).to.deep.equal(['joined', 'down']);
    channel.says('SUBSCRIBED');
    expect(statuses).to.deep.equal(['joined', 'down', 'joined', 'joined']);
  });

  it('receives nothing when it leaves at once', async () => {
    const { clock, statuses, listen } = await joined();
    listen()();
    await clock.settle();
    expect(statuses).to.deep.equal(['joined']);
  });

  it('receives only that the channel is closed when that happens at once', async () => {
    const { clock, channel, statuses, listen } = await joined();
    listen();
    channel.says('CLOSED');
    await clock.settle();
    expect(statuses).to.deep.equal(['joined', 'closed', 'closed']);
  });

  it('receives how many look at the provider', async () => {
    const { clock, realtime, connection } = connectFake();
    const watch = () => {
      const counts: [number, boolean][] = [];
      connection.viewers(PROVIDER, { status: () => undefined, viewers: (...count) => counts.push(count) });
      return counts;
    };
    const first = watch();
    await clock.settle();
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    channel.state = { one: [{}], another: [{}, {}] };
    channel.says('SUBSCRIBED');
    channel.receives('presence', {});
    const second = watch();
    await clock.settle();
    expect([first, second]).to.deep.equal([[[3, false]], [[3, false]]]);
  });
});

describe('a channel', () => {
  it('that the server closed is over, also while the socket is down', async () => {
    const { channel, realtime, statuses } = await joined();
    realtime.connected = false;
    channel.says('CLOSED');
    expect(statuses).to.deep.equal(['joined', 'closed']);
  });

  it('that crashes later counts as closed, though a heartbeat wasn’t answered before', async () => {
    const { clock, channel, realtime, statuses } = await joined();
    realtime.heartbeatCallback('timeout');
    channel.says('CHANNEL_ERROR');
    await clock.settle();
    channel.says('SUBSCRIBED');
    channel.says('CHANNEL_ERROR');
    expect(statuses).to.deep.equal(['joined', 'down', 'joined', 'closed']);
  });

  it('that was left says nothing about the socket’s credentials', async () => {
    const { clock, realtime, leave, listen } = await joined();
    leave();
    await clock.settle();
    listen();
    await clock.settle();
    expect([realtime.made.length, realtime.disconnects]).to.deep.equal([2, 0]);
  });

  it('that was never made is not removed', async () => {
    const { clock, realtime, listen } = connectFake();
    listen()();
    await clock.settle();
    expect(realtime.removals).to.equal(0);
  });
});

describe('the socket', () => {
  it('is not opened when everybody left before the client was there', async () => {
    const { clock, realtime, connection } = connectFake();
    connection.close();
    await clock.settle();
    expect(realtime.connects).to.equal(0);
  });

  it('stays open for a widget that comes while the last one leaves', async () => {
    const { clock, realtime, connection, connections } = await joined();
    connection.close();
    connections.connect();
    await clock.advance(WHILE_GIVING_UP);
    expect(realtime.disconnects).to.equal(0);
  });

  it('stays open for a widget that comes while the client may still be giving up a dead socket', async () => {
    const { clock, realtime, connection, connections } = await joined();
    connection.close();
    await clock.settle();
    expect(realtime.disconnects).to.equal(1);
    connections.connect();
    await clock.advance(WHILE_GIVING_UP);
    expect(realtime.disconnects).to.equal(1);
  });

  it('is closed once more when no widget came, as a client that gives up a dead socket connects again', async () => {
    const { clock, realtime, connection } = await joined();
    connection.close();
    await clock.advance(WHILE_GIVING_UP - 1);
    expect(realtime.disconnects).to.equal(1);
    await clock.advance(1);
    expect(realtime.disconnects).to.equal(2);
  });

  it('is not closed by a widget that leaves after the client could not be loaded', async () => {
    const { clock, source } = connectFake();
    source.load = () => Promise.reject(new TypeError('Failed to fetch module'));
    const connection = new RealtimeConnections(source).connect();
    const statuses: ChannelStatus[] = [];
    connection.slots(PROVIDER, { status: (status) => statuses.push(status), change: () => undefined });
    await clock.settle();
    connection.close();
    await clock.settle();
    expect(statuses).to.deep.equal(['closed']);
  });

  for (const foreign of [false, true]) {
    it(`${foreign ? 'of the page' : 'of the widgets'} on which every channel was closed is replaced, unless all leave meanwhile`, async () => {
      const staying = await joined({ foreign });
      staying.channel.says('CLOSED');
      await staying.clock.settle();
      staying.listen();
      await staying.clock.settle();
      expect([staying.realtime.disconnects, staying.realtime.connects]).to.deep.equal([1, 2]);

      const leaving = await joined({ foreign });
      let closed: () => void = () => undefined;
      leaving.realtime.closing = new Promise((resolve) => (closed = resolve));
      leaving.channel.says('CLOSED');
      await leaving.clock.settle();
      leaving.listen();
      await leaving.clock.settle();
      leaving.connection.close();
      closed();
      await leaving.clock.settle();
      expect(leaving.realtime.connects).to.equal(1);
    });
  }
});

describe('a proof that fails', () => {
  it('leaves a socket alone whose heartbeat the client has dealt with itself', async () => {
    const { clock, realtime, connection } = await joined();
    const proof = connection.prove(3_000).catch((error: unknown) => error);
    await clock.settle();
    realtime.pendingHeartbeatRef = null;
    await clock.advance(3_000);
    expect(await proof).to.have.property('code', 'network');
    expect([realtime.heartbeats, realtime.replaced, realtime.disconnects]).to.deep.equal([1, 0, 0]);
  });

  it('opens a socket anew that was lost meanwhile', async () => {
    const { clock, realtime, connection } = await joined();
    const proof = connection.prove(3_000).catch((error: unknown) => error);
    await clock.settle();
    realtime.connected = false;
    await clock.advance(3_000);
    expect(await proof).to.have.property('code', 'network');
    expect([realtime.replaced, realtime.disconnects, realtime.connects]).to.deep.equal([0, 1, 2]);
  });

  it('never closes the page’s own socket', async () => {
    const { clock, realtime, connection } = connectFake({ foreign: true });
    await clock.settle();
    const proof = connection.prove(3_000).catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await proof).to.have.property('code', 'network');
    expect(realtime.disconnects).to.equal(0);
  });

  it('opens no socket when the widget left while the proof was awaited', async () => {
    const { clock, realtime, connection } = connectFake();
    await clock.settle();
    const proof = connection.prove(3_000).catch((error: unknown) => error);
    await clock.advance(2_999);
    connection.close();
    const { connects } = realtime;
    await clock.advance(1);
    expect(await proof).to.have.property('message', 'The live connection did not answer.');
    expect(realtime.connects).to.equal(connects);
  });
});
