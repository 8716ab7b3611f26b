/** A browser on a sandbox's pages, and the figures of one page from its DevTools. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { buildDemo, demoPages } from '../../../sandbox/demo/demo.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { findBrowser } from '../../support/browsers/browser.ts';

/** A page with the script and no element. */
const BARE_PAGE = `<!doctype html><html lang="en"><title>Bench</title><script type="module" src="/openslot/openslot.js"></script>`;

/** A page with one widget, copied from the README. */
function widgetPage({ url, publishableKey }: Sandbox): string {
  return `${BARE_PAGE}
<openslot-booking supabase-url="${url}" supabase-key="${publishableKey}" provider="mira-lindqvist"></openslot-booking>`;
}

const SCRIPT = path.join(import.meta.dirname, '../../../dist/script');
const SCRIPT_PATH = '/openslot/';

/** Ms for which a page's main thread has worked so far. */
export interface Work {
  readonly script: number;
  /** Style and layout. */
  readonly drawing: number;
  /** All of the thread's work: also painting, frames of animations, and the browser's own tasks. */
  readonly all: number;
}

export interface Bench {
  readonly browser: Browser;
  readonly sandbox: Sandbox;
  stop(): Promise<void>;
}

export async function openBench(log: (line: string) => void): Promise<Bench> {
  await buildDemo(log);
  const demo = demoPages();
  const script = await readScript();
  const sandbox: Sandbox = await startSandbox({
    routes: (request, response) => {
      const file = script.get(request.url ?? '');
      if (file) response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }).end(file);
      else if (request.url === '/bare') response.writeHead(200, { 'content-type': 'text/html' }).end(BARE_PAGE);
      else if (request.url === '/widget')
        response.writeHead(200, { 'content-type': 'text/html' }).end(widgetPage(sandbox));
      else return demo(request, response);
      return true;
    },
  });
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: [...args],
    env: { ...process.env, ...env },
  });
  return {
    browser,
    sandbox,
    async stop() {
      await browser.close();
      await sandbox.stop();
    },
  };
}

/** Reads all files of the script bundle into memory, because a build during the run must not change the measured script. */
async function readScript(): Promise<Map<string, Buffer>> {
  const names = (await readdir(SCRIPT)).filter((name) => name.endsWith('.js'));
  return new Map(
    await Promise.all(
      names.map(async (name) => [SCRIPT_PATH + name, await readFile(path.join(SCRIPT, name))] as const),
    ),
  );
}

/** One page in a context of its own, with an empty cache. */
export class BenchPage {
  readonly page: Page;
  /** Number of open WebSockets. */
  sockets = 0;
  readonly #context: BrowserContext;
  readonly #devtools: CDPSession;

  private constructor(context: BrowserContext, page: Page, devtools: CDPSession) {
    this.#context = context;
    this.page = page;
    this.#devtools = devtools;
    page.on('websocket', (socket) => {
      this.sockets++;
      socket.on('close', () => this.sockets--);
    });
  }

  static async open({ browser }: Bench): Promise<BenchPage> {
    const context = await browser.newContext({
      locale: 'en-GB',
      timezoneId: 'Europe/Stockholm',
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    // Measures the thread's own time, not elapsed time, so that the machine's other work doesn't count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devtools.send('HeapProfiler.enable');
    return new BenchPage(context, page, devtools);
  }

  /** Delays the answer to every request. Chromium's emulation can't delay connections and WebSockets. */
  async slowDown(latency: number): Promise<void> {
    await this.#devtools.send('Network.enable');
    await this.#devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  }

  async worked(): Promise<Work> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    const ms = (metric: string) => (metrics.find(({ name }) => name === metric)?.value ?? 0) * 1_000;
    const script = ms('ScriptDuration');
    return { script, drawing: ms('LayoutDuration') + ms('RecalcStyleDuration'), all: ms('TaskDuration') };
  }

  /** MB of JavaScript objects and the number of DOM nodes, after a full garbage collection. */
  async memory(): Promise<{ heapMb: number; nodes: number }> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    const { nodes } = await this.#devtools.send('Memory.getDOMCounters');
    return { heapMb: usedSize / 1e6, nodes };
  }

  async pause(ms: number): Promise<void> {
    await this.page.waitForTimeout(ms);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
