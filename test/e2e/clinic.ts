/**
 * What every end-to-end test starts from: a sandbox per worker, its demo pages, and the clinic's page as a patient sees
 * it. Locators are roles and accessible names, so they stay right whatever the elements are made of.
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
  /** Opens the clinic's page as another patient: a context of their own. */
  visit: (options?: VisitOptions) => Promise<BookingPage>;
  /** What lies between `page` and the project, and misbehaves on request. */
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

/** The demo, and a page of the site owner's with nothing on it yet. */
const sitePages: Routes = (request, response) => {
  if (request.url !== '/embedded') return demo(request, response);
  response.writeHead(200, { 'content-type': 'text/html' }).end(BARE_PAGE);
  return true;
};

export const test = base.extend<Fixtures, { sandbox: Sandbox }>({
  sandbox: [
    // Playwright wants the fixtures that one needs spelt out, even none.
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
    // First, so that it misses nothing.
    await page.close();
    await network.stop();
  },
});

/** Presses Tab until the focus is there. */
export async function tabTo({ keyboard }: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await target.count()) > 0 && (await target.evaluate((element) => element.matches(':focus')))) return;
    await keyboard.press('Tab');
  }
  throw new Error(`never reached by Tab: ${String(target)}`);
}

/** Waits until an element says of its connection that it is live, and nothing else. */
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

  /** What says exactly this, or what an expression matches. */
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

  /** The chosen time is kept for this patient. */
  get held(): Locator {
    return this.text('Held for you');
  }

  /** Days with something to book. */
  get freeDays(): Locator {
    return this.widget.getByRole('grid').getByRole('button', { name: /\d+ times? free/ });
  }

  get times(): Locator {
    return this.widget.getByRole('list', { name: /Morning|Afternoon|Evening/ }).getByRole('button');
  }

  /** A time that can be chosen; a taken one is called otherwise. */
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

  /** From here on nothing but a message shows this page what changed. */
  async onlyMessages(): Promise<void> {
    await this.page.route(/\/rpc\/openslot_(calendar|changes)$/, (route) => route.abort());
  }

  /** Goes to the last free day shown, which has all of its times, and says which one it is. */
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

/** Attributes of `<openslot-booking>`; undefined leaves one out. */
export interface Attributes {
  [name: string]: string | undefined;
}

/** A bare page of the site owner's with an element of these attributes; its typed errors are kept. */
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
