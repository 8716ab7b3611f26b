import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nextChange, SUBSCRIBED } from './support/changes.ts';
import type { TestClient } from './support/client.ts';
import { TestDatabase } from './support/database.ts';
import { TestServer } from './support/server.ts';

/** The parameters of a channel's subscription to table changes: tables, filters, columns. */
describe('bindings to table changes', { timeout: 300_000 }, () => {
  let database: TestDatabase;
  let server: TestServer;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(`
      create table public.slots (
        id integer primary key, owner text, seats integer, price numeric(8, 2), open boolean, secret text
      );
      grant select (id, owner, seats, price, open) on public.slots to anon;
      create table public.unpublished (id integer primary key);
      create table public.done (id integer generated always as identity primary key);
      grant select on public.unpublished, public.done to anon;
      alter publication supabase_realtime add table public.slots, public.done;
    `);
    server = await TestServer.start(database.url, { timings: { changesPoll: 1 } });
  });
  after(async () => {
    await server.stop();
    await database.stop();
  });

  async function joined(bindings: object[]): Promise<TestClient> {
    const client = await server.connect();
    const postgres_changes = bindings.map((binding) => ({ event: '*', schema: 'public', ...binding }));
    await client.join('changes', { config: { postgres_changes } });
    return client;
  }

  async function listener(...bindings: object[]): Promise<TestClient> {
    const client = await joined(bindings);
    assert.deepEqual(await client.nextSystem(), SUBSCRIBED);
    return client;
  }

  const DONE = { table: 'done' };

  /** Waits until the server has delivered all earlier changes: the next change that this client receives is the last one. */
  async function finish(client: TestClient): Promise<void> {
    await database.query('truncate slots; insert into done default values');
    assert.deepEqual((await nextChange(client)).columns, [{ name: 'id', type: 'int4' }]);
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
    // Values are compared as numbers, not as text; a null is neither equal nor unequal.
    ['price=eq.12.5', [1]],
    ['price=neq.12.5', [2, 3]],
    ['price=isdistinct.12.5', [2, 3, 4]],
    ['owner=is.null', [4]],
    ['open=is.true', [1]],
    ['owner=like.%n', [1]],
    ['owner=ilike.BO%', [2]],
    ['owner=match.^[bc]', [2, 3]],
    ['owner=imatch.^A', [1]],
    ['seats=not.eq.2', [1, 3, 4]],
    ['owner=not.is.null', [1, 2, 3]],
    ['owner=not.in.(ann,bob)', [3]],
    // All conditions must be true.
    ['seats=gt.1,owner=in.(ann,bob)', [2]],
    ['seats=gte.1, seats=lte.3, owner=not.eq.bob', [1, 3]],
    ['owner=eq."ann"', [1]],
    [' ', [1, 2, 3, 4]],
  ] as const) {
    it(`filters by "${filter}"`, async () => {
      const client = await listener({ table: 'slots', filter }, DONE);
      await database.query(`
        insert into slots values
          (1, 'ann', 1, 12.50, true), (2, 'bob', 2, 13, false), (3, 'cid', 3, 9, null), (4, null, 4, null, null)
      `);
      for (const id of ids) assert.equal((await nextChange(client)).record?.['id'], id);
      await finish(client);
    });
  }

  it('treats commas and quotes in a quoted value as ordinary characters', async () => {
    const filter = String.raw`owner=eq."a,b(\"c\")",seats=gt.0`;
    const client = await listener({ table: 'slots', filter }, DONE);
    await database.query(`insert into slots values (1, 'a,b("c")', 1), (2, 'a', 1), (3, 'a,b("c")', 0)`);
    assert.equal((await nextChange(client)).record?.['id'], 1);
    await finish(client);
  });

  it('sends the selected columns and the key, separately for each binding, and first for a binding that selects all', async () => {
    const client = await listener({ table: 'slots', select: ['seats', 'owner'] }, { table: 'slots' }, DONE);
    await database.query(`insert into slots values (1, 'ann', 2, 3)`);
    assert.deepEqual((await nextChange(client)).record, { id: 1, owner: 'ann', seats: 2, price: 3, open: null });
    const selected = await nextChange(client);
    assert.deepEqual(selected.record, { id: 1, owner: 'ann', seats: 2 });
    assert.deepEqual(selected.columns, [
      { name: 'id', type: 'int4' },
      { name: 'owner', type: 'text' },
      { name: 'seats', type: 'int4' },
    ]);
    await finish(client);
  });

  const REFUSED =
    'Unable to subscribe to changes with given parameters. An exception happened so please check your connect parameters: ';

  for (const [title, bad, message] of [
    [
      'of a table that is not published',
      { table: 'unpublished' },
      'Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect ' +
        'parameters: [event: *, schema: public, table: unpublished, filters: [], select: nil]',
    ],
    [
      'with an unknown operator',
      { table: 'slots', filter: 'id=near.1' },
      'Error parsing `filter` params: ["near", "1"]',
    ],
    [
      'with a filter that is none',
      { table: 'slots', filter: 'undefined' },
      'Error parsing `filter` params: ["undefined"]',
    ],
    [
      'with an empty condition',
      { table: 'slots', filter: 'id=eq.1,' },
      'Error parsing `filter` params: filter must not contain empty segments (check for extra commas)',
    ],
    [
      'with a list without parentheses',
      { table: 'slots', filter: 'id=in.1' },
      'Error parsing `filter` params: `in` filter value must be wrapped by parentheses',
    ],
    [
      'with null for a filter',
      { table: 'slots', filter: null },
      'No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: ' +
        '%{"event" => "*", "filter" => nil, "schema" => "public", "table" => "slots"}',
    ],
    [
      'by an unknown column',
      { table: 'slots', filter: 'nope=eq.1' },
      `${REFUSED}[event: *, schema: public, table: slots, filters: [{"nope", "eq", "1", false}], select: nil]. ` +
        'Exception: ERROR P0001 (raise_exception) invalid column for filter nope',
    ],
    [
      'by a column that the role may not select',
      { table: 'slots', filter: 'id=eq.1,secret=not.eq.1' },
      `${REFUSED}[event: *, schema: public, table: slots, filters: [{"id", "eq", "1", false}, ` +
        '{"secret", "eq", "1", true}], select: nil]. ' +
        'Exception: ERROR P0001 (raise_exception) invalid column for filter secret',
    ],
    [
      'by a value of another type',
      { table: 'slots', filter: 'id=eq.one' },
      `${REFUSED}[event: *, schema: public, table: slots, filters: [{"id", "eq", "one", false}], select: nil]. ` +
        'Exception: ERROR 22P02 (invalid_text_representation) invalid input syntax for type integer: "one"',
    ],
    [
      'with a pattern for a number',
      { table: 'slots', filter: 'id=like.1%' },
      `${REFUSED}[event: *, schema: public, table: slots, filters: [{"id", "like", "1%", false}], select: nil]. ` +
        'Exception: ERROR P0001 (raise_exception) operator like requires a text-compatible column type, got integer',
    ],
    [
      'of a selected column that the role may not select',
      { table: 'slots', select: ['id', 'secret'] },
      `${REFUSED}[event: *, schema: public, table: slots, filters: [], select: ["id", "secret"]]. ` +
        'Exception: ERROR P0001 (raise_exception) invalid column for select secret',
    ],
    [
      'of selected columns of all tables',
      { table: '*', select: ['id'] },
      'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
    ],
  ] as const) {
    it(`joins with a binding ${title}, but then subscribes to none`, async () => {
      const client = await joined([DONE, bad]);
      assert.deepEqual(await client.nextSystem(), { ...SUBSCRIBED, message, status: 'error' });
      const other = await listener(DONE);
      await finish(other);
      await client.expectSilence();
    });
  }
});
