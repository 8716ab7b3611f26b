/** The start of the desk's tests: the demo's staff, and the desk's page. */
import type { Locator, Page } from '@playwright/test';
import { addDemoStaff, DEMO_PASSWORD } from '../../sandbox/demo/staff.ts';
import { type BookingPage, expect, expectLive, test as base } from './clinic.ts';

interface Fixtures {
  /** Opens the desk's page without a session. */
  openDesk: () => Promise<DeskPage>;
}

export const test = base.extend<Fixtures, { staff: undefined }>({
  staff: [
    async ({ sandbox }, use) => {
      await addDemoStaff(sandbox);
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  openDesk: async ({ visit }, use) => {
    await use(async () => {
      const { page } = await visit({ path: '/desk/' });
      return new DeskPage(page);
    });
  },
});

/** The desk as staff use it: by roles and names. */
export class DeskPage {
  readonly page: Page;
  readonly desk: Locator;

  constructor(page: Page) {
    this.page = page;
    this.desk = page.locator('openslot-desk');
  }

  async signIn(email: string): Promise<this> {
    await this.field('E-mail').fill(email);
    await this.field('Password').fill(DEMO_PASSWORD);
    await this.button('Sign in').click();
    return this.live();
  }

  /** Waits until the desk and its bell receive live changes. */
  async live(): Promise<this> {
    await expectLive(this.desk);
    await expectLive(this.page.locator('openslot-notifications'));
    return this;
  }

  /** The elements with exactly this text, or with a text that an expression matches. */
  text(text: string | RegExp): Locator {
    return this.desk.getByText(text, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.desk.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.desk.getByLabel(name, { exact: true });
  }

  get messageToPatient(): Locator {
    return this.desk.getByRole('textbox', { name: /^Message to the patient/ });
  }

  /** Times and appointments of the agenda. */
  cell(name: RegExp): Locator {
    return this.desk.getByRole('gridcell', { name, exact: true });
  }

  /** The toast about the latest change, by the beginning of its text. */
  news(words: string): Locator {
    return this.desk.getByRole('listitem').getByRole('button', { name: new RegExp(`^${words}`) });
  }

  /** Opens the next week, and waits for its open times. */
  async nextWeek(): Promise<void> {
    const title = this.desk.getByRole('heading', { name: /^Week \d/ });
    const before = await title.innerText();
    await this.button('Next week').click();
    await expect(title).not.toHaveText(before);
    await expect(this.cell(/, open$/).first()).toBeVisible();
  }
}

/** Opens a day, "30 November", on the patient's page, and returns its times. */
export async function timesOn(patient: BookingPage, day: string): Promise<Locator> {
  await patient.ready();
  const tile = patient.widget.getByRole('grid').getByRole('button', { name: new RegExp(`\\b${day} `) });
  if ((await tile.count()) === 0) await patient.button('Next month').click();
  await tile.click();
  return patient.times;
}

/** "Monday 30 November", "30 November" and "9:00" of a cell's name. */
export async function partsOf(cell: Locator): Promise<{ day: string; date: string; time: string }> {
  const name = (await cell.getAttribute('aria-label')) ?? '';
  const [, day, date, time] = /^(\w+,? (\d+ \w+)), (\d+:\d\d)/.exec(name) ?? [];
  if (!day || !date || !time) throw new Error(`“${name}” begins with no day and time.`);
  return { day, date, time };
}
