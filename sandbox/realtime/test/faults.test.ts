import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RealtimeLimits } from '../options.ts';
import type { TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, signToken, TestServer } from './support/server.ts';
import { until } from './support/until.ts';

describe('faults on purpose', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create policy "all" on realtime.messages for select to anon, authenticated using (true);
      create table public.slots (id integer primary key);
      grant select on public.slots to anon;
      alter publication supabase_realtime add table public.slots;
    `);
  });
  after(() => database.stop());
  afterEach(() => server.stop());

  async function startServer(limits: RealtimeLimits = {}): Promise<void> {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, limits });
  }

  async function joined(config: Record<string, unknown> = {}): Promise<TestClient> {
    const client = await server.connect();
    await client.join('news', { config: { private: true, ...config } });
    return client;
  }

  async function send(n: number, topic = 'news'): Promise<void> {
    await database.query(`select realtime.send($1, 'changed', $2)`, [JSON.stringify({ n }), topic]);
  }

  async function expectMessage(client: TestClient, n: number): Promise<void> {
    assert.match((await client.next()).data.toString(), new RegExp(`"n": ${n},`));
  }

  it('drop the next broadcasts of the database that have listeners', async () => {
    await startServer();
    const client = await joined();
    server.faults.dropBroadcasts(2);
    await send(1, 'no listener');
    for (const n of [2, 3, 4]) await send(n);
    await expectMessage(client, 4);
    assert.deepEqual(server.faults.lost, { dropped: 2, overLimit: 0, whileDeaf: 0 });
  });

  it('drop all broadcasts of the database, and of no client, until they are switched off', async () => {
    await startServer();
    const client = await joined({ broadcast: { self: true } });
    server.faults.dropBroadcasts();
    for (const n of [1, 2, 3]) await send(n);
    await until(() => server.faults.lost.dropped === 3);
    const public_ = await server.connect();
    await public_.join('news', { config: { broadcast: { self: true } } });
    public_.send(['1', '2', 'realtime:news', 'broadcast', { from: 'a client' }]);
    assert.deepEqual((await public_.nextJson())[4], { from: 'a client' });
    await client.expectSilence();
    server.faults.dropBroadcasts(0);
    await send(4);
    await expectMessage(client, 4);
  });

  it('lose all that the database sends for a while', async () => {
    await startServer();
    const client = await joined({ postgres_changes: [{ event: '*', schema: 'public', table: 'slots' }] });
    await client.nextSystem();
    server.faults.goDeaf(53_000);
    await send(1);
    await database.query('insert into slots values (1)');
    clock.advance(52_999);
    await send(2);
    await until(() => server.faults.lost.whileDeaf === 3);
    clock.advance(1);
    await client.expectSilence();
    await send(3);
    await expectMessage(client, 3);
    await database.query('insert into slots values (2)');
    await clock.waitsFor(500);
    clock.advance(500);
    const [, , , , payload] = await client.nextJson();
    assert.deepEqual((payload as { data: { record: unknown } }).data.record, { id: 2 });
  });

  describe('in the pool of connections for permission checks', () => {
    const REFUSED = {
      status: 'error',
      response: { reason: 'IncreaseConnectionPool: Please increase your connection pool size' },
    };

    async function joining(): Promise<TestClient> {
      const client = await server.connect();
      client.sendJoin('news', { config: { private: true } });
      return client;
    }

    it('refuse a join that waits for 10 s, after another 5 s, and then all joins at once for half a minute', async () => {
      await startServer({ authorizationPoolSize: 1 });
      server.faults.slowAuthorization(12_000);
      const slow = await joining();
      await clock.waitsFor(12_000);
      const late = await joining();
      await clock.waitsFor(10_000);
      clock.advance(9_999);
      await late.expectSilence();
      clock.advance(1);
      await clock.waitsFor(5_000);
      clock.advance(2_000);
      assert.equal(((await slow.nextJson())[4] as { status: string }).status, 'ok');
      clock.advance(2_999);
      await late.expectSilence();
      clock.advance(1);
      assert.deepEqual(await late.nextJson(), ['1', '1', 'realtime:news', 'phx_reply', REFUSED]);

      server.faults.slowAuthorization(0);
      const next = await joining();
      await clock.waitsFor(5_000);
      clock.advance(5_000);
      assert.deepEqual((await next.nextJson())[4], REFUSED);
      clock.advance(21_000);
      await joined();
    });

    it('let joins wait for a free connection if it comes in time', async () => {
      await startServer({ authorizationPoolSize: 2 });
      server.faults.slowAuthorization(4_000);
      const waiting = [];
      for (let n = 1; n <= 6; n += 1) waiting.push(await joining());
      for (let round = 1; round <= 3; round += 1) {
        await clock.waitsFor(4_000);
        clock.advance(4_000);
        for (const client of waiting.splice(0, 2)) {
          assert.equal(((await client.nextJson())[4] as { status: string }).status, 'ok');
        }
        for (const client of waiting) await client.expectSilence();
      }
    });

    it('do not affect public joins', async () => {
      await startServer({ authorizationPoolSize: 1 });
      server.faults.slowAuthorization(60_000);
      await joining();
      await clock.waitsFor(60_000);
      await (await server.connect()).join('news');
    });

    it('close a channel whose new token gets no connection', async () => {
      await startServer({ authorizationPoolSize: 1 });
      const client = await joined();
      server.faults.slowAuthorization(60_000);
      await joining();
      await clock.waitsFor(60_000);
      const access_token = await signToken({ role: 'authenticated', exp: inSeconds(600, clock.now()) });
      client.send(['1', '2', 'realtime:news', 'access_token', { access_token }]);
      await clock.waitsFor(10_000);
      clock.advance(10_000);
      const message = ':increase_connection_pool';
      assert.deepEqual(await client.nextSystem(), { message, status: 'error', extension: 'system', channel: 'news' });
      assert.equal((await client.nextJson())[3], 'phx_close');
    });
  });
});
