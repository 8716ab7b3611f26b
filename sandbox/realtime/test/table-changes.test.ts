import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TestClient } from './support/client.ts';
import { TestDatabase } from './support/database.ts';
import { inSeconds, signToken, TestServer } from './support/server.ts';

interface Change {
  type: string;
  errors: unknown;
  record?: Record<string, unknown>;
  old_record?: Record<string, unknown>;
  columns?: { name: string; type: string }[];
}

const SUBSCRIBED = {
  message: 'Subscribed to PostgreSQL',
  status: 'ok',
  extension: 'postgres_changes',
  channel: 'changes',
};

describe('table changes', { timeout: 60_000 }, () => {
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
  // What was changed before a client subscribed may still reach it: each test leaves nothing under way.
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

  async function nextChange(client: TestClient): Promise<Change> {
    const [, , , event, payload] = await client.nextJson();
    assert.equal(event, 'postgres_changes');
    return (payload as { data: Change }).data;
  }

  function tokenOf(sub: string): Promise<string> {
    return signToken({ role: 'authenticated', sub, exp: inSeconds(600) });
  }

  for (const [filter, ids] of [
    ['seats=eq.2', [2]],
    ['seats=neq.2', [1, 3, 4]],
    ['seats=lt.2', [1]],
    ['seats=lte.2', [1, 2]],
    ['seats=gt.2', [3, 4]],
    ['seats=gte.2', [2, 3, 4]],
    ['seats=in.(1,4)', [1, 4]],
    ['owner=in.(ann,bob)', [1, 2]],
    // Compared as numbers, not as text; a null is neither equal nor unequal.
    ['price=eq.12.5', [1]],
    ['price=neq.12.5', [2, 3]],
  ] as const) {
    it(`filters by ${filter}`, async () => {
      const client = await listenerTo('slots', filter);
      await database.query(`
        insert into slots values (1, 'ann', 1, 12.50), (2, 'bob', 2, 13), (3, 'cid', 3, 9), (4, null, 4, null)
      `);
      for (const id of ids) assert.equal((await nextChange(client)).record?.['id'], id);
    });
  }

  it('tells each binding of a channel by its number, in one message', async () => {
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

  it('says nothing of a row that leaves the filter, nor of a deletion by another column than the key', async () => {
    const client = await listenerTo('slots', 'owner=eq.ann');
    await database.query(`
      insert into slots values (1, 'ann');
      update slots set owner = 'bob';
      delete from slots;
      insert into slots values (2, 'ann');
    `);
    for (const id of [1, 2]) assert.equal((await nextChange(client)).record?.['id'], id);
  });

  it('says nothing of TRUNCATE', async () => {
    const client = await listenerTo('slots');
    await database.query('insert into slots values (1); truncate slots; insert into slots values (2)');
    for (const id of [1, 2]) assert.equal((await nextChange(client)).record?.['id'], id);
  });

  it('asks row level security for each subscriber', async () => {
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
    // Deletions are told to everybody, but with row level security no more than the key.
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
      change.columns?.map(({ name }) => name),
      ['id', 'owner', 'seats', 'price'],
    );
    assert.equal((await nextChange(user)).record?.['secret'], 'secret');
  });

  it('shows only the columns that are published', async () => {
    const client = await listenerTo('narrow');
    await database.query(`insert into narrow values (1, 'Ann', '555')`);
    assert.deepEqual((await nextChange(client)).record, { id: 1, name: 'Ann' });
  });

  it('reports an error in place of a row that a role may not read or that has no key', async () => {
    const client = await join([
      { event: '*', schema: 'public', table: 'hidden' },
      { event: '*', schema: 'public', table: 'log' },
    ]);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    await database.query('insert into hidden values (1); insert into log default values');
    for (const error of ['Error 401: Unauthorized', 'Error 400: Bad Request, no primary key']) {
      const { errors, record } = await nextChange(client);
      assert.deepEqual([errors, record], [[error], undefined]);
    }
  });

  it('includes large values that an update left alone', async () => {
    const body = Array.from({ length: 3_000 }, (_, n) => `line ${n} ${(n * 2_654_435_761) % 1_000_003}`).join('\n');
    const ann = await listenerTo('notes', undefined, await tokenOf('ann'));
    await database.query(`alter table notes replica identity default`);
    await database.query(`insert into notes values (1, 'ann', $1)`, [body]);
    await nextChange(ann);
    await database.query(`update notes set author = 'ann' where id = 1`);
    assert.deepEqual((await nextChange(ann)).record, { id: 1, author: 'ann', body });
    await database.query(`alter table notes replica identity full`);
  });

  for (const [title, bad, message] of [
    [
      'of a table that is not published',
      { table: 'unpublished' },
      /Please check Realtime is enabled .*table: unpublished/,
    ],
    [
      'with an unknown operator',
      { table: 'slots', filter: 'id=like.1' },
      /^Error parsing `filter` params: \["like", "1"\]$/,
    ],
    [
      'with a filter that is none',
      { table: 'slots', filter: 'undefined' },
      /^Error parsing `filter` params: \["undefined"\]$/,
    ],
    ['with a list without parentheses', { table: 'slots', filter: 'id=in.1' }, /must be wrapped by parentheses/],
    ['by an unknown column', { table: 'slots', filter: 'nope=eq.1' }, /invalid column for filter nope/],
    [
      'by a column that the role may not select',
      { table: 'slots', filter: 'secret=eq.1' },
      /invalid column for filter secret/,
    ],
    ['by a value of another type', { table: 'slots', filter: 'id=eq.one' }, /invalid input syntax for type integer/],
  ] as const) {
    it(`joins with a binding ${title}, but then subscribes to none`, async () => {
      const good = { event: '*', schema: 'public', table: 'narrow' };
      const client = await join([good, { event: '*', schema: 'public', ...bad }]);
      const system = (await client.nextSystem()) as { message: string; status: string };
      assert.equal(system.status, 'error');
      assert.match(system.message, message);
      const sentinel = await listenerTo('narrow');
      await database.query(`insert into narrow values (1)`);
      await nextChange(sentinel);
      await client.expectSilence();
    });
  }

  it('says that it is subscribed again after a new token, whose rights count from then on', async () => {
    const client = await listenerTo('notes', undefined, await tokenOf('ann'));
    client.send(['1', '2', 'realtime:changes', 'access_token', { access_token: await tokenOf('bob') }]);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    await database.query(`insert into notes values (1, 'ann', 'x'), (2, 'bob', 'y')`);
    assert.equal((await nextChange(client)).record?.['id'], 2);
  });
});
