/**
 * `npm run dev`: the demo's pages with the SDK as it is in src in place of the built scripts. Vite transforms a file when a page
 * loads it, and reloads the pages after an edit.
 */
import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import { createServer, type ViteDevServer } from 'vite';
import type { Routes, Upgrades } from '../http-server.ts';
import { demoPages, ROOT } from './demo.ts';

/** Where the sources are of what pages load from the build. */
const SOURCES: Readonly<Record<string, string>> = {
  '/openslot/openslot.js': '/src/define.ts',
  '/openslot/openslot-desk.js': '/src/define-desk.ts',
  '/openslot/openslot-notifications.js': '/src/define-notifications.ts',
  '/npm/dist/main.js': '/examples/npm/main.ts',
};
/** Not a module: browsers load service workers as scripts. */
const PUSH_WORKER = '/openslot/openslot-push.js';
/** What modules import of each other, and Vite's own. All else of the checkout is not served. */
const MODULES = /^\/(src|@vite|@id|@fs|node_modules)\//;
const SOCKET = '/@vite/socket';

export interface DevPages {
  readonly routes: Routes;
  readonly upgrades: Upgrades;
  stop(): Promise<void>;
}

/**
 * @param vapidPublicKey with which browsers subscribe to web push
 * @param root the checkout, or a copy of `src`, `examples` and `tsconfig.json`
 */
export async function devPages(vapidPublicKey = '', root = ROOT): Promise<DevPages> {
  const sockets = new EventEmitter();
  const vite = await createServer({
    configFile: false,
    root,
    cacheDir: path.join(root, 'node_modules/.cache/openslot-dev'),
    appType: 'custom',
    logLevel: 'warn',
    resolve: {
      alias: [
        { find: /^openslot$/, replacement: path.join(root, 'src/index.ts') },
        { find: /^openslot\/core$/, replacement: path.join(root, 'src/core/index.ts') },
        { find: /^openslot\/define$/, replacement: path.join(root, 'src/define.ts') },
      ],
    },
    // Found before the first page loads: one that is found later reloads the page.
    optimizeDeps: { entries: ['src/define*.ts', 'examples/npm/main.ts'] },
    server: {
      middlewareMode: true,
      // The pages' policy forbids what the overlay for errors is made of. They are in the terminal and the console.
      hmr: { server: sockets as unknown as Server, path: SOCKET, overlay: false },
      watch: {
        ignored: ['.sandbox', 'dist', 'test-results', 'reports'].map((folder) => path.join(root, folder, '**')),
      },
      fs: { allow: [ROOT] },
    },
  });
  reloadForStyles(vite, path.join(root, 'examples'));
  const pages = demoPages({ vapidPublicKey, root, head: '<script type="module" src="/@vite/client"></script>' });
  return {
    async routes(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname === PUSH_WORKER) {
        response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(await pushWorker(root));
        return true;
      }
      const source = SOURCES[pathname];
      if (source) request.url = source;
      else if (!MODULES.test(pathname)) return pages(request, response);
      return new Promise((resolve) => {
        response.once('close', () => resolve(true));
        vite.middlewares(request, response, () => resolve(false));
      });
    },
    upgrades(request, socket, head) {
      if (!request.url?.startsWith(SOCKET)) return false;
      return sockets.emit('upgrade', request, socket, head);
    },
    stop: () => vite.close(),
  };
}

/** Vite reloads for modules and pages; style sheets of pages are none of its modules. */
function reloadForStyles({ watcher, ws }: ViteDevServer, folder: string): void {
  watcher.on('change', (file) => {
    if (file.startsWith(folder) && file.endsWith('.css')) ws.send({ type: 'full-reload' });
  });
}

async function pushWorker(root: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src/push-worker.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
