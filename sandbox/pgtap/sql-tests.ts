import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { PROJECT_ROLE, readSources, SqlFileError } from '../database/database.ts';
import { installPgtap } from './pgtap.ts';
import { PostgresError, startPostgres, SUPERUSER } from '../database/postgres.ts';
import {
  findInstalled,
  findPostgres,
  OLDEST_MAJOR,
  OWN_POSTGRES,
  type PostgresBinaries,
} from '../database/postgres-binaries.ts';
import { describeSqlError, withClient } from '../database/sql-client.ts';
import { TapCounter } from './tap.ts';
import { templateFor } from '../database/template.ts';

export interface SqlTestOptions {
  /** The PostgreSQL that runs the tests. Default: `findPostgres()`. */
  binaries?: PostgresBinaries;
  /** Test files. Default: all of supabase/tests. */
  files?: string[];
  /** Receives the lines of the report. Default: standard output. */
  log?: (line: string) => void;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const TESTS = path.join(ROOT, 'supabase', 'tests');

/**
 * Runs pgTAP files against a throwaway database with migrations and seed, each in a connection of its own and as the
 * role that `supabase test db` uses. psql's backslash commands are not understood.
 * @returns the number of assertions; a file that stops early or misses its plan counts as one more failure
 */
export async function runSqlTests(options: SqlTestOptions = {}): Promise<{ passed: number; failed: number }> {
  const log = options.log ?? console.log;
  const files = options.files ?? (await findTests());
  const binaries = options.binaries ?? (await findPostgres());
  const template = await templateFor(await readSources({ seed: true }), binaries);
  const server = await startPostgres({ binaries, template });
  const total = { passed: 0, failed: 0 };
  try {
    await withClient(server.url(SUPERUSER), installPgtap);
    for (const file of files) {
      const name = path.relative(ROOT, file);
      const counter = new TapCounter();
      const sql = await readFile(file, 'utf8');
      await withClient(server.url(PROJECT_ROLE), (client) => runFile(client, name, sql, counter));
      const result = counter.finish();
      total.passed += result.passed;
      total.failed += result.failed;
      log(`${result.failed === 0 ? 'ok    ' : 'FAILED'} ${name}  ${result.passed}/${result.passed + result.failed}`);
      for (const line of result.problems) log(`         ${line}`);
    }
  } finally {
    await server.stop();
  }
  return total;
}

async function findTests(): Promise<string[]> {
  const names = await readdir(TESTS);
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => path.join(TESTS, name));
}

/** Reads rows as they arrive, so that an error doesn't lose the assertions before it. */
function runFile(client: pg.Client, name: string, sql: string, counter: TapCounter): Promise<void> {
  return new Promise((resolve) => {
    const query = client.query(new pg.Query(sql));
    query.on('row', (row) => {
      for (const value of Object.values(row as object)) counter.read(String(value ?? ''));
    });
    query.on('error', (error) => {
      counter.abort(describeSqlError(error, name, sql));
      resolve();
    });
    query.on('end', () => resolve());
  });
}

/** npm's PostgreSQL, and the oldest that Supabase hosts if it is installed; or only the one that the caller chose. */
async function serversToTest(): Promise<PostgresBinaries[]> {
  const newest = await findPostgres();
  if (process.env[OWN_POSTGRES]) return [newest];
  const oldest = await findInstalled(OLDEST_MAJOR);
  if (oldest) return [newest, await findPostgres(oldest)];
  // `npm test` repeats such a line at its end.
  console.log(
    `NOT TESTED on this machine: the database on PostgreSQL ${OLDEST_MAJOR}, which is not installed ` +
      `(Debian: apt install postgresql-${OLDEST_MAJOR}; elsewhere name its programs' folder in ${OWN_POSTGRES})`,
  );
  return [newest];
}

if (import.meta.main) {
  const files = process.argv.slice(2).map((file) => path.resolve(file));
  const total = { passed: 0, failed: 0 };
  try {
    for (const binaries of await serversToTest()) {
      console.log(`PostgreSQL ${binaries.version}`);
      const { passed, failed } = await runSqlTests({ binaries, ...(files.length > 0 && { files }) });
      total.passed += passed;
      total.failed += failed;
    }
  } catch (error) {
    // If the database refuses a migration, all tests fail; the message names file and line.
    if (!(error instanceof SqlFileError || error instanceof PostgresError)) throw error;
    console.log(error.message);
    total.failed += 1;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
