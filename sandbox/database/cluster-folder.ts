import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isReachable, majorOf, type PostgresBinaries } from './postgres-binaries.ts';
import { PostgresError } from './postgres-error.ts';
import { LOCK_FILE, untilUnused } from './servers-on-folder.ts';

export const SUPERUSER = 'supabase_admin';
const VERSION_FILE = 'PG_VERSION';
const ESSENTIAL_FILES = [VERSION_FILE, 'global/pg_control', 'postgresql.conf'];

const MEMORY_DISK = '/dev/shm';
/** A container often has 64 MB of memory disk, which two clusters would fill. */
const MEMORY_DISK_FREE_BYTES = 2 * 1024 ** 3;

/** An empty folder for temporary data: in memory where there is plenty, which saves most of the time of a start. */
export async function makeThrowawayFolder(): Promise<string> {
  const info = process.platform === 'linux' ? await statfs(MEMORY_DISK).catch(() => null) : null;
  const inMemory = info !== null && info.bavail * info.bsize > MEMORY_DISK_FREE_BYTES;
  return mkdtemp(path.join(inMemory ? MEMORY_DISK : tmpdir(), 'openslot-sandbox-'));
}

/**
 * Makes a cluster in `dataDir` unless it holds one, and removes the files that a crash left behind.
 * @param template stopped cluster to copy; without one, an empty cluster is made
 * @throws {PostgresError}
 */
export async function prepareCluster(dataDir: string, binaries: PostgresBinaries, template?: string): Promise<void> {
  const { runAs } = binaries;
  const parent = path.dirname(dataDir);
  if (!(await isReachable(parent, runAs))) {
    throw new PostgresError(
      'data_unreachable',
      `PostgreSQL can't run as root, and no other user can enter ${parent}. Choose another folder or run as a normal user.`,
    );
  }
  if (await isCluster(dataDir)) {
    await untilUnused(dataDir);
    // PostgreSQL takes the lock of a killed server as valid if a process of the same user now has its number.
    await rm(path.join(dataDir, LOCK_FILE), { force: true });
  } else {
    await mkdir(parent, { recursive: true });
    // The cluster is made in a sibling folder and renamed when complete, so that a killed start leaves no half-made cluster.
    const draft = await mkdtemp(`${dataDir}.new-`);
    try {
      if (template) copyFolder(template, draft);
      else await initCluster(draft, binaries);
      await moveAside(dataDir);
      await rename(draft, dataDir);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
  }
  if (runAs) chownTree(dataDir, runAs.uid, runAs.gid);
}

/**
 * Copies a cluster: about a thousand small files. The synchronous copy takes a third of the asynchronous one's time
 * (0.04 s to memory, 0.4 s to disk), which is worth holding the event loop for.
 */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

/**
 * Renames an unusable cluster, so that another can be made in its place.
 * @returns its new name, or `null` if there was nothing
 * @throws {PostgresError} `data_foreign`
 */
export async function moveAside(dataDir: string): Promise<string | null> {
  const entries = await entriesOf(dataDir);
  if (!entries) return null;
  if (entries.length === 0) {
    await rmdir(dataDir);
    return null;
  }
  const aside = `${dataDir}.broken-${Date.now()}`;
  await rename(dataDir, aside);
  return aside;
}

/** Removes a cluster, even an incomplete one. @throws {PostgresError} `data_foreign` */
export async function removeCluster(dataDir: string): Promise<void> {
  if (await entriesOf(dataDir)) await rm(dataDir, { recursive: true });
}

/**
 * @returns the folder's entries, or `null` if it doesn't exist
 * @throws {PostgresError} `data_foreign` if the folder holds something else, so probably the wrong folder was named
 */
async function entriesOf(dataDir: string): Promise<string[] | null> {
  const entries = await readdir(dataDir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (entries?.length && !entries.includes(VERSION_FILE)) {
    throw new PostgresError(
      'data_foreign',
      `${dataDir} is not empty and was not made by the sandbox. Choose another folder.`,
    );
  }
  return entries;
}

/** Whether the folder looks complete. Only a server that starts on it shows whether its files are sound. */
export async function isCluster(dataDir: string): Promise<boolean> {
  const files = await Promise.all(ESSENTIAL_FILES.map((file) => stat(path.join(dataDir, file)).catch(() => null)));
  return files.every((file) => file !== null && file.size > 0);
}

async function initCluster(folder: string, binaries: PostgresBinaries): Promise<void> {
  const { initdb, runAs } = binaries;
  if (runAs) chownTree(folder, runAs.uid, runAs.gid);
  const flags = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    // Letters beyond ASCII compare by Unicode's rules, whatever locales the machine has.
    ...(majorOf(binaries) >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale-provider=icu', '--icu-locale=en-US']),
    // Segments of the default size (16 MB) would double the bytes that each throwaway start copies.
    '--wal-segsize=1',
    '--no-sync',
    '--no-instructions',
  ];
  const child = spawn(initdb, flags, { ...runAs, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnv() });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new PostgresError('failed', `PostgreSQL could not make a database folder: ${output.trim()}`);
}

/** English messages, because the code reads them, and none of the developer's own PG* variables. */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' };
}

/** PostgreSQL only starts if its user owns the data. */
function chownTree(folder: string, uid: number, gid: number): void {
  for (const entry of ['.', ...(readdirSync(folder, { recursive: true }) as string[])]) {
    chownSync(path.join(folder, entry), uid, gid);
  }
}
