/** Does something again after each edit. */
import { once } from 'node:events';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));
const FOLDERS = ['src', 'test', 'stories', 'sandbox', 'worker', 'supabase', 'examples'];
/** What tools write, and files that an editor saves a moment before or beside the real one. */
const NOT_EDITED = /(^|\/)(node_modules|dist|\.\w[^/]*|[^/]*~)(\/|$)/;
const TOGETHER_MS = 50;

/** Calls `work` now and after each edit, until the process ends. An edit aborts what still runs. */
export async function afterEachEdit(work: (signal: AbortSignal) => Promise<unknown>): Promise<never> {
  let running = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  for (const folder of FOLDERS) {
    watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
      if (!file || NOT_EDITED.test(file.replaceAll('\\', '/'))) return;
      // Saving all files, or changing the branch, is one edit.
      clearTimeout(timer);
      timer = setTimeout(() => running.abort(), TOGETHER_MS);
    });
  }
  process.once('SIGINT', () => {
    running.abort();
    process.exit(130);
  });
  for (;;) {
    running = new AbortController();
    const { signal } = running;
    await work(signal);
    if (!signal.aborted) {
      console.log('Waiting for an edit. Ctrl-C ends this.');
      await once(signal, 'abort');
    }
    console.log('');
  }
}
