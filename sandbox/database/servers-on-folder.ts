import { once } from 'node:events';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresError } from './postgres-error.ts';
import { isAlive } from './process-guard.ts';

/** PostgreSQL's lock: exists while a server runs on the folder, and after a server was killed there. */
export const LOCK_FILE = 'postmaster.pid';

/** A shutdown is usually shorter: no line is logged before. */
const SILENT_MS = 2_000;
/** Longer than a shutdown takes on a busy machine with a slow disk. */
const PATIENCE_MS = 60_000;

/**
 * Waits until no PostgreSQL process uses the folder. When the owner of a server is killed, its guard shuts the server down.
 * That takes a while, in which the server still writes.
 * @param log gets a line when it takes long
 * @throws {PostgresError} `data_in_use` for a server that doesn't end
 */
export async function untilUnused(dataDir: string, log: (line: string) => void = console.error): Promise<void> {
  const started = Date.now();
  let isSaid = false;
  for (;;) {
    const pids = await serversOn(dataDir);
    if (pids.length === 0) return;
    const who = `process ${pids.join(', ')}`;
    const waited = Date.now() - started;
    if (waited > PATIENCE_MS) {
      throw new PostgresError('data_in_use', `Another PostgreSQL is running on ${dataDir} (${who}).`);
    }
    if (waited > SILENT_MS && !isSaid) {
      log(`Waiting for the PostgreSQL that still runs on ${dataDir} to end (${who}).`);
      isSaid = true;
    }
    await delay(50);
  }
}

/** The processes that would still write if the folder was removed. */
async function serversOn(dataDir: string): Promise<number[]> {
  const folder = await realpath(dataDir).catch(() => null);
  if (folder === null) return [];
  const pids = [...(await postmasterOf(folder)), ...(await workersIn(folder))];
  return [...new Set(pids)].sort((a, b) => a - b);
}

/** Connects to the port as well: another process may have got the number in the lock of a killed server. */
async function postmasterOf(folder: string): Promise<number[]> {
  const lock = await readFile(path.join(folder, LOCK_FILE), 'utf8').catch(() => '');
  const [pid, , , port] = lock.split('\n').map(Number);
  return pid && port && isAlive(pid) && (await isListening(port)) ? [pid] : [];
}

/**
 * All processes of a server have its folder as their working directory. So this also finds processes that outlive a killed
 * postmaster, and a server that doesn't listen yet or any more. Only Linux shows the working directory of a process;
 * elsewhere PostgreSQL itself refuses to start beside them.
 */
async function workersIn(folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const home = await readlink(`/proc/${pid}/cwd`).catch(() => null);
      if (home !== folder) return false;
      // A terminal may have the folder as its working directory, too.
      return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).startsWith('postgres');
    }),
  );
  return pids.filter((_, index) => found[index]).map(Number);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
