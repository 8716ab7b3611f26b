import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { isCluster, moveAside, removeCluster } from './cluster-folder.ts';
import { readSources } from './database.ts';
import { PostgresError, startSandbox, type Sandbox, type SandboxOptions } from '../index.ts';
import { findPostgres, isReachable } from './postgres-binaries.ts';
import { untilUnused } from './servers-on-folder.ts';
import { fingerprint, readFingerprint } from './template.ts';

type Log = (line: string) => void;

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * The folder of a checkout's database: .sandbox, or a temporary folder if PostgreSQL's user can't enter the checkout, as when
 * root started the sandbox in a checkout that only root can enter.
 */
export async function dataDirOfCheckout(log: Log): Promise<string> {
  const home = path.join(ROOT, '.sandbox');
  const { runAs } = await findPostgres();
  if (await isReachable(home, runAs)) return path.join(home, 'data');
  const key = createHash('sha256').update(ROOT).digest('hex').slice(0, 8);
  const elsewhere = path.join(tmpdir(), `openslot-sandbox-${key}`);
  log(`PostgreSQL can't run as root, and no other user can enter ${ROOT}: keeping the database in ${elsewhere}.`);
  return elsewhere;
}

/** Starts on the kept database; if it is unusable, logs this and starts on a new one. */
export async function startOnKeptData(options: SandboxOptions & { dataDir: string }, log: Log): Promise<Sandbox> {
  const { dataDir } = options;
  const replace = async (): Promise<boolean> => {
    const aside = await moveAside(dataDir);
    if (aside) log(`The database in ${dataDir} is damaged. It was moved to ${aside}; making a new one.`);
    return aside !== null;
  };

  await untilUnused(dataDir, log);
  if (!(await isCluster(dataDir))) {
    await replace();
  } else if (await isOutdated(dataDir)) {
    log('Migrations, seed or PostgreSQL have changed since the database was made: making a new one.');
    await forgetKeptData(dataDir, log);
  }
  try {
    return await startSandbox(options);
  } catch (error) {
    const damaged =
      error instanceof pg.DatabaseError || (error instanceof PostgresError && error.code === 'data_corrupt');
    if (!damaged || !(await replace())) throw error;
    return startSandbox(options);
  }
}

/** Removes the database, once no server writes to it any more. */
export async function forgetKeptData(dataDir: string, log: Log): Promise<void> {
  await untilUnused(dataDir, log);
  await removeCluster(dataDir);
}

/** A sandbox is never migrated: a database made of other sources is deleted. */
async function isOutdated(dataDir: string): Promise<boolean> {
  const made = await readFingerprint(dataDir);
  return made !== null && made !== fingerprint(await readSources({ seed: true }), await findPostgres());
}
