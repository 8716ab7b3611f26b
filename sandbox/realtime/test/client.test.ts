import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { RealtimeClient, type RealtimeChannel, type RealtimeClientOptions } from '@supabase/realtime-js';
import { TestDatabase } from './support/database.ts';
import { inSeconds, PUBLISHABLE_KEY, signToken, TestServer } from './support/server.ts';

/** The arguments that the callback of `subscribe` received, in order. */
class Statuses {
  readonly channel: RealtimeChannel;
  #received: [status: string, message: string | undefined][] = [];
  #waiting: (() => void)[] = [];

  constructor(channel: RealtimeChannel) {
    this.channel = channel.subscribe((status, error) => {
      this.#received.push([status, error?.message]);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async next(): Promise<[status: string, message: string | undefined]> {
    for (;;) {
      const status = this.#received.shift();
      if (status) return status;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async subscribed(): Promise<void> {
    assert.deepEqual(await this.next(), ['SUBSCRIBED', undefined]);
  }
}

describe('realtime-js', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let server: TestServer;
  const clients: RealtimeClient[] = [];

  before(async () => {
    // At a disconnect, realtime-js leaves timers of up to 10 s. They must not keep this process alive.
    const { setTimeout } = globalThis;
    mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => setTimeout(run, ms).unref());
    database = await TestDatabase.start();
    await database.query(`
      create policy "anyone listens" on realtime.messages for select to anon using (realtime.topic() like 'slots:%');
      create policy "users talk" on realtime.messages for all to authenticated using (realtime.topic() like 'room:%');
      create table public.appointments (id integer primary key, patient text);
      alter table public.appointments enable row level security;
      create policy "own" on public.appointments for select to authenticated using (patient = auth.jwt() ->> 'sub');
      grant select on public.appointments to authenticated;
      alter publication supabase_realtime add table public.appointments;
    `);
    server = await TestServer.start(database.url, { timings: { joinError: 1, changesPoll: 1 } });
  });
  after(async () => {
    await server.stop();
    await database.stop();
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.disconnect())));

  function connect(options: Partial<RealtimeClientOptions> = {}): RealtimeClient {
    const client = new RealtimeClient(server.endpoint, {
      params: { apikey: PUBLISHABLE_KEY },
      reconnectAfterMs: () => 10,
      ...options,
    });
    clients.push(client);
    return client;
  }

  async function signedIn(sub: string, options: Partial<RealtimeClientOptions> = {}): Promise<RealtimeClient> {
    const token = await signToken({ role: 'authenticated', sub, exp: inSeconds(600) });
    const client = connect({ accessToken: () => Promise.resolve(token), ...options });
    await client.setAuth();
    return client;
  }

  for (const vsn of ['1.0.0', '2.0.0']) {
    describe(`protocol ${vsn}`, () => {
      it('receives broadcasts of the database on a private topic', async () => {
        const channel = connect({ vsn }).channel('slots:1', { config: { private: true } });
        const received = new Promise((resolve) => channel.on('broadcast', { event: 'changed' }, resolve));
        await new Statuses(channel).subscribed();
        await database.query(`select realtime.send('{"id": "a", "price": 1.50, "name": "Zoë"}', 'changed', 'slots:1')`);
        const { meta, ...message } = (await received) as { meta: { id: string } };
        assert.deepEqual(message, {
          type: 'broadcast',
          event: 'changed',
          payload: { id: 'a', price: 1.5, name: 'Zoë' },
        });
        assert.match(meta.id, /^[0-9a-f-]{36}$/);
      });

      it('is refused a private topic without a policy', async () => {
        const statuses = new Statuses(connect({ vsn }).channel('secret', { config: { private: true } }));
        const message = 'Unauthorized: You do not have permissions to read from this Channel topic: secret';
        assert.deepEqual(await statuses.next(), ['CHANNEL_ERROR', message]);
      });

      it('broadcasts to another client, and gets an acknowledgement if it requested one', async () => {
        const [from, to] = [await signedIn('ann', { vsn }), await signedIn('bob')];
        const sender = from.channel('room:1', { config: { private: true, broadcast: { ack: true } } });
        const receiver = to.channel('room:1', { config: { private: true } });
        const received = new Promise((resolve) => receiver.on('broadcast', { event: '*' }, resolve));
        await new Statuses(sender).subscribed();
        await new Statuses(receiver).subscribed();
        assert.equal(await sender.send({ type: 'broadcast', event: 'wave', payload: { n: 1 } }), 'ok');
        assert.deepEqual(await received, { type: 'broadcast', event: 'wave', payload: { n: 1 } });
      });

      it('sees other clients come and leave', async () => {
        const [one, two] = ['one', 'two'].map((key) =>
          connect({ vsn }).channel('lobby', { config: { presence: { key } } }),
        );
        assert.ok(one && two);
        const [together, alone] = [2, 1].map(
          (count) =>
            new Promise<void>((resolve) => {
              one.on('presence', { event: 'sync' }, () => {
                if (Object.keys(one.presenceState()).length === count && 'one' in one.presenceState()) resolve();
              });
            }),
        );
        two.on('presence', { event: 'sync' }, () => undefined);
        for (const channel of [two, one]) {
          await new Statuses(channel).subscribed();
          assert.equal(await channel.track({ since: 'now' }), 'ok');
        }
        await together;
        await two.unsubscribe();
        await alone;
      });

      it('receives the changed rows that row level security shows it', async () => {
        await database.query('truncate appointments');
        const channel = (await signedIn('ann', { vsn })).channel('mine');
        const ready = new Promise((resolve) => channel.on('system', {}, resolve));
        const received: unknown[] = [];
        const done = new Promise<void>((resolve) => {
          channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'appointments' }, (change) => {
            received.push(change.new);
            if (received.length === 2) resolve();
          });
        });
        await new Statuses(channel).subscribed();
        await ready;
        await database.query(`insert into appointments values (1, 'ann'), (2, 'bob'), (3, 'ann')`);
        await done;
        assert.deepEqual(received, [
          { id: 1, patient: 'ann' },
          { id: 3, patient: 'ann' },
        ]);
      });
    });
  }

  it('subscribes again after the server was restarted, and receives later broadcasts', async () => {
    const channel = connect().channel('slots:1', { config: { private: true } });
    const received = new Promise<{ payload: unknown }>((resolve) => channel.on('broadcast', { event: '*' }, resolve));
    const statuses = new Statuses(channel);
    await statuses.subscribed();
    await server.stopRealtime();
    assert.deepEqual(await statuses.next(), ['CHANNEL_ERROR', 'socket closed: 1012']);
    await database.query(`select realtime.send('{"id": "lost"}', 'changed', 'slots:1')`);
    await server.startRealtime();
    await statuses.subscribed();
    await database.query(`select realtime.send('{"id": "later"}', 'changed', 'slots:1')`);
    assert.deepEqual((await received).payload, { id: 'later' });
  });

  it('gets CLOSED when it tracks too often, and does not rejoin', async () => {
    const client = connect();
    const statuses = new Statuses(client.channel('lobby'));
    await statuses.subscribed();
    for (let n = 1; n <= 5; n += 1) assert.equal(await statuses.channel.track({ n }), 'ok');
    void statuses.channel.track({ n: 6 });
    assert.deepEqual(await statuses.next(), ['CLOSED', undefined]);
    assert.deepEqual(client.getChannels(), []);
  });
});
