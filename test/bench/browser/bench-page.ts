/** A browser on a sandbox's pages, and what its DevTools tell of one page. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { buildDemo, demoPages } from '../../../sandbox/demo/demo.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { findBrowser } from '../../support/browsers/browser.ts';

/** The script, and nothing on the page yet. */
const BARE_PAGE = `<!doctype html><html lang="en"><title>Bench</title><script type="module" src="/openslot/openslot.js"></script>`;

/** A page with one widget, as its reader copies it from the README. */
function widgetPage({ url, publishableKey }: Sandbox): string {
  return `${BARE_PAGE}
<openslot-booking supabase-url="${url}" supabase-key="${publishableKey}" provider="mira-lindqvist"></openslot-booking>`;
}

const SCRIPT = path.join(import.meta.dirname, '../../../dist/script');
const SCRIPT_PATH = '/openslot/';

/** Ms that a page's main thread has worked so far. */
export interface Work {
  readonly script: number;
  /** Style and layout. */
  readonly drawing: number;
  /** Both, and painting, the frames of animations, and what the browser does for itself. */
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

/** The script bundle by path, as it is now: a build meanwhile must not change what is measured. */
async function readScript(): Promise<Map<string, Buffer>> {
  const names = (await readdir(SCRIPT)).filter((name) => name.endsWith('.js'));
  return new Map(
    await Promise.all(
      names.map(async (name) => [SCRIPT_PATH + name, await readFile(path.join(SCRIPT, name))] as const),
    ),
  );
}

/** One page in a context of its own: nothing is cached. */
export class BenchPage {
  readonly page: Page;
  /** WebSockets that are open. */
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
    // Time of the thread, not of the clock on the wall: what else the machine does is not the widget's work.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devtools.send('HeapProfiler.enable');
    return new BenchPage(context, page, devtools);
  }

  /** Delays the answer to every request. Connecting and WebSockets aren't delayed: Chromium's emulation has no such thing. */
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

  /** MB of JavaScript objects, and how many DOM nodes, after all garbage was collected. */
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
