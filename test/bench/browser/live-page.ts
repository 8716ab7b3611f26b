/** A page of the built demo whose elements are watched: when each is live, and when it shows a change from elsewhere. */
import { type Bench, BenchPage } from './bench-page.ts';
import { installMounting, installWatching, stopPolling, type Widget } from './in-page.ts';

export class LivePage {
  readonly #tab: BenchPage;

  private constructor(tab: BenchPage) {
    this.#tab = tab;
  }

  /** @param path of the demo, or of the bench's own pages */
  static async open(bench: Bench, path: string): Promise<LivePage> {
    const tab = await BenchPage.open(bench);
    tab.page.on('pageerror', (error) => {
      throw error;
    });
    for (const script of [stopPolling, installWatching, installMounting]) await tab.page.addInitScript(script);
    await tab.page.goto(bench.sandbox.url + path);
    return new LivePage(tab);
  }

  async signIn({ email, password }: { readonly email: string; readonly password: string }): Promise<void> {
    const { page } = this.#tab;
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async mount(widget: Widget): Promise<void> {
    await this.#tab.page.evaluate((widget) => window.mountWidget!(widget).then(() => undefined), widget);
  }

  /** @returns when the element of this tag was first live; epoch ms */
  isLive(tag: string): Promise<number> {
    return this.#tab.page.evaluate((tag) => window.whenTrue!(() => document.querySelector(`${tag}:state(live)`)), tag);
  }

  /** @returns when a part of an element first showed a text; epoch ms */
  shows(tag: string, part: string, text: string): Promise<number> {
    return this.#tab.page.evaluate(
      ([tag, part, text]) =>
        window.whenTrue!(() => window.partsOf!(tag, part).some((one) => one.textContent.includes(text))),
      [tag, part, text] as const,
    );
  }

  /** Opens the bell and closes it again, so that the next notification is the only unread one. */
  async readAll(): Promise<void> {
    const { page } = this.#tab;
    const bell = page.locator('openslot-notifications').getByRole('button', { name: /^Notifications/ });
    await bell.click();
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.whenTrue!(() => window.partsOf!('openslot-notifications', 'badge').length === 0));
  }

  async show(week: 'Next week'): Promise<void> {
    await this.#tab.page.getByRole('button', { name: week }).click();
  }

  async close(): Promise<void> {
    await this.#tab.close();
  }
}
