/**
 * The environment of every end-to-end test: browsers whose pages don't poll, so that the server must have sent the changes
 * that a page shows, and whose errors fail the test.
 */
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, test as base } from '@playwright/test';
import { Problems } from './problems.ts';

export { expect };

export interface ContextOptions extends BrowserContextOptions {
  /** Another browser, e.g. one that can be killed. */
  browser?: Browser;
  /** Its pages poll as in production. */
  polls?: boolean;
}

interface Fixtures {
  /** Errors of all pages. At its end, the test fails for an error that it doesn't expect. */
  problems: Problems;
  /** Opens another person's browser context, which is closed after the test. */
  openContext: (options?: ContextOptions) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
  problems: [
    async ({ browser }, use) => {
      const problems = new Problems();
      problems.watch(browser);
      await use(problems);
      problems.unwatch(browser);
      expect(problems.unexpected, 'errors of pages').toEqual([]);
      expect(problems.missing, 'errors that were expected and never came').toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context }, use) => {
    await context.addInitScript(stretchLongWaits);
    await use(context);
  },
  openContext: async ({ browser, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ browser: other, polls = false, ...options } = {}) => {
      if (other) problems.watch(other);
      const defaults = { locale: 'en-GB', timezoneId: 'Europe/Stockholm', viewport: { width: 1280, height: 900 } };
      const context = await (other ?? browser).newContext({ ...defaults, ...options });
      contexts.push(context);
      if (!polls) await context.addInitScript(stretchLongWaits);
      return context;
    });
    // The context of a killed browser is closed already.
    await Promise.all(contexts.map((context) => context.close().catch(() => undefined)));
  },
});

/** Polling begins at three seconds. Ten minutes are longer than a test. */
function stretchLongWaits(): void {
  const { setTimeout } = window;
  const stretched = (run: TimerHandler, ms = 0, ...args: unknown[]) =>
    setTimeout(run, ms < 3_000 ? ms : Math.max(ms, 600_000), ...args);
  window.setTimeout = stretched as typeof window.setTimeout;
}
