import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RealtimeLimits } from '../options.ts';
import { ConnectionRefusal, type TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { TestServer } from './support/server.ts';
import { until } from './support/until.ts';

describe('limits of a project', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create table public.slots (id integer primary key);
      grant select on public.slots to anon;
      alter publication supabase_realtime add table public.slots;
    `);
  });
  after(() => database.stop());
  afterEach(() => server.stop());

  async function startServer(limits: RealtimeLimits): Promise<void> {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, limits });
  }

  /** Sends a message from the database to the public topic `room`. */
  async function send(n: number): Promise<void> {
    await database.query(`select realtime.send($1, 'changed', 'room', false)`, [JSON.stringify({ n })]);
  }

  async function expectMessage(client: TestClient, n: number): Promise<void> {
    assert.match((await client.next()).data.toString(), new RegExp(`"n": ${n},`));
  }

  async function exchange(sender: TestClient, receiver: TestClient, messages: number): Promise<void> {
    for (let n = 1; n <= messages; n += 1) {
      sender.send(['1', `${n}`, 'realtime:room', 'broadcast', { n }]);
      assert.equal((await receiver.nextJson())[3], 'broadcast');
    }
  }

  it('closes the channels that receive more messages per second, on average, than the project’s limit', async () => {
    await startServer({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    // Each message counts once as sent and once as received.
    await exchange(sender, receiver, 10);
    clock.advance(5_000);
    await exchange(sender, receiver, 1);
    const message = 'Too many messages per second';
    assert.deepEqual(await receiver.nextSystem(), { message, status: 'error', extension: 'system', channel: 'room' });
    assert.deepEqual(await receiver.nextJson(), ['1', '1', 'realtime:room', 'phx_close', {}]);
    await sender.expectSilence();
  });

  it('lets a burst pass if the following seconds are quiet', async () => {
    await startServer({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    await exchange(sender, receiver, 9);
    clock.advance(5_000);
    await exchange(sender, receiver, 1);
    await receiver.expectSilence();
  });

  it('lets messages pass again once the average has come down', async () => {
    await startServer({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    await exchange(sender, receiver, 10);
    clock.advance(10_000);
    await exchange(sender, receiver, 1);
    await receiver.expectSilence();
  });

  it('drops broadcasts of the database beyond the limit without notice, until the average has come down', async () => {
    await startServer({ messagesPerSecond: 2 });
    const [one, two] = [await server.connect(), await server.connect()];
    for (const client of [one, two]) await client.join('room');
    // Each message counts once as sent and once for each receiver: 12 in ten seconds leave no room for one more within a
    // second.
    for (let n = 1; n <= 4; n += 1) {
      await send(n);
      for (const client of [one, two]) await expectMessage(client, n);
    }
    clock.advance(5_000);
    await send(5);
    await until(() => server.faults.lost.overLimit === 1);
    for (const client of [one, two]) await client.expectSilence();

    clock.advance(5_000);
    await send(6);
    for (const client of [one, two]) await expectMessage(client, 6);
    assert.deepEqual(server.faults.lost, { dropped: 0, overLimit: 1, whileDeaf: 0 });
    one.send(['1', '2', 'realtime:room', 'broadcast', { event: 'still joined' }]);
    assert.deepEqual((await two.nextJson())[4], { event: 'still joined' });
  });

  it('drops table changes beyond the limit without notice, and counts them separately from messages', async () => {
    await startServer({ messagesPerSecond: 2 });
    const client = await server.connect();
    const binding = { event: '*', schema: 'public', table: 'slots' };
    // A change counts once for each binding.
    await client.join('changes', { config: { postgres_changes: Array.from({ length: 20 }, () => binding) } });
    await client.nextSystem();
    await client.join('room', { ref: '2' });
    async function change(id: number): Promise<void> {
      await database.query('insert into slots values ($1)', [id]);
      await clock.waitsFor(500);
      clock.advance(500);
    }
    async function expectChange(id: number): Promise<void> {
      const [, , , , payload] = await client.nextJson();
      assert.deepEqual((payload as { data: { record: unknown } }).data.record, { id });
    }
    await change(1);
    await expectChange(1);
    clock.advance(4_500);
    await change(2);
    await until(() => server.faults.lost.overLimit === 1);
    await send(1);
    await expectMessage(client, 1);
    clock.advance(4_500);
    await change(3);
    await expectChange(3);
  });

  it('does not count refused joins', async () => {
    await startServer({ joinsPerSecond: 1 });
    for (let n = 1; n <= 10; n += 1) await (await server.connect()).join('room');
    clock.advance(5_000);
    for (let n = 1; n <= 10; n += 1) (await server.connect()).sendJoin('room');
    await clock.waitsFor(5_000);
    // Ten joins in fifteen seconds; with the refused ones, it would be twenty.
    clock.advance(5_000);
    await (await server.connect()).join('room');
  });

  it('refuses joins beyond the limit and closes the socket', async () => {
    await startServer({ joinsPerSecond: 1 });
    const client = await server.connect();
    for (let n = 1; n <= 10; n += 1) await client.join(`room-${n}`);
    clock.advance(5_000);
    client.sendJoin('b', { ref: '2' });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    const response = { reason: 'ClientJoinRateLimitReached: Too many joins per second' };
    assert.deepEqual((await client.nextJson())[4], { status: 'error', response });
    assert.equal(await client.closed, 1000);
  });

  it('refuses more channels than a connection may have', async () => {
    await startServer({ channelsPerConnection: 1 });
    const client = await server.connect();
    await client.join('a');
    client.sendJoin('b', { ref: '2' });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    const response = { reason: 'ChannelRateLimitReached: Too many channels' };
    assert.deepEqual((await client.nextJson())[4], { status: 'error', response });
  });

  it('refuses more connections than the project may have', async () => {
    await startServer({ connections: 1 });
    const first = await server.connect();
    const second = assert.rejects(server.connect(), new ConnectionRefusal(429, '{"error":"Too many connected users"}'));
    await clock.waitsFor(2_000);
    clock.advance(2_000);
    await second;
    await first.expectSilence();
  });
});
