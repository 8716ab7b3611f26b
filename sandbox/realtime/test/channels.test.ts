import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { RealtimeLimits } from '../options.ts';
import { ConnectionRefusal, TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, PUBLISHABLE_KEY, SECRET_KEY, signToken, TestServer } from './support/server.ts';

// Connections and channels at the pace of the real server.

describe('channels', { timeout: 60_000 }, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create policy "rooms" on realtime.messages for select to authenticated
        using (realtime.topic() = 'room-' || (auth.jwt() ->> 'room'));
      create policy "broken" on realtime.messages for select to authenticated
        using (realtime.topic() = 'broken' and 1 / length(replace(topic, 'broken', '')) = 1);
      create policy "service" on realtime.messages for select to service_role using (true);
    `);
  });
  after(() => database.stop());

  beforeEach(() => startServer());
  afterEach(() => server.stop());

  async function startServer(limits: RealtimeLimits = {}): Promise<void> {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock, limits });
  }

  async function restartWith(limits: RealtimeLimits): Promise<void> {
    await server.stop();
    await startServer(limits);
  }

  function userToken(claims: Record<string, unknown> = {}): Promise<string> {
    return signToken({ role: 'authenticated', exp: inSeconds(600, clock.now()), ...claims });
  }

  async function expectShutDown(client: TestClient, topic: string, message: string): Promise<void> {
    assert.deepEqual(await client.nextSystem(), { message, status: 'error', extension: 'system', channel: topic });
    assert.deepEqual(await client.nextJson(), ['1', '1', `realtime:${topic}`, 'phx_close', {}]);
  }

  /** Lets time pass on a socket that is not silent, and checks that it hears nothing meanwhile. */
  async function pass(client: TestClient, seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 60) {
      clock.advance(Math.min(left, 60) * 1_000);
      await client.expectSilence();
    }
  }

  it('answers a refused connection after 2 s', async () => {
    const connecting = server.connect('not-a-token');
    let answered = false;
    const refused = assert.rejects(
      connecting,
      new ConnectionRefusal(401, '{"error":"The token provided is not a valid JWT"}'),
    );
    void refused.then(() => (answered = true));
    await clock.waitsFor(2_000);
    clock.advance(1_999);
    assert.equal(answered, false);
    clock.advance(1);
    await refused;
  });

  it('knows no other path', async () => {
    const url = server.url({ vsn: '2.0.0', apikey: PUBLISHABLE_KEY }).replace('/v1/', '/v2/');
    await assert.rejects(TestClient.open(url), (error: ConnectionRefusal) => error.status === 404);
  });

  it('takes the two new keys for their roles', async () => {
    const service = await server.connect(SECRET_KEY);
    await service.join('anything', { config: { private: true } });
    const anon = await server.connect(PUBLISHABLE_KEY);
    anon.sendJoin('anything', { config: { private: true } });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    assert.match(JSON.stringify(await anon.nextJson()), /Unauthorized/);
  });

  it('answers a join without permission after 5 s, and nothing else on that socket before', async () => {
    const client = await server.connect();
    await client.join('open', { config: { broadcast: { self: true } } });
    client.sendJoin('secret', { config: { private: true }, ref: '2' });
    client.send([null, '3', 'phoenix', 'heartbeat', {}]);
    await clock.waitsFor(5_000);
    const other = await server.connect();
    await other.join('open', { config: { broadcast: { ack: true } } });
    other.send(['1', '2', 'realtime:open', 'broadcast', { event: 'hello' }]);
    assert.equal((await other.nextJson())[3], 'phx_reply');
    clock.advance(4_999);
    await client.expectSilence();

    clock.advance(1);
    const reason = 'Unauthorized: You do not have permissions to read from this Channel topic: secret';
    assert.deepEqual(await client.nextJson(), [
      '2',
      '2',
      'realtime:secret',
      'phx_reply',
      { status: 'error', response: { reason } },
    ]);
    assert.equal((await client.nextJson())[3], 'broadcast');
    assert.equal((await client.nextJson())[1], '3');
  });

  it('asks the policies with the claims of the join', async () => {
    const client = await server.connect();
    await client.join('room-7', { config: { private: true }, token: await userToken({ room: 7 }) });
    client.sendJoin('room-8', { config: { private: true }, token: await userToken({ room: 7 }) });
    await clock.waitsFor(5_000);
  });

  it('takes a failing policy for a refusal', async () => {
    const client = await server.connect();
    client.sendJoin('broken', { config: { private: true }, token: await userToken() });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    assert.match(JSON.stringify(await client.nextJson()), /Unauthorized/);
  });

  it('closes a socket that was silent for 66 s with code 1000', async () => {
    const silent = await server.connect();
    const beating = await server.connect();
    clock.advance(40_000);
    beating.send([null, '1', 'phoenix', 'heartbeat', {}]);
    await beating.nextJson();
    clock.advance(26_000);
    assert.equal(await silent.closed, 1000);
    await beating.expectSilence();
  });

  it('closes channels whose token expires', async () => {
    const client = await server.connect();
    await client.join('room', { token: await userToken() });
    await pass(client, 599);
    clock.advance(1_000);
    await expectShutDown(client, 'room', 'Token has expired 0 seconds ago');
    client.send(['1', '3', 'realtime:room', 'broadcast', {}]);
    assert.deepEqual((await client.nextJson())[4], { status: 'error', response: { reason: 'unmatched topic' } });
  });

  it('closes channels of a publishable key after 24 h', async () => {
    const client = await server.connect(PUBLISHABLE_KEY);
    await client.join('room');
    await pass(client, 24 * 3_600 - 1);
    clock.advance(1_000);
    await expectShutDown(client, 'room', 'Token has expired 0 seconds ago');
  });

  it('keeps a channel open with a new token', async () => {
    const client = await server.connect();
    await client.join('room', { token: await userToken() });
    const access_token = await userToken({ exp: inSeconds(1_200, clock.now()) });
    client.send(['1', '2', 'realtime:room', 'access_token', { access_token }]);
    client.send([null, '3', 'phoenix', 'heartbeat', {}]);
    assert.equal((await client.nextJson())[1], '3');
    await pass(client, 1_199);
  });

  it('closes a channel for a bad token, and ignores keys in the place of one', async () => {
    const client = await server.connect();
    await client.join('room');
    client.send(['1', '2', 'realtime:room', 'access_token', { access_token: PUBLISHABLE_KEY }]);
    client.send(['1', '3', 'realtime:room', 'access_token', { access_token: null }]);
    client.send(['1', '4', 'realtime:room', 'access_token', { access_token: 'nonsense' }]);
    await expectShutDown(client, 'room', 'The token provided is not a valid JWT');
  });

  it('closes a private channel that the new token may not read', async () => {
    const client = await server.connect();
    await client.join('room-7', { config: { private: true }, token: await userToken({ room: 7 }) });
    const access_token = await userToken({ room: 8 });
    client.send(['1', '2', 'realtime:room-7', 'access_token', { access_token }]);
    await expectShutDown(client, 'room-7', 'You do not have permissions to read from this Channel topic: room-7');
  });

  async function exchange(sender: TestClient, receiver: TestClient, messages: number): Promise<void> {
    for (let n = 1; n <= messages; n += 1) {
      sender.send(['1', `${n}`, 'realtime:room', 'broadcast', { n }]);
      assert.equal((await receiver.nextJson())[3], 'broadcast');
    }
  }

  it('closes the channels that receive more messages per second, on average, than the project may', async () => {
    await restartWith({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    // Each counts once as sent and once as received.
    await exchange(sender, receiver, 10);
    clock.advance(5_000);
    await exchange(sender, receiver, 1);
    await expectShutDown(receiver, 'room', 'Too many messages per second');
    await sender.expectSilence();
  });

  it('lets a burst of messages pass that the next seconds make up for', async () => {
    await restartWith({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    await exchange(sender, receiver, 9);
    clock.advance(5_000);
    await exchange(sender, receiver, 1);
    await receiver.expectSilence();
  });

  it('lets messages pass again once the average has come down', async () => {
    await restartWith({ messagesPerSecond: 2 });
    const [sender, receiver] = [await server.connect(), await server.connect()];
    for (const client of [sender, receiver]) await client.join('room');
    await exchange(sender, receiver, 10);
    clock.advance(10_000);
    await exchange(sender, receiver, 1);
    await receiver.expectSilence();
  });

  it('refuses joins beyond the limit and closes the socket', async () => {
    await restartWith({ joinsPerSecond: 1 });
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
    await restartWith({ channelsPerConnection: 1 });
    const client = await server.connect();
    await client.join('a');
    client.sendJoin('b', { ref: '2' });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    const response = { reason: 'ChannelRateLimitReached: Too many channels' };
    assert.deepEqual((await client.nextJson())[4], { status: 'error', response });
  });

  it('refuses more connections than the project may have', async () => {
    await restartWith({ connections: 1 });
    const first = await server.connect();
    const second = assert.rejects(server.connect(), new ConnectionRefusal(429, '{"error":"Too many connected users"}'));
    await clock.waitsFor(2_000);
    clock.advance(2_000);
    await second;
    await first.expectSilence();
  });

  it('refuses a broadcast beyond 3 MB, aloud only if an answer was asked for', async () => {
    const client = await server.connect();
    await client.join('loud', { config: { broadcast: { ack: true } } });
    await client.join('quiet', { ref: '2' });
    const payload = { event: 'big', payload: 'x'.repeat(3_000_000) };
    client.send(['2', '3', 'realtime:quiet', 'broadcast', payload]);
    client.send(['1', '4', 'realtime:loud', 'broadcast', payload]);
    assert.deepEqual(await client.nextJson(), [
      '1',
      '4',
      'realtime:loud',
      'phx_reply',
      { status: 'error', response: 'payload_size_exceeded' },
    ]);
  });

  it('closes all sockets with code 1012 when it stops', async () => {
    const client = await server.connect();
    await server.stop();
    assert.equal(await client.closed, 1012);
    await startServer();
  });
});
