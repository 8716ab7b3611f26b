import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { chownTree, copyFolder, makeThrowawayFolder } from './data-folder.ts';
import { findPostgres, isReachable, type PostgresBinaries } from './postgres-binaries.ts';
import { PostgresError } from './postgres-error.ts';
import { guardProcess, isAlive } from './process-guard.ts';

export { PostgresError } from './postgres-error.ts';

export interface PostgresOptions {
  /** Folder of the cluster, made when missing. `null` (default): a throwaway one that goes with `stop()`. */
  dataDir?: string | null;
  /** TCP port on 127.0.0.1. `0` (default): any free one. */
  port?: number;
  /** Folder of a stopped cluster to copy when `dataDir` holds none. Default: an empty cluster. */
  template?: string;
  /** Leave a throwaway folder behind when the server is stopped; the caller deletes it. */
  keepFolder?: boolean;
}

export interface PostgresServer {
  port: number;
  dataDir: string;
  /** Connection string of a role. Loopback asks for no password; one is given for clients that insist. */
  url(role: string): string;
  /** Resolves when the server has ended, whoever ended it. */
  ended: Promise<void>;
  /** Shuts the server down, closing what is still connected, and deletes a throwaway folder. */
  stop(): Promise<void>;
}

export const SUPERUSER = 'supabase_admin';
const HOST = '127.0.0.1';
const FREE_PORT_ATTEMPTS = 5;
const LOCK_FILE = 'postmaster.pid';

/**
 * Starts a native PostgreSQL 17 that listens on loopback only. It ends with `stop()` or, should this process die
 * first in whatever way, a moment after it.
 * @throws {PostgresError} with a code and a message for the terminal
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = await findPostgres();
  const throwaway = options.dataDir == null;
  const dataDir = throwaway ? await makeThrowawayFolder() : path.resolve(options.dataDir!);
  try {
    if (!(await isReachable(path.dirname(dataDir), binaries.runAs))) {
      throw new PostgresError(
        'data_unreachable',
        `PostgreSQL can't run as root, and no other user can enter ${path.dirname(dataDir)}. ` +
          'Choose another folder or run as a normal user.',
      );
    }
    await prepareFolder(dataDir, binaries, options.template);
    const removeAfter = throwaway && !options.keepFolder;
    return await startOnPort(binaries, { dataDir, durable: !throwaway, removeAfter, port: options.port ?? 0 });
  } catch (error) {
    if (throwaway) await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Makes a cluster in `dataDir` unless it holds one; takes away what a crash left behind. */
async function prepareFolder(dataDir: string, binaries: PostgresBinaries, template?: string): Promise<void> {
  if (await isCluster(dataDir)) {
    await removeStaleLock(dataDir);
  } else {
    await mkdir(path.dirname(dataDir), { recursive: true });
    // Made in a sibling folder that is renamed when complete: a killed start leaves no half-made cluster.
    const draft = await mkdtemp(`${dataDir}.new-`);
    try {
      if (template) copyFolder(template, draft);
      else await initCluster(draft, binaries);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    await moveAside(dataDir);
    await rename(draft, dataDir);
  }
  if (binaries.runAs.uid !== undefined) chownTree(dataDir, binaries.runAs.uid, binaries.runAs.gid!);
}

async function isCluster(dataDir: string): Promise<boolean> {
  const parts = await Promise.all(
    ['PG_VERSION', 'global/pg_control', 'postgresql.conf'].map((file) => stat(path.join(dataDir, file)).catch(() => null)),
  );
  return parts.every((part) => part !== null && part.size > 0);
}

async function initCluster(folder: string, { initdb, runAs }: PostgresBinaries): Promise<void> {
  if (runAs.uid !== undefined) await chown(folder, runAs.uid, runAs.gid!);
  const flags = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    // Segments of the default size (16 MB) would double what every throwaway start copies.
    '--wal-segsize=1',
    '--no-sync',
    '--no-instructions',
  ];
  const child = spawn(initdb, flags, { ...runAs, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnv() });
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new PostgresError('failed', `PostgreSQL could not make a database folder: ${output().trim()}`);
}

/** What was in the way is kept under another name: it may be somebody's folder that was given by mistake. */
async function moveAside(dataDir: string): Promise<void> {
  await rmdir(dataDir).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return;
    await rename(dataDir, `${dataDir}.broken-${Date.now()}`);
  });
}

/**
 * A killed server leaves postmaster.pid. PostgreSQL ignores it unless the number now belongs to another process of
 * the same user, so a lock whose port does not answer is taken away here.
 */
async function removeStaleLock(dataDir: string): Promise<void> {
  const file = path.join(dataDir, LOCK_FILE);
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (lines.length < 4) return rm(file, { force: true });
  if (isAlive(Number(lines[0])) && (await isListening(Number(lines[3])))) {
    throw new PostgresError('data_in_use', `Another PostgreSQL is running on ${dataDir}.`);
  }
  await rm(file, { force: true });
}

interface Launch {
  dataDir: string;
  /** Whether commits must survive a crash of the machine. */
  durable: boolean;
  removeAfter: boolean;
  port: number;
}

async function startOnPort(binaries: PostgresBinaries, launch: Launch): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = launch.port || (await findFreePort());
    try {
      return await launchServer(binaries, { ...launch, port });
    } catch (error) {
      // A port that was free a moment ago may have been taken meanwhile: only an asked-for one is final.
      const retry = error instanceof PostgresError && error.code === 'port_taken' && !launch.port;
      if (!retry || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}

async function launchServer({ postgres, runAs }: PostgresBinaries, launch: Launch): Promise<PostgresServer> {
  const { dataDir, removeAfter, port } = launch;
  const child = spawn(postgres, ['-D', dataDir, ...settings(launch)], {
    ...runAs,
    cwd: dataDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: serverEnv(),
  });
  const output = collect(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const releaseGuard = guardProcess(child, {
    lock: path.join(dataDir, LOCK_FILE),
    removeFolder: removeAfter ? dataDir : null,
  });

  if (!(await becomesReady(child, ended))) {
    releaseGuard();
    throw startFailure(output(), launch);
  }
  return {
    port,
    dataDir,
    url: (role) => `postgresql://${role}:postgres@${HOST}:${port}/postgres`,
    ended,
    async stop() {
      // SIGINT is PostgreSQL's "fast" shutdown: open sessions are ended, transactions rolled back.
      child.kill('SIGINT');
      await ended;
      releaseGuard();
      if (removeAfter) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function settings({ port, durable }: Launch): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: HOST,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '64MB',
    wal_level: 'logical',
    max_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Failing statements are the caller's business; only the server's own life is logged.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function serverEnv(): NodeJS.ProcessEnv {
  // Messages are read below, so they must be English; PG* variables of the developer's shell must not reach it.
  return { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' };
}

function becomesReady(child: ChildProcess, ended: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      if (chunk.includes('database system is ready to accept connections')) resolve(true);
    });
    child.once('error', () => resolve(false));
    void ended.then(() => resolve(false));
  });
}

function startFailure(output: string, { dataDir, port }: Launch): PostgresError {
  const lastWords = output.trim().split('\n').slice(-5).join('\n');
  if (/could not create any TCP\/IP sockets|Address already in use/.test(output)) {
    return new PostgresError('port_taken', `Port ${port} is taken by another program.`);
  }
  if (/lock file "postmaster.pid" already exists/.test(output)) {
    return new PostgresError('data_in_use', `Another PostgreSQL is running on ${dataDir}.`);
  }
  if (/error while loading shared libraries|Library not loaded/.test(output)) {
    return new PostgresError('not_installed', `PostgreSQL is not completely installed. Run \`npm ci\`.\n${lastWords}`);
  }
  return new PostgresError('data_corrupt', `PostgreSQL could not start on ${dataDir}:\n${lastWords}`);
}

/** Keeps the last 16 kB of what the process says, for the error message. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-16_384);
  });
  child.once('error', (error) => {
    text += error.message;
  });
  return () => text;
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, HOST);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
