/** Starting and stopping a sandbox: its leftovers, several at once, and the sources of its database. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, mock, test } from 'node:test';
import pg from 'pg';
import { buildDatabase, readSources, SqlFileError, type DatabaseSources } from '../database/database.ts';
import { PortTakenError, PostgresError, startSandbox } from '../index.ts';
import { startPostgres } from '../database/postgres.ts';
import { TestClient } from '../realtime/test/support/client.ts';
import { fingerprint, templateFor } from '../database/template.ts';
import { rpc } from './support/api.ts';

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function dataDirectory(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
  await client.end();
  return rows[0]?.folder ?? '';
}

async function isUp(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A server that shuts down ends a connection that it has just accepted.
  client.on('error', () => undefined);
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      () => false,
    );
}

describe('a throwaway sandbox', { timeout: 300_000 }, () => {
  test('leaves no server and no folder', async () => {
    const sandbox = await startSandbox();
    const folder = await dataDirectory(sandbox.databaseUrl);
    assert.equal(await isThere(folder), true);
    await sandbox.stop();
    assert.equal(await isThere(folder), false);
    assert.equal(await isUp(sandbox.databaseUrl), false);
    await assert.rejects(fetch(sandbox.url));
    await sandbox.stop();
  });

  test('passes limits, waits and faults on to Realtime', async () => {
    const sandbox = await startSandbox({
      limits: { channelsPerConnection: 1 },
      timings: { joinError: 1, publicationCheck: 1, resubscribe: 1 },
    });
    try {
      const { url, publishableKey, realtime } = sandbox;
      const socket = `${url.replace('http', 'ws')}/realtime/v1/websocket?vsn=2.0.0&apikey=${publishableKey}`;
      const client = await TestClient.open(socket);
      await client.join('room');
      client.sendJoin('another', { ref: '2' });
      assert.match(JSON.stringify(await client.nextJson()), /ChannelRateLimitReached/);

      realtime.faults.dropBroadcasts(1);
      for (const word of ['lost', 'received']) {
        await sandbox.query(`select realtime.send(jsonb_build_object('word', $1::text), 'said', 'room', false)`, [
          word,
        ]);
      }
      assert.match((await client.next()).data.toString(), /"word": "received"/);
      assert.equal(realtime.faults.lost.dropped, 1);

      const watcher = await TestClient.open(socket);
      await sandbox.query('alter publication supabase_realtime add table auth.users');
      await watcher.join('users', { config: { postgres_changes: [{ event: '*', schema: 'auth', table: 'users' }] } });
      await watcher.nextSystem();
      // The server checks this each minute otherwise, which is too long for this test.
      await sandbox.query('alter publication supabase_realtime add table auth.identities');
      assert.match(JSON.stringify(await watcher.nextSystem()), /Subscribed to PostgreSQL/);
    } finally {
      await sandbox.stop();
    }
  });

  test('does not disturb another', async () => {
    const [one, two] = await Promise.all([startSandbox(), startSandbox()]);
    await one.query('create table public.only_in_one ()');
    const { rows } = await two.query<{ found: string | null }>("select to_regclass('public.only_in_one') as found");
    assert.deepEqual(rows, [{ found: null }]);
    await Promise.all([one.stop(), two.stop()]);
  });

  test('has the seed, or not', async () => {
    const [seeded, bare] = await Promise.all([startSandbox(), startSandbox({ seed: false })]);
    assert.equal((await rpc(seeded, 'openslot_calendar', { provider: 'mira-lindqvist' })).status, 200);
    assert.equal((await rpc(bare, 'openslot_calendar', { provider: 'mira-lindqvist' })).status, 404);
    await Promise.all([seeded.stop(), bare.stop()]);
  });

  test('frees its port if it can not start', async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await assert.rejects(startSandbox({ port }), (error) => error instanceof PortTakenError && error.port === port);
    await first.stop();
    const folder = await mkdtemp(path.join(tmpdir(), 'openslot-sandbox-test-'));
    await writeFile(path.join(folder, 'a'), '');
    await assert.rejects(startSandbox({ port, dataDir: folder }), (error) => error instanceof PostgresError);
    await rm(folder, { recursive: true });
    await (await startSandbox({ port })).stop();
  });
});

describe('the database', { timeout: 300_000 }, () => {
  async function build(change: (sources: DatabaseSources) => unknown): Promise<void> {
    const sources = await readSources({ seed: false });
    sources.migrations = [];
    await change(sources);
    const server = await startPostgres();
    try {
      await buildDatabase(server, sources);
    } finally {
      await server.stop();
    }
  }

  for (const [title, sql] of [
    ['needs a superuser', 'alter system set work_mem = 1'],
    [
      'puts functions into schema realtime',
      'create function realtime.mine() returns void language sql as $$ select $$',
    ],
    ['takes over another role', 'alter role supabase_admin set work_mem = 1'],
  ] as const) {
    test(`a migration that ${title} fails, as on a hosted project`, async () => {
      const migrate = build((sources) => sources.migrations.push({ name: 'supabase/migrations/1_mine.sql', sql }));
      const refusal = await migrate.then(
        () => null,
        (error: unknown) => error,
      );
      assert.ok(refusal instanceof SqlFileError && refusal.cause instanceof pg.DatabaseError, String(refusal));
      assert.equal(refusal.cause.code, '42501');
    });
  }

  test('a migration may do all that a hosted project allows', () =>
    build((sources) => {
      sources.migrations.push({
        name: 'supabase/migrations/20260101000000_mine.sql',
        sql: `
          create extension btree_gist with schema extensions;
          create policy "All" on realtime.messages for select to anon using (true);
          create table public.mine (owner uuid references auth.users);
          alter publication supabase_realtime add table public.mine;
          create role reporting;
          do $$ begin
            assert not has_table_privilege('anon', 'public.mine', 'select'), 'anon may read a new table';
            assert not has_table_privilege('service_role', 'public.mine', 'select'), 'service_role may read a new table';
          end $$;`,
      });
      sources.seed.push({
        name: 'supabase/seed.sql',
        sql: `do $$ begin
          assert (select name = 'mine' from supabase_migrations.schema_migrations where version = '20260101000000');
        end $$;`,
      });
    }));

  /** Runs the project's first migration on a server that reports this version. */
  const migrateOn = (version: string, number: number) =>
    build(async (sources) => {
      const [first] = (await readSources({ seed: false })).migrations;
      assert.ok(first);
      sources.migrations.push(first);
      sources.platform.push({
        name: 'an older server',
        sql: `
          create schema older;
          grant usage on schema older to postgres;
          create function older.current_setting(name text) returns text language sql
            return case name when 'server_version_num' then '${number}' when 'server_version' then '${version}' end;
          alter role postgres set search_path = older, pg_catalog;`,
      });
    });

  test('the first migration refuses a PostgreSQL before 15, and gives the remedy', async () => {
    await assert.rejects(migrateOn('14.19', 140019), (error) => {
      assert.ok(error instanceof SqlFileError && error.cause instanceof pg.DatabaseError);
      const { code, message, hint } = error.cause;
      assert.deepEqual(
        [code, message, hint],
        [
          '0A000',
          'Openslot needs PostgreSQL 15 or newer; this is 14.19',
          'Upgrade the project (Settings, Infrastructure), then apply the migrations again.',
        ],
      );
      return true;
    });
    await migrateOn('15.0', 150000);
  });

  test('the message of a refused file names the line', async () => {
    const migrate = build((sources) => {
      sources.migrations.push({ name: 'supabase/migrations/1_mine.sql', sql: 'select 1;\n\nselect nonsense;' });
    });
    await assert.rejects(migrate, { message: 'supabase/migrations/1_mine.sql:3: column "nonsense" does not exist' });
  });
});

describe('templates', { timeout: 300_000 }, () => {
  // A template serves for a clock hour: the next hour must not begin during a test.
  before(() => mock.timers.enable({ apis: ['Date'], now: Date.now() }));
  after(() => mock.timers.reset());

  /** Sources that no other test uses. */
  async function ownSources(): Promise<DatabaseSources> {
    const sources = await readSources({ seed: false });
    return {
      ...sources,
      migrations: [{ name: 'supabase/migrations/1_own.sql', sql: `-- ${randomUUID()}` }],
    };
  }

  test('are made once for any number of simultaneous requests', async () => {
    const sources = await ownSources();
    const folders = await Promise.all([templateFor(sources), templateFor(sources), templateFor(sources)]);
    assert.equal(new Set(folders).size, 1);
    const made = await stat(path.join(folders[0], 'PG_VERSION'));
    assert.equal(await templateFor(sources), folders[0]);
    assert.equal((await stat(path.join(folders[0], 'PG_VERSION'))).mtimeMs, made.mtimeMs);
    await rm(folders[0], { recursive: true });
  });

  test('that were unused for long are deleted, and so are the remains of a crash', async () => {
    const sources = await ownSources();
    const folder = await templateFor(sources);
    const cache = path.dirname(folder);
    const draft = path.join(cache, `left-behind-${process.pid}.draft-1`);
    await writeFile(draft, '');
    const longAgo = new Date(Date.now() - 3 * 60 * 60 * 1000);
    await Promise.all([folder, draft].map((file) => utimes(file, longAgo, longAgo)));
    const another = await templateFor(await ownSources());
    const left = await readdir(cache);
    assert.equal(left.includes(path.basename(folder)), false);
    assert.equal(left.includes(path.basename(draft)), false);
    assert.equal(left.includes(path.basename(another)), true);
    await rm(another, { recursive: true });
  });

  test('the lock of a process that has ended is ignored', async () => {
    const sources = await ownSources();
    const folder = await templateFor(sources);
    await rm(folder, { recursive: true });
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    await writeFile(`${folder}.lock`, String(gone.pid));
    await templateFor(sources);
    await rm(folder, { recursive: true });
  });

  test('differ by every source, and by the major version of PostgreSQL', async () => {
    const sources = await readSources({ seed: true });
    const changed = (part: keyof DatabaseSources): DatabaseSources => ({
      ...sources,
      [part]: [...sources[part], { name: 'x', sql: '' }],
    });
    const version = '17.10';
    const all = [
      ...[sources, changed('platform'), changed('migrations'), changed('seed')].map((each) =>
        fingerprint(each, { version }),
      ),
      fingerprint(sources, { version: '15.20' }),
    ];
    assert.equal(new Set(all).size, 5);
    assert.equal(fingerprint(await readSources({ seed: true }), { version: '17.11' }), all[0]);
  });
});
