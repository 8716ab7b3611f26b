import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { makeThrowawayFolder, prepareCluster, serverEnv } from './cluster-folder.ts';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts';
import { PostgresError } from './postgres-error.ts';
import { guardProcess } from './process-guard.ts';
import { LOCK_FILE } from './servers-on-folder.ts';

export { SUPERUSER } from './cluster-folder.ts';
export { PostgresError } from './postgres-error.ts';

export interface PostgresOptions {
  /** The server to start. Default: `findPostgres()`. */
  binaries?: PostgresBinaries;
  /** Folder of the cluster, made when missing. `null` (default): a temporary folder that `stop()` deletes. */
  dataDir?: string | null;
  /** TCP port on 127.0.0.1. `0` (default): any free port. */
  port?: number;
  /** Folder of a stopped cluster to copy when `dataDir` holds none. Default: an empty cluster. */
  template?: string;
  /** Keep a temporary folder when the server is stopped; the caller deletes it. */
  keepFolder?: boolean;
}

export interface PostgresServer {
  port: number;
  dataDir: string;
  /** Connection string of a role. Loopback needs no password; the string has one for clients that insist on it. */
  url(role: string): string;
  /** Shuts the server down as `stop()` does, and starts it again on the same port and data once `pause` has resolved. */
  restart(pause?: () => Promise<void>): Promise<void>;
  /** Shuts the server down, ends its connections, and deletes a temporary folder. */
  stop(): Promise<void>;
}

/** A server's process. */
interface Running {
  port: number;
  stop(): Promise<void>;
}

interface Launch {
  dataDir: string;
  /** Whether commits must survive a crash of the machine. */
  durable: boolean;
  removeAfter: boolean;
  port: number;
}

const HOST = '127.0.0.1';
const FREE_PORT_ATTEMPTS = 5;
const READY = 'database system is ready to accept connections';

/**
 * Starts a native PostgreSQL that listens on loopback only. It ends with `stop()` or, if this process dies first, a moment
 * later.
 * @throws {PostgresError} with a code and a message for the terminal
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { dataDir: given = null, port = 0, template, keepFolder = false } = options;
  const binaries = options.binaries ?? (await findPostgres());
  const dataDir = given === null ? await makeThrowawayFolder() : path.resolve(given);
  const removeAfter = given === null && !keepFolder;
  try {
    await prepareCluster(dataDir, binaries, template);
    const launch: Launch = { dataDir, durable: given !== null, removeAfter, port };
    let running = await launchOnPort(binaries, launch);
    const { port: taken } = running;
    return {
      port: taken,
      dataDir,
      url: (role) => `postgresql://${role}:postgres@${HOST}:${taken}/postgres`,
      async restart(pause) {
        await running.stop();
        await pause?.();
        running = await launchServer(binaries, { ...launch, port: taken });
      },
      async stop() {
        await running.stop();
        if (removeAfter) await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    if (given === null) await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function launchOnPort(binaries: PostgresBinaries, launch: Launch): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const port = launch.port || (await findFreePort());
    try {
      return await launchServer(binaries, { ...launch, port });
    } catch (error) {
      // Another program may have taken a port that was free a moment ago: only a requested port is final.
      const retry = error instanceof PostgresError && error.code === 'port_taken' && !launch.port;
      if (!retry || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}

async function launchServer({ postgres, runAs }: PostgresBinaries, launch: Launch): Promise<Running> {
  const { dataDir, removeAfter, port } = launch;
  const child = spawn(postgres, ['-D', dataDir, ...settings(launch)], {
    ...runAs,
    cwd: dataDir,
    // A process group of its own, because Ctrl-C in the terminal is for this process, which then stops the server in order.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: serverEnv(),
  });
  const log = collectLog(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const releaseGuard = guardProcess(child, {
    lock: path.join(dataDir, LOCK_FILE),
    removeFolder: removeAfter ? dataDir : null,
  });
  if (!(await becomesReady(child, log, ended))) {
    releaseGuard();
    throw startFailure(log(), launch);
  }
  return {
    port,
    async stop() {
      // SIGINT is PostgreSQL's "fast" shutdown: open sessions are ended, transactions rolled back.
      child.kill('SIGINT');
      await ended;
      releaseGuard();
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
    // In the folder, not in the machine's shared memory: containers have little of it, and a killed server would leave its
    // part there.
    ...(process.platform === 'win32' ? {} : { dynamic_shared_memory_type: 'mmap' }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Callers handle failing statements; the log only has the server's own start and end.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function becomesReady(child: ChildProcess, log: () => string, ended: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    child.stderr?.on('data', () => {
      if (log().includes(READY)) resolve(true);
    });
    child.once('error', () => resolve(false));
    void ended.then(() => resolve(false));
  });
}

function startFailure(log: string, { dataDir, port }: Launch): PostgresError {
  const lastWords = log.trim().split('\n').slice(-5).join('\n');
  if (/could not create any TCP\/IP sockets|Address already in use/.test(log)) {
    return new PostgresError('port_taken', `Port ${port} is taken by another program.`);
  }
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block .* is still in use/.test(log)) {
    return new PostgresError('data_in_use', `Another PostgreSQL is running on ${dataDir}.`);
  }
  return new PostgresError('data_corrupt', `PostgreSQL could not start on ${dataDir}:\n${lastWords}`);
}

/** Keeps the last 16 kB of the server's output for the error message. */
function collectLog(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
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
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
