import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import pg from 'pg';
import type { TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { TestServer } from './support/server.ts';

interface Received {
  event: string;
  id: string;
  payload: Record<string, unknown>;
}

describe('broadcasts from the database', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`create policy "all" on realtime.messages for select to anon using (extension = 'broadcast')`);
  });
  after(() => database.stop());

  beforeEach(async () => {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, random: () => 0.5 });
  });
  afterEach(() => server.stop());

  async function listener(topic: string, broadcast: Record<string, unknown> = {}): Promise<TestClient> {
    const client = await server.connect();
    await client.join(topic, { config: { private: true, broadcast } });
    return client;
  }

  async function send(payload: unknown, topic: string, on = database): Promise<void> {
    await on.query(`select realtime.send($1, 'changed', $2)`, [JSON.stringify(payload), topic]);
  }

  /** The next frame. It must be a binary one, as `realtime.send` causes. */
  async function nextBroadcast(client: TestClient): Promise<Received> {
    const { isBinary, data } = await client.next();
    assert.ok(isBinary, data.toString());
    const [kind, topicLength = 0, eventLength = 0, metaLength = 0] = data;
    assert.equal(kind, 4);
    const event = 5 + topicLength;
    const meta = event + eventLength;
    const payload = meta + metaLength;
    return {
      event: data.toString('utf8', event, meta),
      id: (JSON.parse(data.toString('utf8', meta, payload)) as { id: string }).id,
      payload: JSON.parse(data.toString('utf8', payload)) as Record<string, unknown>,
    };
  }

  it('gives each payload the id of the meta data, unless it has one', async () => {
    const client = await listener('news');
    await send({ n: 1 }, 'news');
    const first = await nextBroadcast(client);
    assert.deepEqual(first, { event: 'changed', id: first.id, payload: { n: 1, id: first.id } });
    await send({ id: 'mine' }, 'news');
    const second = await nextBroadcast(client);
    assert.deepEqual(second.payload, { id: 'mine' });
    assert.notEqual(second.id, 'mine');
  });

  it('arrive in the order of the commits', async () => {
    const client = await listener('news');
    const slow = new pg.Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('begin');
    await slow.query(`select realtime.send('{"from": "began first"}', 'changed', 'news')`);
    await send({ from: 'committed first' }, 'news');
    await slow.query('commit');
    await slow.end();
    const order = [await nextBroadcast(client), await nextBroadcast(client)].map(({ payload }) => payload['from']);
    assert.deepEqual(order, ['committed first', 'began first']);
  });

  it('are never sent if their transaction is rolled back', async () => {
    const client = await listener('news');
    await database.query('begin');
    await send({ n: 1 }, 'news');
    await database.query('rollback');
    await send({ n: 2 }, 'news');
    assert.equal((await nextBroadcast(client)).payload['n'], 2);
  });

  it('only cause a warning when they fail', async () => {
    const caller = new pg.Client({ connectionString: database.url });
    await caller.connect();
    const warned = new Promise((resolve) => caller.once('notice', ({ message }) => resolve(message)));
    await caller.query('begin');
    await caller.query('set local role anon');
    await caller.query(`select realtime.send('{}', 'forged', 'news')`);
    await caller.query('commit');
    assert.equal(
      await warned,
      'ErrorSendingBroadcastMessage: new row violates row-level security policy for table "messages"',
    );
    await caller.end();
  });

  it('are lost without listeners, but can be replayed to a private channel', async () => {
    const watcher = await listener('news');
    for (let n = 1; n <= 30; n += 1) await send({ n }, 'replayed');
    await send({}, 'news');
    await nextBroadcast(watcher);
    const client = await server.connect();
    await client.join('replayed', { config: { private: true, broadcast: { replay: { since: 0, limit: 100 } } } });
    const numbers: unknown[] = [];
    for (let n = 6; n <= 30; n += 1) {
      const [joinRef, ref, , event, message] = await client.nextJson();
      const { payload, meta } = message as { payload: { n: number; id: string }; meta: unknown };
      assert.deepEqual([joinRef, ref, event, meta], ['1', null, 'broadcast', { id: payload.id, replayed: true }]);
      numbers.push(payload.n);
    }
    assert.deepEqual(
      numbers,
      Array.from({ length: 25 }, (_, index) => index + 6),
    );
    await client.expectSilence();
  });

  for (const [title, config, message] of [
    ['on a public topic', { broadcast: { replay: { since: 0 } } }, 'Replay is not allowed for public channels'],
    [
      'with a date in words',
      { private: true, broadcast: { replay: { since: 'today' } } },
      'Replay params are not valid',
    ],
  ] as const) {
    it(`refuses a replay ${title}`, async () => {
      const client = await server.connect();
      client.sendJoin('news', { config });
      await clock.waitsFor(5_000);
      clock.advance(5_000);
      assert.deepEqual((await client.nextJson())[4], {
        status: 'error',
        response: { reason: `UnableToReplayMessages: ${message}` },
      });
    });
  }

  it('are lost without notice while the connection to the database is down', async () => {
    const client = await listener('news');
    await database.query('select pg_terminate_backend(pid) from pg_stat_replication');
    // The first of the growing waits: between 5 and 15 s.
    await clock.waitsFor(10_000);
    await send({ n: 'lost' }, 'news');
    clock.advance(10_000);
    await database.waitUntil(
      `select from pg_stat_replication where application_name = 'realtime_replication_connection' and state = 'streaming'`,
    );
    await send({ n: 'received' }, 'news');
    assert.equal((await nextBroadcast(client)).payload['n'], 'received');
  });
});

describe('without a database', { timeout: 300_000 }, () => {
  it('lets clients join public topics at once and refuses private ones after 16 s', async () => {
    const database = await TestDatabase.start();
    const clock = new FakeClock();
    const server = await TestServer.start(database.url, { clock });
    const client = await server.connect();
    await database.stop();
    await client.join('public');
    client.sendJoin('private', { config: { private: true }, ref: '2' });
    for (let waited = 0; waited < 11_000; waited += 500) {
      await clock.waitsFor(500);
      clock.advance(500);
    }
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    assert.deepEqual((await client.nextJson())[4], {
      status: 'error',
      response: { reason: 'UnableToConnectToProject: Realtime was unable to connect to the project database' },
    });
    await server.stop();
  });
});
