import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { SUBSCRIBED } from './support/changes.ts';
import type { TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, signToken, TestServer } from './support/server.ts';

describe('table changes with the delays of the real server', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create table public.slots (id integer primary key);
      create table public.rules (id integer primary key);
      grant select on public.slots to anon;
      alter publication supabase_realtime add table public.slots;
    `);
  });
  after(() => database.stop());

  beforeEach(async () => {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, random: () => 0 });
  });
  afterEach(() => server.stop());

  async function listener(): Promise<TestClient> {
    const client = await server.connect();
    await client.join('changes', { config: { postgres_changes: [{ event: '*', schema: 'public', table: 'slots' }] } });
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    return client;
  }

  async function expectInsert(client: TestClient, id: number): Promise<void> {
    const [, , , event, payload] = await client.nextJson();
    assert.deepEqual([event, (payload as { data: { record: unknown } }).data.record], ['postgres_changes', { id }]);
  }

  it('delivers every 500 ms', async () => {
    const client = await listener();
    clock.advance(100);
    await database.query('insert into slots values (1)');
    await clock.waitsFor(400);
    clock.advance(399);
    await client.expectSilence();
    clock.advance(1);
    await expectInsert(client, 1);
  });

  it('confirms the renewed subscription once after two new tokens, 2 s after the latter', async () => {
    const client = await listener();
    /** The channel has handled all earlier messages before it answers this call. */
    async function expectNothingBefore(ref: string): Promise<void> {
      client.send(['1', ref, 'realtime:changes', 'presence', { event: 'untrack' }]);
      assert.equal((await client.nextJson())[1], ref);
    }
    for (const ref of ['2', '3']) {
      const access_token = await signToken({ role: 'anon', exp: inSeconds(600, clock.now()), ref });
      client.send(['1', null, 'realtime:changes', 'access_token', { access_token }]);
      await expectNothingBefore(ref);
      clock.advance(1_999);
    }
    await expectNothingBefore('4');
    clock.advance(1);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    clock.advance(2_000);
    await expectNothingBefore('5');
  });

  it('confirms the renewed subscription when the publication changes', async () => {
    const client = await listener();
    await database.query('alter publication supabase_realtime add table rules');
    clock.advance(60_000);
    await clock.waitsFor(2_000);
    clock.advance(2_000);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
  });

  const FOLLOWS = `select from pg_stat_replication where application_name = 'realtime_rls' and state = 'streaming'`;

  it('sends no message when the database restarts, and delivers changes again', async () => {
    const client = await listener();
    await database.restart();
    await clock.waitsFor(100);
    await database.query('insert into slots values (2)');
    clock.advance(100);
    await database.waitUntil(FOLLOWS);
    await client.expectSilence();
    await database.query('insert into slots values (3)');
    await clock.waitsFor(400);
    clock.advance(400);
    await expectInsert(client, 3);
  });

  it('confirms the renewed subscription when the database was away for longer', async () => {
    const client = await listener();
    const letConnect = 'update pg_database set datallowconn = $1 where datname = current_database()';
    await database.query(letConnect, [false]);
    await database.query('select pg_terminate_backend(pid) from pg_stat_replication');
    for (let failed = 0; failed < 6; failed += 1) {
      await clock.waitsFor(100);
      clock.advance(100);
    }
    await clock.waitsFor(100);
    await database.query(letConnect, [true]);
    clock.advance(100);
    await clock.waitsFor(2_000);
    await client.expectSilence();
    clock.advance(2_000);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
  });
});
