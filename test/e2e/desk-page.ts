/** What tests of the desk start from: the demo's staff, and the desk's page as they meet it. */
import type { Locator, Page } from '@playwright/test';
import { addDemoStaff, DEMO_PASSWORD } from '../../sandbox/demo-staff.ts';
import { expect, test as base, type BookingPage } from './clinic.ts';

interface Fixtures {
  /** Opens the desk's page as somebody who isn't signed in. */
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
      const { page, problems } = await visit({ path: '/desk/' });
      return new DeskPage(page, problems);
    });
  },
});

/** The desk as staff meet it: by roles and names. */
export class DeskPage {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly desk: Locator;

  constructor(page: Page, problems: readonly string[]) {
    this.page = page;
    this.problems = problems;
    this.desk = page.locator('openslot-desk');
  }

  async signIn(email: string): Promise<this> {
    await this.desk.getByLabel('E-mail').fill(email);
    await this.desk.getByLabel('Password').fill(DEMO_PASSWORD);
    await this.desk.getByRole('button', { name: 'Sign in', exact: true }).click();
    return this.live();
  }

  async live(): Promise<this> {
    await expect(this.desk.getByText(/^Live/)).toBeVisible();
    return this;
  }

  button(name: string | RegExp): Locator {
    return this.desk.getByRole('button', { name });
  }

  /** Times and appointments of the agenda. */
  cell(name: RegExp): Locator {
    return this.desk.getByRole('gridcell', { name });
  }

  /** The whole next week's first open time, by the start of its name: its day and time. */
  async nextWeek(): Promise<void> {
    await this.button('Next week').click();
    await expect(this.cell(/, open$/).first()).toBeVisible();
  }
}

/** Shows the patient a day, "30 November", and returns its times. */
export async function timesOn(patient: BookingPage, day: string): Promise<Locator> {
  await patient.ready();
  const tile = patient.widget.getByRole('grid').getByRole('button', { name: `, ${day} ` });
  if ((await tile.count()) === 0) await patient.widget.getByRole('button', { name: 'Next month' }).click();
  await tile.click();
  return patient.times;
}

/** "Monday 30 November" and "9:00" of a cell's name. */
export function partsOf(name: string | null): { day: string; date: string; time: string } {
  const [, day = '', time = ''] = /^(.*?), (\d+:\d\d)/.exec(name ?? '') ?? [];
  return { day, date: day.replace(/^\w+ /, ''), time };
}
