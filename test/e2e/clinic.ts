/**
 * The start of every end-to-end test: a sandbox per worker, its demo pages, and the clinic's page as a patient sees it.
 * Locators are roles and accessible names, so they stay valid when the elements change inside.
 */
import type { Locator, Page } from '@playwright/test';
import { demoPages } from '../../sandbox/demo/demo.ts';
import type { Routes } from '../../sandbox/http-server.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type FaultProxy, startFaultProxy } from '../support/faults/fault-proxy.ts';
import { type ContextOptions, expect, test as base } from './base.ts';

export { expect };

export const PATIENT = { name: 'Jonas Ek', email: 'jonas@example.com', phone: '+46 70 123 45 67' };

interface Fixtures {
  /** Opens the clinic's page as another patient, in a separate context. */
  visit: (options?: VisitOptions) => Promise<BookingPage>;
  /** A proxy between `page` and the project that causes faults on request. */
  network: FaultProxy;
}

interface VisitOptions extends ContextOptions {
  path?: string;
  /** Called before the page loads, to set up routes. */
  prepare?: (page: Page) => unknown;
}

const BARE_PAGE = `<!doctype html>
<html lang="en">
  <title>A page</title>
  <body><script type="module" src="/openslot/openslot.js"></script></body>
</html>`;

const demo = demoPages();

/** The demo, and an empty page of the site's owner. */
const sitePages: Routes = (request, response) => {
  if (request.url !== '/embedded') return demo(request, response);
  response.writeHead(200, { 'content-type': 'text/html' }).end(BARE_PAGE);
  return true;
};

export const test = base.extend<Fixtures, { sandbox: Sandbox }>({
  sandbox: [
    // Playwright requires that a fixture lists the fixtures it uses, even if there are none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const sandbox = await startSandbox({ routes: sitePages });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker' },
  ],
  visit: async ({ openContext, sandbox }, use) => {
    await use(async ({ path = '/', prepare, ...options } = {}) => {
      const page = await (await openContext(options)).newPage();
      await prepare?.(page);
      await page.goto(new URL(path, sandbox.url).href);
      return new BookingPage(page);
    });
  },
  network: async ({ page, sandbox }, use) => {
    const network = await startFaultProxy(sandbox.url);
    await use(network);
    // Closed first, so that its last errors are seen.
    await page.close();
    await network.stop();
  },
});

/** Presses Tab until the target has the focus. */
export async function tabTo({ keyboard }: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await target.count()) > 0 && (await target.evaluate((element) => element.matches(':focus')))) return;
    await keyboard.press('Tab');
  }
  throw new Error(`never reached by Tab: ${String(target)}`);
}

/** Waits until an element's connection badge shows exactly that it is live. */
export async function expectLive(element: Locator): Promise<void> {
  const connection = () =>
    element.evaluate((one) =>
      ['connecting', 'live', 'polling', 'offline'].filter((name) => one.matches(`:state(${name})`)).join(),
    );
  await expect.poll(connection, { message: `connection of ${String(element)}` }).toBe('live');
}

/** A page with one `<openslot-booking>`. */
export class BookingPage {
  readonly page: Page;
  readonly widget: Locator;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('openslot-booking');
  }

  /** The elements with exactly this text, or with a text that an expression matches. */
  text(text: string | RegExp): Locator {
    return this.widget.getByText(text, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.widget.getByRole('button', { name, exact: true });
  }

  field(name: string | RegExp): Locator {
    return this.widget.getByRole('textbox', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.widget.getByRole('heading', { name, exact: true });
  }

  /** The notice that the chosen time is held for this patient. */
  get held(): Locator {
    return this.text('Held for you');
  }

  /** Days with free times. */
  get freeDays(): Locator {
    return this.widget.getByRole('grid').getByRole('button', { name: /\d+ times? free/ });
  }

  get times(): Locator {
    return this.widget.getByRole('list', { name: /Morning|Afternoon|Evening/ }).getByRole('button');
  }

  /** A time that can be chosen; a taken one has another name. */
  time(name: string): Locator {
    return this.widget
      .getByRole('list', { name: /Morning|Afternoon|Evening/ })
      .getByRole('button', { name, exact: true });
  }

  get nextFree(): Locator {
    return this.widget.getByRole('paragraph').filter({ hasText: 'Next free:' }).getByRole('button');
  }

  viewers(text: string): Locator {
    return this.text(text).first();
  }

  async ready(): Promise<this> {
    await expect(this.times.first()).toBeVisible();
    return this;
  }

  async live(): Promise<this> {
    await expectLive(this.widget);
    return this;
  }

  /** From here on, only messages can bring changes to this page. */
  async onlyMessages(): Promise<void> {
    await this.page.route(/\/rpc\/openslot_(calendar|changes)$/, (route) => route.abort());
  }

  /** Opens the last free day shown, which has all of its times, and returns its name. */
  async openLastDay(): Promise<string> {
    await this.ready();
    const day = this.freeDays.last();
    const name = (await day.getAttribute('aria-label')) ?? (await day.innerText());
    await day.click();
    return name;
  }

  /** Waits until a time can't be chosen any more, while others can. */
  async loses(time: string): Promise<void> {
    await expect(this.time(time)).toHaveCount(0);
    await expect(this.times.first()).toBeEnabled();
  }

  async timeNames(): Promise<string[]> {
    await this.ready();
    return (await this.times.allInnerTexts()).map((text) => text.trim());
  }

  async fillDetails(patient = PATIENT): Promise<void> {
    await this.field('Full name').fill(patient.name);
    await this.field('E-mail').fill(patient.email);
    await this.field(/^Phone/).fill(patient.phone);
  }

  get submit(): Locator {
    return this.button(/^Book \d/);
  }

  get confirmation(): Locator {
    return this.heading('You’re booked');
  }
}

/** Attributes of `<openslot-booking>`; an undefined one is left out. */
export interface Attributes {
  [name: string]: string | undefined;
}

/** An otherwise empty page with an element of these attributes. It records the element's typed errors. */
export async function embed(
  page: Page,
  url: string,
  attributes: Attributes,
): Promise<BookingPage & { codes: () => Promise<string[]> }> {
  await page.goto(new URL('/embedded', url).href);
  await page.evaluate((attributes) => {
    const codes: string[] = [];
    Object.assign(window, { codes });
    document.addEventListener('openslot-error', (event) =>
      codes.push((event as CustomEvent<{ error: { code: string } }>).detail.error.code),
    );
    const element = document.createElement('openslot-booking');
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
    document.body.append(element);
  }, attributes);
  return Object.assign(new BookingPage(page), {
    codes: () => page.evaluate(() => (window as unknown as { codes: string[] }).codes),
  });
}
