import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Ends PostgreSQL when this process is gone, also after SIGKILL or a crash, when no handler of ours runs.
 * A shell waits for the end of its standard input, which this process holds open: the kernel closes it in every case.
 * Not on Windows, where only an orderly exit ends the server.
 * @param folders `lock` is the file that exists as long as the server runs; `removeFolder` is deleted after that, if it ends.
 * @returns call it once the server has ended in the ordinary way
 */
export function guardProcess(child: ChildProcess, folders: { lock: string; removeFolder: string | null }): () => void {
  if (guarded.size === 0) process.on('exit', endAll);
  guarded.add(child);
  const watcher = process.platform === 'win32' || child.pid === undefined ? null : watch(child.pid, folders);
  return () => {
    guarded.delete(child);
    if (guarded.size === 0) process.off('exit', endAll);
    watcher?.kill('SIGKILL');
  };
}

/** One listener for all of them: Node warns of many. */
const guarded = new Set<ChildProcess>();

function endAll(): void {
  for (const child of guarded) child.kill('SIGINT');
}

/**
 * A throwaway server that is stuck is asked for less after a while: SIGQUIT makes it leave its data as they are and, five
 * seconds later, kill those of its processes that don't react. Nothing is removed from under a server that still runs.
 */
const SCRIPT = `
runs() { [ -e "$2" ] && kill -0 "$1" 2>/dev/null; }
ends() {
  tries=0
  while runs "$@"; do
    [ "$tries" -lt 100 ] || return 1
    sleep 0.1
    tries=$((tries + 1))
  done
}
read -r _
kill -INT "$1" 2>/dev/null
[ -n "$3" ] || exit 0
ends "$@" || { kill -QUIT "$1"; ends "$@"; } || exit 1
rm -rf "$3"
`;

function watch(pid: number, { lock, removeFolder }: { lock: string; removeFolder: string | null }): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', SCRIPT, 'openslot-sandbox-guard', String(pid), lock, removeFolder ?? ''], {
    // Its own process group: Ctrl-C in the terminal must not end it together with us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard; an orderly exit still ends the server.
  watcher.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return watcher;
}

/** Whether a process of that number exists, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
