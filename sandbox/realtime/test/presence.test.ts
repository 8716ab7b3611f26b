import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { RealtimeLimits } from '../options.ts';
import type { TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { TestServer } from './support/server.ts';

describe('presence', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create policy "anyone listens" on realtime.messages for select to anon
        using (realtime.topic() like 'slots:%' and extension = 'broadcast' or realtime.topic() like 'viewers:%');
      create policy "viewers are seen" on realtime.messages for insert to anon
        with check (realtime.topic() like 'viewers:%' and extension = 'presence');
    `);
  });
  after(() => database.stop());

  beforeEach(() => startServer());
  afterEach(() => server.stop());

  async function startServer(limits: RealtimeLimits = {}): Promise<void> {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, limits });
  }

  async function joined(topic: string, { key = '', enabled = true, isPrivate = false } = {}): Promise<TestClient> {
    const client = await server.connect();
    await client.join(topic, { config: { private: isPrivate, presence: { key, enabled } } });
    if (enabled) assert.equal((await client.nextJson())[3], 'presence_state');
    return client;
  }

  function track(client: TestClient, topic: string, payload: unknown): void {
    client.send(['1', 'track', `realtime:${topic}`, 'presence', { type: 'presence', event: 'track', payload }]);
  }

  async function expectReply(client: TestClient, status: 'ok' | 'error', response: unknown = {}): Promise<void> {
    const [, ref, , event, payload] = await client.nextJson();
    assert.deepEqual([ref, event, payload], ['track', 'phx_reply', { status, response }]);
  }

  /** The clients that joined and left, as `key: payload` without references. */
  async function nextDiff(client: TestClient): Promise<{ joins: object; leaves: object }> {
    const [, , , event, payload] = await client.nextJson();
    assert.equal(event, 'presence_diff');
    const json = JSON.stringify(payload, (key, value: unknown) => (key.startsWith('phx_ref') ? undefined : value));
    return JSON.parse(json) as { joins: object; leaves: object };
  }

  it('sends the present clients to a client that tracks without presence in its join', async () => {
    const first = await joined('room', { key: 'first' });
    track(first, 'room', {});
    await expectReply(first, 'ok');
    const late = await joined('room', { key: 'late', enabled: false });
    track(late, 'room', {});
    await expectReply(late, 'ok');
    assert.deepEqual((await nextDiff(late)).joins, { late: { metas: [{}] } });
    const [, , , event, state] = await late.nextJson();
    assert.equal(event, 'presence_state');
    assert.deepEqual(Object.keys(state as object), ['first', 'late']);
  });

  it('gives each client without a key a key of its own', async () => {
    const watcher = await joined('room', { enabled: false });
    const keys = new Set<string>();
    for (const client of [await joined('room'), await joined('room')]) {
      track(client, 'room', {});
      for (const key of Object.keys((await nextDiff(watcher)).joins)) keys.add(key);
    }
    assert.equal(keys.size, 2);
  });

  it('announces that a silent client left when its socket is closed after 66 s', async () => {
    const watcher = await joined('room');
    const silent = await joined('room', { key: 'silent' });
    track(silent, 'room', { n: 1 });
    await expectReply(silent, 'ok');
    await nextDiff(watcher);
    clock.advance(40_000);
    await watcher.expectSilence();
    clock.advance(26_000);
    assert.deepEqual(await nextDiff(watcher), { joins: {}, leaves: { silent: { metas: [{ n: 1 }] } } });
  });

  it('announces that a client left when its channel is joined again', async () => {
    const watcher = await joined('room');
    const client = await joined('room', { key: 'again' });
    track(client, 'room', {});
    await expectReply(client, 'ok');
    await nextDiff(watcher);
    client.sendJoin('room', { ref: '2' });
    assert.deepEqual(await nextDiff(watcher), { joins: {}, leaves: { again: { metas: [{}] } } });
  });

  it('closes the channel at the sixth call within 30 s', async () => {
    const client = await joined('room', { enabled: false });
    for (let n = 1; n <= 5; n += 1) {
      client.send(['1', 'track', 'realtime:room', 'presence', { type: 'presence', event: 'untrack' }]);
      await expectReply(client, 'ok');
    }
    clock.advance(30_000);
    track(client, 'room', {});
    assert.deepEqual(await client.nextSystem(), {
      message: 'Client presence rate limit exceeded',
      status: 'error',
      extension: 'system',
      channel: 'room',
    });
    assert.deepEqual(await client.nextJson(), ['1', '1', 'realtime:room', 'phx_close', {}]);
  });

  it('starts counting the calls again after 30 s', async () => {
    const client = await joined('room', { enabled: false });
    for (let n = 1; n <= 11; n += 1) {
      client.send(['1', 'track', 'realtime:room', 'presence', { type: 'presence', event: 'untrack' }]);
      await expectReply(client, 'ok');
      clock.advance(7_000);
    }
  });

  it('closes a channel when the project has used up its presence messages', async () => {
    await server.stop();
    await startServer({ presencePerSecond: 1 });
    const one = await joined('room');
    // Each track counts once as a call and once as received.
    for (let n = 1; n <= 5; n += 1) {
      track(one, 'room', { n });
      await expectReply(one, 'ok');
      await nextDiff(one);
    }
    clock.advance(5_000);
    const two = await server.connect();
    await two.join('room', { config: { presence: { enabled: true } } });
    assert.match(JSON.stringify(await two.nextSystem()), /Too many presence messages per second/);
    assert.equal((await two.nextJson())[3], 'phx_close');
  });

  it('refuses payloads that are not maps, and unknown calls', async () => {
    const client = await joined('room', { enabled: false });
    track(client, 'room', ['list']);
    await expectReply(client, 'error', { reason: 'Presence track payload must be a map' });
    client.send(['1', 'track', 'realtime:room', 'presence', { type: 'presence', event: 'wave' }]);
    await expectReply(client, 'error');
  });

  it('lets anonymous viewers track on the viewers’ topic only', async () => {
    const viewer = await joined('viewers:1', { isPrivate: true, key: 'me' });
    track(viewer, 'viewers:1', {});
    await expectReply(viewer, 'ok');
    assert.deepEqual((await nextDiff(viewer)).joins, { me: { metas: [{}] } });
    viewer.send(['1', '9', 'realtime:viewers:1', 'broadcast', { event: 'forged' }]);

    const listener = await server.connect();
    await listener.join('slots:1', { config: { private: true, broadcast: { ack: true, self: true } } });
    track(listener, 'slots:1', {});
    await expectReply(listener, 'error');
    listener.send(['1', '9', 'realtime:slots:1', 'broadcast', { event: 'forged' }]);
    for (const [client, topic] of [
      [viewer, 'viewers:1'],
      [listener, 'slots:1'],
    ] as const) {
      client.send(['1', 'next', `realtime:${topic}`, 'presence', { event: 'unknown' }]);
      assert.equal((await client.nextJson())[1], 'next');
    }
  });

  it('does not announce a client that joins without tracking', async () => {
    const viewer = await joined('viewers:1', { isPrivate: true, key: 'me' });
    track(viewer, 'viewers:1', {});
    await expectReply(viewer, 'ok');
    await nextDiff(viewer);
    const looker = await joined('viewers:1', { isPrivate: true });
    await looker.close();
    await viewer.expectSilence();
  });

  it('does not track a client that left while its permission was loaded', async () => {
    const watcher = await joined('room', { enabled: false });
    await joined('viewers:1', { isPrivate: true });
    const client = await joined('viewers:1', { isPrivate: true });
    await client.join('room', { ref: '2' });
    client.send(['2', '3', 'realtime:room', 'presence', { type: 'presence', event: 'track', payload: {} }]);
    await nextDiff(watcher);

    await database.query('begin; lock table realtime.messages in access exclusive mode');
    track(client, 'viewers:1', {});
    const lookups = `select from pg_stat_activity where application_name = 'realtime' and wait_event_type = 'Lock'`;
    await database.waitUntil(lookups);
    client.terminate();
    await nextDiff(watcher);
    await database.query('commit');

    const late = await server.connect();
    await late.join('viewers:1', { config: { private: true, presence: { enabled: true } } });
    assert.deepEqual((await late.nextJson())[4], {});
  });

  it('shows presence on a private topic only to clients that may read it', async () => {
    const viewer = await joined('viewers:1', { isPrivate: true, key: 'me' });
    const deaf = await joined('viewers:1', { isPrivate: true, enabled: false });
    track(viewer, 'viewers:1', {});
    await expectReply(viewer, 'ok');
    await deaf.expectSilence();
  });
});
