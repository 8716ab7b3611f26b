/**
 * Finds a Chromium for the tests, or unpacks the one that npm brought along, so that a bare machine can run them.
 * Order: CHROME_PATH; an installed headless shell, Chrome or Chromium; Playwright's cache; @sparticuz/chromium (Linux x64).
 */
import {
  accessSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface Browser {
  readonly executablePath: string;
  /** The headless shell keeps focus per page; a full Chrome shares it, so its pages can't be tested side by side. */
  readonly concurrent: boolean;
  /** Environment that the process needs beyond the machine's own. */
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const COMMANDS = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const PLAYWRIGHT_CACHES = [
  process.env['PLAYWRIGHT_BROWSERS_PATH'],
  join(homedir(), '.cache/ms-playwright'),
  join(homedir(), 'Library/Caches/ms-playwright'),
];

/** `--no-sandbox`: Chromium's own sandbox does not start as root, nor in most containers. Only pages of ours are opened. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Set to `npm` to pass over what the machine has and use the browser from the npm registry. */
const ONLY = process.env['OPENSLOT_BROWSER'];

export async function findBrowser(): Promise<Browser> {
  const path = ONLY === 'npm' ? null : installed();
  if (path) {
    return { executablePath: path, concurrent: /headless[-_]shell/.test(path), env: {}, args: ARGS };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked();
  throw new Error(
    'No browser found. Install Chrome or Chromium, set CHROME_PATH to one, or run: npx playwright install chromium-headless-shell',
  );
}

function installed(): string | null {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!executable(named)) throw new Error(`CHROME_PATH names ${named}, which can't be run`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...APPLICATIONS,
    ...PLAYWRIGHT_CACHES.flatMap((cache) =>
      cache && existsSync(cache)
        ? globSync(['chromium_headless_shell-*/*/*headless*shell', 'chromium-*/*/chrome'], { cwd: cache }).map((file) =>
            join(cache, file),
          )
        : [],
    ),
  ];
  return candidates.find(executable) ?? null;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser inside @sparticuz/chromium, unpacked once, with the libraries and fonts that it brings. */
async function unpacked(): Promise<Browser> {
  const folder = join(import.meta.dirname, '../../../node_modules/.cache/openslot-browser');
  if (!existsSync(folder)) await unpackTo(folder);
  const fonts = join(folder, 'fonts.conf');
  return {
    executablePath: join(folder, 'chromium'),
    concurrent: true,
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: fonts },
    args: ARGS,
  };
}

/**
 * Several suites start at the same time, and a browser that is still being written can't be started. So each unpacks into a folder
 * of its own, and the first one gives its folder the name.
 */
async function unpackTo(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  const before = { TMPDIR: process.env['TMPDIR'], AWS_LAMBDA_JS_RUNTIME: process.env['AWS_LAMBDA_JS_RUNTIME'] };
  const { LD_LIBRARY_PATH, FONTCONFIG_PATH, HOME } = process.env;
  // The package unpacks below the temporary folder, and its libraries only where it believes to be on Lambda.
  Object.assign(process.env, { TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    writeFileSync(
      join(own, 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
    );
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(folder)) throw error;
  } finally {
    for (const [name, value] of Object.entries({ ...before, LD_LIBRARY_PATH, FONTCONFIG_PATH, HOME })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
