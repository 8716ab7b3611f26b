import { readFile, rm, writeFile } from 'node:fs/promises';
import { isAlive } from './process-guard.ts';

/** The process that uses a data folder. */
interface Holder {
  pid: number;
  /** The sandbox's URL; empty while it starts. */
  url: string;
  since: number;
}

/** A sandbox that is still starting doesn't answer yet; after this long without an answer its lock is stale. */
const STARTING_MS = 60_000;

/** Another sandbox uses the data folder. */
export class DataLockedError extends Error {
  readonly url: string;

  constructor({ pid, url }: Holder) {
    super(url ? `It is already running at ${url} (process ${pid}).` : `It is already being started by process ${pid}.`);
    this.name = 'DataLockedError';
    this.url = url;
  }
}

/** Allows one sandbox at a time on a data folder, by a file beside it. The lock of a process that has ended doesn't count. */
export class DataLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws {DataLockedError} */
  static async take(dataDir: string): Promise<DataLock> {
    const lock = new DataLock(`${dataDir}.lock`);
    for (;;) {
      try {
        await lock.#write('', 'wx');
        return lock;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await readHolder(lock.#file);
      if (holder && (await isRunning(holder))) throw new DataLockedError(holder);
      await rm(lock.#file, { force: true });
    }
  }

  /** Writes this sandbox's URL into the lock, where others read it. */
  announce(url: string): Promise<void> {
    return this.#write(url, 'w');
  }

  release(): Promise<void> {
    return rm(this.#file, { force: true });
  }

  #write(url: string, flag: 'w' | 'wx'): Promise<void> {
    const holder: Holder = { pid: process.pid, url, since: Date.now() };
    return writeFile(this.#file, JSON.stringify(holder), { flag });
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Another program may have got the number of a dead process; it doesn't answer at that URL. */
async function isRunning({ pid, url, since }: Holder): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (!url) return Date.now() - since < STARTING_MS;
  return fetch(`${url}/auth/v1/health`).then(
    () => true,
    () => false,
  );
}
