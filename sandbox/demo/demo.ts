import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { PUBLISHABLE_KEY } from '../api/keys.ts';
import type { Routes } from '../http-server.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where each part of the site lies, the longest prefix first. */
const SITE: readonly (readonly [prefix: string, folder: string])[] = [
  ['/openslot/', 'dist/script'],
  ['/npm/', 'examples/npm'],
  ['/desk/', 'examples/desk'],
  ['/', 'examples/script-tag'],
];

/** What the build makes, and what of. */
const BUILT = [
  'dist/script/openslot.js',
  'dist/script/openslot-desk.js',
  'dist/script/openslot-notifications.js',
  'examples/npm/dist/main.js',
];
const SOURCES = ['src', 'examples/npm/main.ts', 'rollup.config.mjs', 'package-lock.json'];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The build's own words. */
export class BuildError extends Error {}

export interface DemoPagesOptions {
  /** With which browsers subscribe to web push. */
  readonly vapidPublicKey?: string;
  /** The checkout, or a copy of its examples. */
  readonly root?: string;
  /** What the head of each page ends with, as HTML. */
  readonly head?: string;
}

/**
 * The demo as routes of a sandbox: `/` is examples/script-tag, `/npm/` examples/npm, `/desk/` examples/desk, `/openslot/`
 * the script bundles. In HTML, `%SUPABASE_URL%` and `%SUPABASE_KEY%` are replaced by those of the sandbox that serves it, and
 * `%VAPID_PUBLIC_KEY%` by the key that browsers subscribe to web push with. Files only, of the types listed above; nothing
 * outside those folders.
 */
export function demoPages({ vapidPublicKey = '', root = ROOT, head = '' }: DemoPagesOptions = {}): Routes {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const pathname = pathOf(request);
    if (pathname === '/npm' || pathname === '/desk') {
      response.writeHead(308, { location: `${pathname}/` }).end();
      return true;
    }
    const file = pathname && fileOf(root, pathname);
    const type = file && CONTENT_TYPES[path.extname(file)];
    const content = type ? await readFile(file).catch(() => null) : null;
    if (!content || !type) return false;
    const isPage = type.startsWith('text/html');
    const page = () => fillIn(content.toString(), request, vapidPublicKey).replace('</head>', `${head}</head>`);
    send(request, response, type, isPage ? page() : content);
    return true;
  };
}

/**
 * Builds what the pages load, unless it is newer than its sources.
 * @throws {BuildError}
 */
export async function buildDemo(log: (line: string) => void): Promise<void> {
  if (await isBuilt()) return;
  log('Building the widget …');
  const child = spawn('npm', ['run', '--silent', 'build:js'], {
    cwd: ROOT,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new BuildError(`The widget could not be built:\n${output.trim()}`);
}

async function isBuilt(): Promise<boolean> {
  const built = await Promise.all(BUILT.map((file) => stat(path.join(ROOT, file)).catch(() => null)));
  const oldest = Math.min(...built.map((file) => file?.mtimeMs ?? 0));
  return SOURCES.every((source) => newestIn(path.join(ROOT, source)) <= oldest);
}

/** Time of the last change in a file or folder; 0 if there is none. */
function newestIn(file: string): number {
  const info = statSync(file, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(file).map((entry) => newestIn(path.join(file, entry))));
}

function pathOf(request: IncomingMessage): string | null {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
  } catch {
    return null;
  }
}

/** @returns `null` for what would lie outside the site */
function fileOf(root: string, pathname: string): string | null {
  const [prefix, folder] = SITE.find(([start]) => pathname.startsWith(start)) ?? [];
  if (prefix === undefined || folder === undefined || pathname.includes('\0')) return null;
  const base = path.join(root, folder);
  const rest = pathname.slice(prefix.length);
  const file = path.join(base, rest === '' || rest.endsWith('/') ? `${rest}index.html` : rest);
  return file.startsWith(base + path.sep) ? file : null;
}

/** The address that the page was opened at, so that a policy of `connect-src 'self'` covers the APIs. */
function fillIn(html: string, request: IncomingMessage, vapidPublicKey: string): string {
  const host = request.headers.host ?? '';
  const own = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? host : `127.0.0.1:${request.socket.localPort}`;
  return html
    .replaceAll('%SUPABASE_URL%', `http://${own}`)
    .replaceAll('%SUPABASE_KEY%', PUBLISHABLE_KEY)
    .replaceAll('%VAPID_PUBLIC_KEY%', vapidPublicKey);
}

function send(request: IncomingMessage, response: ServerResponse, type: string, content: string | Buffer): void {
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(content),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
