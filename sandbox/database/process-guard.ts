import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Ends PostgreSQL when this process has ended, also after SIGKILL or a crash, when none of our handlers run. A shell waits
 * for the end of its standard input. This process holds it open, and the kernel closes it in every case. On Windows, only an
 * orderly exit ends the server.
 * @param folders `lock` is the file that exists while the server runs; `removeFolder` is deleted once the server has ended
 * @returns a function to call once the server has ended in the ordinary way
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

/** One listener for all servers, because Node warns of many listeners. */
const guarded = new Set<ChildProcess>();

function endAll(): void {
  for (const child of guarded) child.kill('SIGINT');
}

/**
 * A throwaway server that doesn't end gets SIGQUIT after a while: it then leaves its data as they are and, five seconds
 * later, kills those of its processes that don't react. The folder of a running server is never removed.
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
    // A process group of its own, so that Ctrl-C in the terminal doesn't end the guard together with this process.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard; an orderly exit still ends the server.
  watcher.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return watcher;
}

/** Whether a process with this number exists, of any user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
