import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { nextChange, SUBSCRIBED } from './support/changes.ts';
import type { TestClient } from './support/client.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, signToken, TestServer } from './support/server.ts';

describe('table changes', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let server: TestServer;
  let watcher: TestClient;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create table public.slots (id integer primary key, owner text, seats integer, price numeric(8, 2), secret text);
      grant select (id, owner, seats, price) on public.slots to anon;
      grant select on public.slots to authenticated;

      create table public.notes (id integer primary key, author text, body text);
      alter table public.notes enable row level security;
      alter table public.notes replica identity full;
      create policy "own" on public.notes for select to authenticated using (author = auth.jwt() ->> 'sub');
      grant select on public.notes to anon, authenticated;

      create table public.log (at timestamptz default now());
      grant select on public.log to anon;
      create table public.hidden (id integer primary key);
      create table public.unpublished (id integer primary key);
      create table public.narrow (id integer primary key, name text, phone text);
      grant select on public.narrow, public.unpublished to anon;

      create table public.done (id integer generated always as identity primary key);
      grant select on public.done to anon;

      alter publication supabase_realtime
        add table public.slots, public.notes, public.log, public.hidden, public.narrow (id, name), public.done;
    `);
    server = await TestServer.start(database.url, { timings: { changesPoll: 1, resubscribe: 1 } });
    watcher = await listenerTo('done');
  });
  after(async () => {
    await server.stop();
    await database.stop();
  });
  // A change from before a client's subscription may still reach the client, so each test waits until all of its changes are
  // delivered.
  afterEach(async () => {
    await database.query('truncate slots, notes, log, hidden, narrow; insert into done default values');
    await nextChange(watcher);
  });

  async function join(bindings: unknown[], token?: string): Promise<TestClient> {
    const client = await server.connect();
    await client.join('changes', { config: { postgres_changes: bindings }, ...(token !== undefined && { token }) });
    return client;
  }

  async function listenerTo(table: string, filter?: string, token?: string): Promise<TestClient> {
    const client = await join(
      [{ event: '*', schema: 'public', table, ...(filter !== undefined && { filter }) }],
      token,
    );
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    return client;
  }

  function tokenOf(sub: string): Promise<string> {
    return signToken({ role: 'authenticated', sub, exp: inSeconds(600) });
  }

  it('names the matching bindings of a channel by their numbers, in one message', async () => {
    const client = await server.connect();
    const bindings = ['INSERT', 'UPDATE', '*'].map((event) => ({ event, schema: 'public', table: 'slots' }));
    client.sendJoin('changes', { config: { postgres_changes: bindings } });
    const reply = (await client.nextJson())[4] as { response: { postgres_changes: { id: number; event: string }[] } };
    const [insert, update, any] = reply.response.postgres_changes.map(({ id }) => id);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    await database.query(`insert into slots values (1); update slots set seats = 1`);
    for (const ids of [
      [insert, any],
      [update, any],
    ]) {
      assert.deepEqual(((await client.nextJson())[4] as { ids: number[] }).ids, ids);
    }
  });

  it('sends neither a row that leaves the filter, nor a deletion if the filter is on another column than the key', async () => {
    const client = await listenerTo('slots', 'owner=eq.ann');
    await database.query(`
      insert into slots values (1, 'ann');
      update slots set owner = 'bob';
      delete from slots;
      insert into slots values (2, 'ann');
    `);
    for (const id of [1, 2]) assert.equal((await nextChange(client)).record?.['id'], id);
  });

  it('sends nothing for TRUNCATE', async () => {
    const client = await listenerTo('slots');
    await database.query('insert into slots values (1); truncate slots; insert into slots values (2)');
    for (const id of [1, 2]) assert.equal((await nextChange(client)).record?.['id'], id);
  });

  it('checks row level security for each subscriber', async () => {
    const [ann, bob] = [
      await listenerTo('notes', undefined, await tokenOf('ann')),
      await listenerTo('notes', undefined, await tokenOf('bob')),
    ];
    const anon = await listenerTo('notes');
    await database.query(`insert into notes values (1, 'ann', 'x'), (2, 'bob', 'y')`);
    assert.equal((await nextChange(ann)).record?.['id'], 1);
    assert.equal((await nextChange(bob)).record?.['id'], 2);
    await database.query(`update notes set author = 'bob'`);
    for (const id of [1, 2]) assert.equal((await nextChange(bob)).record?.['id'], id);
    // All subscribers receive deletions, but with row level security only the key.
    await database.query('delete from notes where id = 1');
    for (const client of [ann, bob, anon]) {
      const { type, record, old_record: old } = await nextChange(client);
      assert.deepEqual([type, record, old], ['DELETE', undefined, { id: 1 }]);
    }
  });

  it('shows a role only the columns that it may select', async () => {
    const [anon, user] = [await listenerTo('slots'), await listenerTo('slots', undefined, await tokenOf('ann'))];
    await database.query(`insert into slots values (1, 'ann', 2, 3.50, 'secret')`);
    const change = await nextChange(anon);
    assert.deepEqual(change.record, { id: 1, owner: 'ann', seats: 2, price: 3.5 });
    assert.deepEqual(
      change.columns.map(({ name }) => name),
      ['id', 'owner', 'seats', 'price'],
    );
    assert.equal((await nextChange(user)).record?.['secret'], 'secret');
  });

  it('shows only the columns that are published', async () => {
    const client = await listenerTo('narrow');
    await database.query(`insert into narrow values (1, 'Ann', '555')`);
    assert.deepEqual((await nextChange(client)).record, { id: 1, name: 'Ann' });
  });

  it('reports an error in place of a row that a role may not read or that has no key, whatever the filter', async () => {
    const client = await join([
      { event: '*', schema: 'public', table: 'hidden' },
      { event: '*', schema: 'public', table: 'log', filter: 'at=eq.2000-01-01' },
    ]);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    await database.query('insert into hidden values (1); insert into log default values; update hidden set id = 2');
    for (const [table, type, error] of [
      ['hidden', 'INSERT', 'Error 401: Unauthorized'],
      ['log', 'INSERT', 'Error 400: Bad Request, no primary key'],
      ['hidden', 'UPDATE', 'Error 401: Unauthorized'],
    ] as const) {
      assert.deepEqual(await nextChange(client), {
        schema: 'public',
        table,
        type,
        errors: [error],
        record: {},
        ...(type === 'UPDATE' && { old_record: {} }),
        columns: [],
        commit_timestamp: null,
      });
    }
  });

  it('sends a deletion to a role without any right to the row, but no columns of the row', async () => {
    const client = await listenerTo('hidden');
    await database.query('insert into hidden values (1); delete from hidden');
    await nextChange(client);
    const { commit_timestamp, ...deletion } = await nextChange(client);
    assert.ok(commit_timestamp);
    const nothing = { columns: [], old_record: {}, errors: null };
    assert.deepEqual(deletion, { schema: 'public', table: 'hidden', type: 'DELETE', ...nothing });
  });

  it('omits large values from a row of more than 1 MB, and reports this to subscribers that may see the row', async () => {
    const [ann, bob] = [
      await listenerTo('notes', undefined, await tokenOf('ann')),
      await listenerTo('notes', undefined, await tokenOf('bob')),
    ];
    await database.query(`insert into notes values (1, 'ann', repeat('x', 1048576)), (2, 'bob', 'y')`);
    const { errors, record, columns } = await nextChange(ann);
    assert.deepEqual([errors, record], [['Error 413: Payload Too Large'], { id: 1, author: 'ann' }]);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['id', 'author', 'body'],
    );
    const other = await nextChange(bob);
    assert.deepEqual([other.errors, other.record], [null, { id: 2, author: 'bob', body: 'y' }]);
  });

  it('includes large values that an update left unchanged only if the log has the whole old row', async () => {
    const body = Array.from({ length: 3_000 }, (_, n) => `line ${n} ${(n * 2_654_435_761) % 1_000_003}`).join('\n');
    const ann = await listenerTo('notes', undefined, await tokenOf('ann'));
    await database.query(`insert into notes values (1, 'ann', $1)`, [body]);
    await nextChange(ann);
    await database.query(`update notes set author = 'ann'`);
    assert.deepEqual((await nextChange(ann)).record, { id: 1, author: 'ann', body });
    await database.query(`alter table notes replica identity default`);
    await database.query(`update notes set author = 'ann'`);
    assert.deepEqual((await nextChange(ann)).record, { id: 1, author: 'ann' });
    await database.query(`alter table notes replica identity full`);
  });

  it('confirms the renewed subscription after a new token, and applies that token’s rights', async () => {
    const client = await listenerTo('notes', undefined, await tokenOf('ann'));
    client.send(['1', '2', 'realtime:changes', 'access_token', { access_token: await tokenOf('bob') }]);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    await database.query(`insert into notes values (1, 'ann', 'x'), (2, 'bob', 'y')`);
    assert.equal((await nextChange(client)).record?.['id'], 2);
  });
});
