import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { PROJECT_ROLE, readSources, SqlFileError } from './database.ts';
import { installPgtap } from './pgtap.ts';
import { PostgresError, startPostgres, SUPERUSER } from './postgres.ts';
import { describeSqlError, withClient } from './sql-client.ts';
import { TapCounter } from './tap.ts';
import { templateFor } from './template.ts';

export interface SqlTestOptions {
  /** Test files. Default: all of supabase/tests. */
  files?: string[];
  /** Where the report goes. Default: standard output. */
  log?: (line: string) => void;
}

const ROOT = path.resolve(import.meta.dirname, '..');
const TESTS = path.join(ROOT, 'supabase', 'tests');

/**
 * Runs pgTAP files against a throwaway database with migrations and seed, each in a connection of its own and as the
 * role that `supabase test db` uses. psql's backslash commands are not understood.
 * @returns the number of assertions; a file that stops early or misses its plan counts as one more failure
 */
export async function runSqlTests(options: SqlTestOptions = {}): Promise<{ passed: number; failed: number }> {
  const log = options.log ?? console.log;
  const files = options.files ?? (await findTests());
  const server = await startPostgres({ template: await templateFor(await readSources({ seed: true })) });
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

/** Rows are read as they come, so that the assertions before an error are not lost with it. */
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

if (import.meta.main) {
  const files = process.argv.slice(2).map((file) => path.resolve(file));
  const { passed, failed } = await runSqlTests(files.length > 0 ? { files } : {}).catch((error: unknown) => {
    // A migration that the database refuses fails all the tests; its message names file and line.
    if (!(error instanceof SqlFileError || error instanceof PostgresError)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 1 };
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
