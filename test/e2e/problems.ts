import type { Browser, BrowserContext, ConsoleMessage } from '@playwright/test';

/** The errors of all pages of a browser: uncaught ones, unhandled rejections, and what is written to the console as one. */
export class Problems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #allowed: RegExp[] = [];

  /** Names errors that the test provokes: each has to come, once or more often. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
    this.allow(...patterns);
  }

  /** Names errors that the test may be over too soon to meet. */
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

  /** A resource that can't be loaded is written there by the browser itself, with its address aside. */
  readonly #read = (message: ConsoleMessage): void => {
    if (message.type() !== 'error') return;
    const { pathname } = new URL(message.location().url, 'http://unknown');
    this.#found.push(`console: ${message.text()} (${pathname})`);
  };
}
