/** `npm start` from its user's view: its output, the data that it keeps and leaves, and its messages when it can't start. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import pg from 'pg';
import { makeThrowawayFolder } from '../database/cluster-folder.ts';
import { untilUnused } from '../database/servers-on-folder.ts';
import { Start, until } from './support/start.ts';

const FINGERPRINT = 'openslot-sandbox.fingerprint';
const onLinux = process.platform === 'linux';
const NEEDS_PROC = 'NOT TESTED on this machine: only Linux lists processes by their folder.';

/** Signals a process that may have ended. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('npm start', { timeout: 600_000 }, () => {
  let folder: string;
  let data: string;
  let started: Start[];
  let stopped: number[];

  beforeEach(async () => {
    folder = await makeThrowawayFolder();
    // Under root, PostgreSQL runs as another user, which must be able to enter the folder.
    await chmod(folder, 0o755);
    data = path.join(folder, 'data');
    started = [];
    stopped = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((start) => start.end('SIGKILL')));
    for (const pid of stopped) signal(pid, 'SIGCONT');
    // The server of a killed start still writes until its guard has shut it down.
    await untilUnused(data);
    await rm(folder, { recursive: true, force: true });
  });

  function start(...flags: string[]): Start {
    const run = new Start('--no-demo', '--data', data, ...flags);
    started.push(run);
    return run;
  }

  async function query<Row extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function isUp(databaseUrl: string): Promise<boolean> {
    return query(databaseUrl, 'select 1').then(
      () => true,
      () => false,
    );
  }

  /** Starts, makes a table in the database, and stops. */
  async function leaveMark(): Promise<void> {
    const run = start('--json');
    const { databaseUrl } = await run.ready();
    await query(databaseUrl, 'create table public.mark ()');
    await run.end('SIGINT');
  }

  async function hasMark(run: Start): Promise<boolean> {
    const { databaseUrl } = await run.ready();
    const [row] = await query<{ mark: string | null }>(databaseUrl, "select to_regclass('public.mark')::text as mark");
    return row?.mark === 'mark';
  }

  test('--json prints one line that a tool can parse, and Ctrl-C stops everything', async () => {
    const run = start('--json');
    const ready = await run.ready();
    assert.deepEqual(Object.keys(ready).sort(), [
      'databaseUrl',
      'demo',
      'mailbox',
      'publishableKey',
      'secretKey',
      'supabaseUrl',
    ]);
    assert.deepEqual([ready.demo, ready.mailbox], [null, null]);

    const answer = await fetch(`${ready.supabaseUrl}/rest/v1/rpc/openslot_calendar`, {
      method: 'POST',
      headers: { apikey: ready.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'mira-lindqvist' }),
    });
    assert.equal(answer.status, 200);

    assert.equal(await run.end('SIGINT'), 0);
    assert.equal(run.output.length, 1);
    assert.equal(await isUp(ready.databaseUrl), false);
    await assert.rejects(fetch(ready.supabaseUrl));
    assert.deepEqual(await readdir(folder), ['data']);
  });

  test('without --json it prints addresses and keys for people', async () => {
    const run = start();
    await until(() => run.output.some((line) => line.includes('Database')));
    const text = run.output.join('\n');
    assert.match(text, /Supabase URL +http:\/\/127\.0\.0\.1:\d+/);
    assert.match(text, /Publishable key +sb_publishable_/);
    assert.match(text, /Ctrl-C/);
    assert.equal(await run.end('SIGTERM'), 0);
  });

  test('data is kept, and --reset wipes it', async () => {
    await leaveMark();
    const again = start('--json');
    assert.equal(await hasMark(again), true);
    await again.end('SIGINT');
    assert.equal(await hasMark(start('--json', '--reset')), false);
  });

  test('a killed start leaves no server, and the next start finds its data', async () => {
    await leaveMark();
    const run = start('--json');
    const { databaseUrl } = await run.ready();
    await run.end('SIGKILL');
    const next = start('--json');
    assert.equal(await hasMark(next), true);
    assert.equal(await isUp(databaseUrl), false);
    // On a busy machine, the server takes a while to end.
    assert.equal(next.errors.replace(/^Waiting for the PostgreSQL .*\n/, ''), '');
  });

  /** Kills a start whose server can't end, because one of its processes is stopped until `resume()`. */
  async function killWithSlowServer(prepare?: () => void): Promise<{ resume: () => void; pid: number }> {
    const run = start('--json');
    const { databaseUrl } = await run.ready();
    await query(databaseUrl, 'create table public.mark ()');
    const [row] = await query<{ pid: number }>(
      databaseUrl,
      "select pid from pg_stat_activity where backend_type = 'checkpointer'",
    );
    const { pid } = row ?? assert.fail('no checkpointer');
    stopped.push(pid);
    process.kill(pid, 'SIGSTOP');
    prepare?.();
    await run.end('SIGKILL');
    return { resume: () => signal(pid, 'SIGCONT'), pid };
  }

  for (const [title, flags, outdated] of [
    ['--reset', ['--reset'], false],
    ['other migrations', [], true],
  ] as const) {
    test(`waits for a server that is slow to end before it removes the data: ${title}`, async () => {
      const { resume, pid } = await killWithSlowServer();
      if (outdated) await writeFile(path.join(data, FINGERPRINT), 'of another checkout');
      const next = start('--json', ...flags);
      await until(() => next.errors.includes('\n') || next.output.length > 0);
      assert.match(next.errors, /^Waiting for the PostgreSQL that still runs on .* to end \(process [\d, ]+\)\.\n$/);
      assert.match(next.errors, new RegExp(`\\b${pid}\\b`));
      assert.deepEqual(
        ['global', 'pg_wal', 'postmaster.pid'].filter((name) => !existsSync(path.join(data, name))),
        [],
      );
      resume();
      assert.equal(await hasMark(next), false);
    });
  }

  test(
    'waits for the remaining processes of a killed server, and keeps the data',
    { skip: !onLinux && NEEDS_PROC },
    async () => {
      const { resume, pid } = await killWithSlowServer(() => {
        const [postmaster] = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
        process.kill(Number(postmaster), 'SIGKILL');
      });
      const next = start('--json');
      await until(() => next.errors.includes('\n') || next.output.length > 0);
      assert.match(next.errors, new RegExp(`^Waiting for .*\\b${pid}\\b`));
      resume();
      assert.equal(await hasMark(next), true);
      assert.equal(next.errors.trim().split('\n').length, 1);
    },
  );

  test('ignores the lock of a program that is no sandbox', async () => {
    await leaveMark();
    const holder = { pid: process.pid, url: 'http://127.0.0.1:1', since: 0 };
    await writeFile(`${data}.lock`, JSON.stringify(holder));
    await writeFile(path.join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n1\n`);
    assert.equal(await hasMark(start('--json')), true);
  });

  test('a second start on the same data prints the first one’s URL', async () => {
    const first = start('--json');
    const { supabaseUrl, databaseUrl } = await first.ready();
    const second = start();
    assert.equal(await second.ended(), 1);
    assert.ok(second.errors.includes(`already running at ${supabaseUrl}`), second.errors);
    assert.doesNotMatch(second.errors, /\n\s+at /);
    assert.equal(await isUp(databaseUrl), true);
  });

  test('a taken port is reported in one line, with the remedy', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const run = start('--port', String(port));
    assert.equal(await run.ended(), 1);
    assert.equal(
      run.errors,
      `Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}\n`,
    );
    other.close();
  });

  for (const [kind, damage] of [
    ['damaged', () => truncate(path.join(data, 'global', 'pg_control'), 100)],
    ['incomplete', () => rm(path.join(data, 'global'), { recursive: true })],
  ] as const) {
    test(`${kind} data is moved aside and replaced by new data`, async () => {
      await leaveMark();
      await damage();
      const run = start('--json');
      assert.equal(await hasMark(run), false);
      assert.match(run.errors, /damaged\. It was moved to .*data\.broken-\d+; making a new one/);
      assert.equal(run.errors.trim().split('\n').length, 1);
    });
  }

  test('data of other migrations is replaced, and a message says so', async () => {
    await leaveMark();
    await writeFile(path.join(data, FINGERPRINT), 'of another checkout');
    const run = start('--json');
    assert.equal(await hasMark(run), false);
    assert.equal(
      run.errors,
      'Migrations, seed or PostgreSQL have changed since the database was made: making a new one.\n',
    );
  });

  test('a folder with other content stays unchanged', async () => {
    await mkdir(data);
    await writeFile(path.join(data, 'thesis.txt'), 'ten years of work');
    for (const flags of [[], ['--reset']]) {
      const run = start(...flags);
      assert.equal(await run.ended(), 1);
      assert.match(run.errors, /not empty and was not made by the sandbox/);
      assert.deepEqual(await readdir(data), ['thesis.txt']);
    }
  });

  test('unknown flags print the usage', async () => {
    for (const flags of [
      ['--prot', '1'],
      ['--port', 'http'],
    ]) {
      const run = start(...flags);
      assert.equal(await run.ended(), 1);
      assert.match(run.errors, /--port/);
      assert.doesNotMatch(run.errors, /\n\s+at /);
    }
  });
});
