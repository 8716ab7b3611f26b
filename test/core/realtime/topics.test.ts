import { expect } from '@open-wc/testing';
import { CHANGE, connectFake, PACKED_CHANGE, PROVIDER } from '../../support/fakes/fake-realtime.ts';

describe('changed rows', () => {
  const row = {
    id: 7,
    provider_id: PROVIDER,
    start_time: '2026-11-24T08:00:00+00:00',
    end_time: '2026-11-24T08:20:00+00:00',
    status: 'held',
    held_until: '2026-11-23T07:05:00+00:00',
    revision: 4,
  };

  it('count from when the server says that it is ready, each time', async () => {
    const { clock, realtime, statuses, listen } = connectFake();
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
    const { clock, realtime, changes, listen } = connectFake();
    listen(true);
    await clock.settle();
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    expect(channel.bound[0]?.filter).to.deep.equal({
      event: '*',
      schema: 'openslot',
      table: 'availability_slots',
      filter: `provider_id=eq.${PROVIDER}`,
    });
    channel.receives('postgres_changes', { eventType: 'UPDATE', new: row, old: { id: 7 } });
    channel.receives('postgres_changes', { eventType: 'DELETE', new: {}, old: { id: 7 } });
    expect(changes).to.deep.equal([{ ...CHANGE, after: 4 }]);
  });

  it('are open, held, or can’t be had any more, whatever the reason', async () => {
    const { clock, realtime, changes, listen } = connectFake();
    listen(true);
    await clock.settle();
    for (const status of ['open', 'held', 'booked', 'blocked', 'removed'])
      realtime.channels[0]!.receives('postgres_changes', { eventType: 'UPDATE', new: { ...row, status } });
    expect(changes.map(({ slots }) => `${slots[0]!.status} ${slots[0]!.held_until ?? ''}`)).to.deep.equal([
      'open ',
      `held ${CHANGE.slots[0]!.held_until!}`,
      'removed ',
      'removed ',
      'removed ',
    ]);
  });

  it('that are no times are dropped', async () => {
    const { clock, realtime, changes, listen } = connectFake();
    listen(true);
    await clock.settle();
    for (const wrong of [
      { start_time: 7 },
      { end_time: null },
      { end_time: row.start_time },
      { revision: 'x' },
      { held_until: 'soon' },
    ])
      realtime.channels[0]!.receives('postgres_changes', { eventType: 'UPDATE', new: { ...row, ...wrong } });
    expect(changes).to.deep.equal([]);
  });
});

describe('signals', () => {
  const topic = 'openslot:desk:5f0c1d2e-0000-4000-8000-000000000001';

  it('are told by their own topic, and tell at most which notification to fetch', async () => {
    const { clock, realtime, connection } = connectFake();
    const told: unknown[] = [];
    connection.signals(topic, { status: (status) => told.push(status), signal: (signal) => told.push(signal) });
    await clock.settle();
    const [channel] = realtime.channels as [(typeof realtime.channels)[0]];
    expect([channel.topic, channel.config]).to.deep.equal([topic, { private: true }]);
    channel.says('SUBSCRIBED');
    channel.receives('broadcast', { event: 'changed', payload: { notification: 7 } });
    channel.receives('broadcast', { event: 'changed', payload: { notification: null } });
    channel.receives('broadcast', { event: 'changed', payload: {} });
    channel.receives('broadcast', { event: 'slots', payload: PACKED_CHANGE });
    expect(told).to.deep.equal(['joined', { notification: 7 }, { notification: null }, { notification: null }]);
  });

  it('are asked for only once the client has found who is signed in', async () => {
    const { clock, realtime, connection } = connectFake({ foreign: true });
    let signedIn: () => void = () => undefined;
    realtime.signingIn = new Promise((resolve) => (signedIn = resolve));
    connection.signals(topic, { status: () => undefined, signal: () => undefined });
    await clock.settle();
    expect(realtime.made).to.have.length(0);
    signedIn();
    await clock.settle();
    expect(realtime.made.map(({ subscribed }) => subscribed)).to.deep.equal([true]);
  });
});

describe('viewers', () => {
  it('are counted by what is tracked, of whom this tab is one once it tracks', async () => {
    const { clock, realtime, connection } = connectFake();
    const told: unknown[] = [];
    const viewers = connection.viewers(PROVIDER, {
      status: (status) => told.push(status),
      viewers: (...counted) => told.push(counted),
    });
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
    const { clock, realtime, connection } = connectFake();
    const viewers = connection.viewers(PROVIDER, { status: () => undefined, viewers: () => undefined });
    await clock.settle();
    realtime.channels[0]!.trackAnswer = 'error';
    const refused = await viewers.track().catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'realtime_refused');
  });
});
