import type { Browser, BrowserContext, ConsoleMessage } from '@playwright/test';

/** The errors of all pages of a browser: uncaught errors, unhandled rejections, and errors on the console. */
export class Problems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #allowed: RegExp[] = [];

  /** Names errors that the test provokes: each must occur at least once. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
    this.allow(...patterns);
  }

  /** Names errors that may or may not occur before the test ends. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  get unexpected(): string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }

  get missing(): RegExp[] {
    return this.#expected.filter((pattern) => !this.#found.some((problem) => pattern.test(problem)));
  }

  watch(browser: Browser): void {
    browser.on('context', this.#watchContext);
  }

  unwatch(browser: Browser): void {
    browser.off('context', this.#watchContext);
  }

  readonly #watchContext = (context: BrowserContext): void => {
    context.on('weberror', (error) => this.#found.push(`uncaught: ${String(error.error())}`));
    context.on('console', this.#read);
    context.on('serviceworker', (worker) => worker.on('console', this.#read));
    context.on('page', (page) => page.on('crash', () => this.#found.push(`crashed: ${page.url()}`)));
  };

  /** The browser itself logs a resource that can't be loaded, with the address in another field. */
  readonly #read = (message: ConsoleMessage): void => {
    if (message.type() !== 'error') return;
    const { pathname } = new URL(message.location().url, 'http://unknown');
    this.#found.push(`console: ${message.text()} (${pathname})`);
  };
}
