import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { getAuthSchemaSql } from '../lite.ts';
import { SUPERUSER, type PostgresServer } from './postgres.ts';
import { describeSqlError, withClient } from './sql-client.ts';

/** A file of SQL and its content. */
export interface SqlFile {
  /** Path from the repository's root, for error messages. */
  name: string;
  sql: string;
}

/** All SQL that makes a database: equal sources make equal databases. */
export interface DatabaseSources {
  /** The SQL that a hosted project has run before its first migration, Realtime's schema included. The superuser runs it. */
  platform: SqlFile[];
  /** Run in order of their names by the role `postgres`, which is no superuser. */
  migrations: SqlFile[];
  seed: SqlFile[];
}

/** The role that runs migrations, and the role in a project's connection string. */
export const PROJECT_ROLE = 'postgres';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The database refused a file of SQL. The message names the line. */
export class SqlFileError extends Error {
  constructor(file: SqlFile, cause: unknown) {
    super(describeSqlError(cause, file.name, file.sql), { cause });
    this.name = 'SqlFileError';
  }
}

export async function readSources(options: { seed: boolean }): Promise<DatabaseSources> {
  const [bootstrap, realtime, migrations, seed] = await Promise.all([
    readSqlFolder('sandbox/bootstrap'),
    readSqlFolder('sandbox/realtime'),
    readSqlFolder('supabase/migrations'),
    options.seed ? readSqlFolder('supabase', (name) => name === 'seed.sql') : [],
  ]);
  const authTables = { name: '@supabase/lite, schema auth', sql: getAuthSchemaSql() };
  return { platform: [authTables, ...bootstrap, ...realtime], migrations, seed };
}

/**
 * Gives an empty cluster the content that a Supabase project has after `supabase db push`.
 * @throws {SqlFileError}
 */
export async function buildDatabase(server: PostgresServer, sources: DatabaseSources): Promise<void> {
  await withClient(server.url(SUPERUSER), async (client) => {
    for (const file of sources.platform) await runFile(client, file);
  });
  await withClient(server.url(PROJECT_ROLE), async (client) => {
    for (const file of sources.migrations) {
      await runFile(client, file);
      await recordMigration(client, file);
    }
    for (const file of sources.seed) await runFile(client, file);
  });
}

async function readSqlFolder(folder: string, accept: (name: string) => boolean = () => true): Promise<SqlFile[]> {
  const names = await readdir(path.join(ROOT, folder)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const wanted = names.filter((name) => name.endsWith('.sql') && accept(name)).sort();
  return Promise.all(
    wanted.map(async (name) => ({
      name: `${folder}/${name}`,
      sql: await readFile(path.join(ROOT, folder, name), 'utf8'),
    })),
  );
}

/** PostgreSQL runs several statements of one query in one transaction; the Supabase CLI does the same for each migration. */
async function runFile(client: pg.Client, file: SqlFile): Promise<void> {
  try {
    await client.query(file.sql);
  } catch (error) {
    throw new SqlFileError(file, error);
  }
}

/** Writes the row that the Supabase CLI would write: `20260101000000_name.sql` has a version and a name. */
async function recordMigration(client: pg.Client, file: SqlFile): Promise<void> {
  const [, version, name] = /([^/_]+)_?([^/]*)\.sql$/.exec(file.name) ?? [];
  await client.query(
    'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])',
    [version, name, file.sql],
  );
}
