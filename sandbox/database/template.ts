import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildDatabase, type DatabaseSources } from './database.ts';
import { copyFolder } from './cluster-folder.ts';
import { findPostgres, majorOf, type PostgresBinaries } from './postgres-binaries.ts';
import { startPostgres } from './postgres.ts';
import { isAlive } from './process-guard.ts';

/** Part of the key. Raise it when the code that makes a template changes, but none of its sources. */
const FORMAT = 1;
const HOUR_MS = 60 * 60 * 1000;
const UNUSED_MS = 2 * HOUR_MS;
/** Longer than any build takes. */
const BUILD_MS = 120_000;
const CACHE = path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'openslot-sandbox');
/** Lies inside the cluster's folder, so that a copy carries the fingerprint of its sources. */
const FINGERPRINT_FILE = 'openslot-sandbox.fingerprint';

/** Short hash of everything that determines the folder of a fresh database. */
export function fingerprint(sources: DatabaseSources, postgres: Pick<PostgresBinaries, 'version'>): string {
  const { platform, migrations, seed } = sources;
  const content = JSON.stringify([FORMAT, process.platform, majorOf(postgres), platform, migrations, seed]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** The fingerprint of the sources of a cluster, or `null` if the sandbox didn't make it. */
export function readFingerprint(dataDir: string): Promise<string | null> {
  return readFile(path.join(dataDir, FINGERPRINT_FILE), 'utf8').catch(() => null);
}

/**
 * Folder of a stopped, migrated and seeded cluster to copy. The first process that needs it makes it, while others wait. The
 * seed is relative to the current time, so a template serves for the clock hour it was made in.
 * @param given the PostgreSQL that will run on the copies. Default: `findPostgres()`
 */
export async function templateFor(sources: DatabaseSources, given?: PostgresBinaries): Promise<string> {
  const binaries = given ?? (await findPostgres());
  const cache = await cacheFolder();
  const key = fingerprint(sources, binaries);
  const folder = path.join(cache, `${key}-${Math.floor(Date.now() / HOUR_MS)}`);
  while (!(await markUsed(folder))) {
    const release = await lock(`${folder}.lock`);
    if (!release) {
      await delay(50);
      continue;
    }
    try {
      if (!(await markUsed(folder))) await build(folder, key, sources, binaries);
    } finally {
      await release();
    }
  }
  await prune(cache);
  return folder;
}

async function cacheFolder(): Promise<string> {
  try {
    await mkdir(CACHE, { recursive: true });
    await access(CACHE, constants.R_OK | constants.W_OK | constants.X_OK);
    return CACHE;
  } catch {
    // The checkout is read-only, or another user made its cache.
    const own = path.join(tmpdir(), `openslot-sandbox-cache-${process.getuid?.() ?? ''}`);
    await mkdir(own, { recursive: true, mode: 0o700 });
    return own;
  }
}

/** Whether the template exists. Updates its time of last use, so that other processes don't delete it. */
async function markUsed(folder: string): Promise<boolean> {
  const now = new Date();
  return utimes(folder, now, now).then(
    () => true,
    () => false,
  );
}

/** Renames the folder to its final name when it is finished, so that no process sees half a template. */
async function build(folder: string, key: string, sources: DatabaseSources, binaries: PostgresBinaries): Promise<void> {
  const server = await startPostgres({ keepFolder: true, binaries });
  const draft = `${folder}.draft-${process.pid}`;
  try {
    await buildDatabase(server, sources).finally(() => server.stop());
    await writeFile(path.join(server.dataDir, FINGERPRINT_FILE), key);
    copyFolder(server.dataDir, draft);
    await rename(draft, folder).catch(async (error: unknown) => {
      // The lock's former holder was taken for dead, but has finished; its template is as good.
      if (!(await markUsed(folder))) throw error;
    });
  } finally {
    await Promise.all([draft, server.dataDir].map((dir) => rm(dir, { recursive: true, force: true })));
  }
}

/** @returns a function that releases the lock, or `null` while a living process holds it */
async function lock(file: string): Promise<(() => Promise<void>) | null> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return () => rm(file, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  const info = await stat(file).catch(() => null);
  const age = info ? Date.now() - info.mtimeMs : 0;
  // An empty file belongs to a process that is just writing its number. In an old file, the number may belong to another
  // process now.
  if ((holder > 0 && !isAlive(holder)) || age > BUILD_MS) await rm(file, { force: true });
  return null;
}

async function prune(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const entry = path.join(cache, name);
    const info = await stat(entry).catch(() => null);
    if (info && Date.now() - info.mtimeMs > UNUSED_MS) await rm(entry, { recursive: true, force: true });
  }
}
