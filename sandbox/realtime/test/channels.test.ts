import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { ConnectionRefusal, TestClient } from './support/client.ts';
import { FakeClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, PUBLISHABLE_KEY, SECRET_KEY, signToken, TestServer } from './support/server.ts';

// Connections and channels with the real server's delays.

describe('channels', { timeout: 300_000 }, () => {
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

  beforeEach(startServer);
  afterEach(() => server.stop());

  async function startServer(): Promise<void> {
    clock = new FakeClock();
    server = await TestServer.start(database.url, { clock });
  }

  function userToken(claims: Record<string, unknown> = {}): Promise<string> {
    return signToken({ role: 'authenticated', exp: inSeconds(600, clock.now()), ...claims });
  }

  async function expectShutDown(client: TestClient, topic: string, message: string): Promise<void> {
    assert.deepEqual(await client.nextSystem(), { message, status: 'error', extension: 'system', channel: topic });
    assert.deepEqual(await client.nextJson(), ['1', '1', `realtime:${topic}`, 'phx_close', {}]);
  }

  /** Lets time pass on a socket that sends heartbeats, and checks that the client receives no other frame meanwhile. */
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

  it('refuses any other path', async () => {
    const url = server.url({ vsn: '2.0.0', apikey: PUBLISHABLE_KEY }).replace('/v1/', '/v2/');
    await assert.rejects(TestClient.open(url), (error: ConnectionRefusal) => error.status === 404);
  });

  it('accepts the two new keys, each for its role', async () => {
    const service = await server.connect(SECRET_KEY);
    await service.join('anything', { config: { private: true } });
    const anon = await server.connect(PUBLISHABLE_KEY);
    anon.sendJoin('anything', { config: { private: true } });
    await clock.waitsFor(5_000);
    clock.advance(5_000);
    assert.match(JSON.stringify(await anon.nextJson()), /Unauthorized/);
  });

  it('answers a join without permission after 5 s, and no other message on that socket before', async () => {
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

  it('checks the policies with the claims of the join', async () => {
    const client = await server.connect();
    await client.join('room-7', { config: { private: true }, token: await userToken({ room: 7 }) });
    client.sendJoin('room-8', { config: { private: true }, token: await userToken({ room: 7 }) });
    await clock.waitsFor(5_000);
  });

  it('treats a failing policy as a refusal', async () => {
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
    client.send(['1', '3', 'realtime:room', 'presence', { event: 'untrack' }]);
    assert.equal((await client.nextJson())[1], '3');
    await pass(client, 1_199);
  });

  it('closes a channel that receives a bad token, and ignores a key instead of a token', async () => {
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

  function leave(client: TestClient, joinRef: string | null, ref: string): void {
    client.send([joinRef, ref, 'realtime:room', 'phx_leave', {}]);
  }

  for (const [title, joinRef] of [
    ['of another join', '9'],
    ['that is null', null],
  ] as const) {
    it(`ignores a leave with a reference ${title}`, async () => {
      const client = await server.connect();
      await client.join('room', { config: { broadcast: { self: true } } });
      leave(client, joinRef, '2');
      client.send(['1', '3', 'realtime:room', 'broadcast', { still: 'here' }]);
      assert.deepEqual((await client.nextJson())[4], { still: 'here' });
      leave(client, '1', '4');
      assert.deepEqual(await client.nextJson(), [
        '1',
        '4',
        'realtime:room',
        'phx_reply',
        { status: 'ok', response: {} },
      ]);
      assert.equal((await client.nextJson())[3], 'phx_close');
    });
  }

  it('accepts any leave if the join had no reference', async () => {
    const client = await TestClient.open(server.url({ vsn: '1.0.0', apikey: PUBLISHABLE_KEY }));
    client.send('{"topic":"realtime:room","event":"phx_join","ref":"1","payload":{}}');
    assert.match((await client.next()).data.toString(), /"status":"ok"/);
    assert.match((await client.next()).data.toString(), /"system"/);
    client.send('{"topic":"realtime:room","event":"phx_leave","ref":"2","join_ref":"7","payload":{}}');
    const reply = '{"ref":"2","event":"phx_reply","topic":"realtime:room","payload":{"status":"ok","response":{}}}';
    assert.equal((await client.next()).data.toString(), reply);
  });

  it('gives no answer to a message right after a leave', async () => {
    const client = await server.connect();
    await client.join('room', { config: { broadcast: { ack: true, self: true } } });
    leave(client, '1', '2');
    client.send(['1', '3', 'realtime:room', 'broadcast', {}]);
    assert.equal((await client.nextJson())[1], '2');
    assert.equal((await client.nextJson())[3], 'phx_close');
    await client.expectSilence();
    client.send(['1', '4', 'realtime:room', 'broadcast', {}]);
    assert.deepEqual((await client.nextJson())[4], { status: 'error', response: { reason: 'unmatched topic' } });
  });

  it('does not answer the leave of a channel that is joined again before its first join is complete', async () => {
    const client = await server.connect();
    const config = { postgres_changes: [{ event: '*', schema: 'public' }], presence: { enabled: true } };
    client.sendJoin('room', { config });
    leave(client, '1', '2');
    client.sendJoin('room', { config, ref: '3' });
    const frames = (await client.nextFrames(5)).map(({ data }) => JSON.parse(data.toString()) as unknown[]);
    assert.deepEqual(
      frames.map(([joinRef, ref, , event]) => [joinRef, ref, event]),
      [
        ['1', '1', 'phx_reply'],
        ['3', '3', 'phx_reply'],
        ['1', '1', 'phx_close'],
        ['3', null, 'system'],
        ['3', null, 'presence_state'],
      ],
    );
    await client.expectSilence();
  });

  it('refuses a broadcast beyond 3 MB, and answers only if the client requested an acknowledgement', async () => {
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
