import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addDemoStaff } from '../../sandbox/demo/staff.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openDemo } from '../../sandbox/demo/open-demo.ts';
import { BookingPage, expect, PATIENT, test as base } from './clinic.ts';
import { DeskPage, timesOn } from './desk-page.ts';

/** The demo as `npm start` assembles it. */
const test = base.extend<{ demoUrl: string }>({
  // Playwright requires that a fixture lists the fixtures it uses, even if there are none.
  // eslint-disable-next-line no-empty-pattern
  demoUrl: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'openslot-story-'));
    const demo = await openDemo(join(folder, 'vapid.json'));
    const sandbox = await startSandbox({ routes: demo.routes });
    await addDemoStaff(sandbox);
    const worker = await demo.startWorker(sandbox);
    await use(sandbox.url);
    await worker.stop(5_000);
    await sandbox.stop();
    await demo.stop();
    await rm(folder, { recursive: true });
  },
});

class MailPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the newest mail to this address whose subject begins like this. */
  async open(to: string, subject: string): Promise<void> {
    const mails = this.page.getByRole('list', { name: 'Mails, newest first', exact: true });
    await mails.getByRole('link').filter({ hasText: to }).filter({ hasText: subject }).first().click();
    await expect(this.page.getByRole('heading', { level: 2 })).toHaveText(new RegExp(`^${subject}`));
  }

  async calendarFile(tab: string): Promise<string> {
    await this.page.getByRole('tab', { name: tab, exact: true }).click();
    return this.page.getByRole('tabpanel').innerText();
  }

  async link(name: string): Promise<string> {
    const link = this.page.frameLocator('iframe').getByRole('link', { name, exact: true });
    return (await link.getAttribute('href')) ?? '';
  }
}

test('provider, patient and their mail: from new hours to a cancelled appointment, every side informed at once', async ({
  demoUrl,
  page: desktop,
  context,
}) => {
  test.setTimeout(120_000);
  await desktop.goto(`${demoUrl}/desk/`);
  const desk = await new DeskPage(desktop).signIn('mira@northside.example');
  const patientPage = await context.newPage();
  await patientPage.goto(demoUrl);
  const patient = await new BookingPage(patientPage).live();
  const mailPage = await context.newPage();
  await mailPage.goto(`${demoUrl}/mailbox/`);
  const mails = new MailPage(mailPage);
  const bell = desktop.locator('openslot-notifications').getByRole('button').first();
  const unread = async () => Number(/\d+/.exec((await bell.getAttribute('aria-label')) ?? '')?.[0] ?? 0);
  const unreadBefore = await unread();

  // The provider adds hours on a Saturday; the patient's page shows them.
  await desk.button('Next week').click();
  const saturday = (await desk.desk.getByRole('rowheader', { name: /^Saturday/ }).getAttribute('aria-label')) ?? '';
  await desk.button('Edit hours').click();
  await desk.button('Add hours on Saturday').click();
  await desk.button('See what changes').click();
  await expect(desk.text(/^\d+ times more$/)).toBeVisible();
  await desk.button('Save').click();
  await expect(desk.text('Saved.')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(desk.cell(/^Saturday .*, open$/).first()).toBeVisible();
  const times = await timesOn(patient, saturday.replace(/^\w+ /, ''));
  await expect(times.first()).toBeVisible();
  const [first = ''] = await patient.timeNames();

  // The patient books; the desk, its bell and both mails show the booking.
  await patient.time(first).click();
  await patient.fillDetails();
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
  await expect(desk.news(`${PATIENT.name} booked`)).toBeVisible();
  await expect.poll(unread).toBe(unreadBefore + 1);
  await expect(desk.cell(new RegExp(`^${saturday}, ${first}–.*, ${PATIENT.name}, `))).toBeVisible();
  await mails.open('Dr. Mira Lindqvist', 'Booked');
  await mails.open(PATIENT.name, 'Confirmed');
  const manageLink = await mails.link('Change or cancel');
  const added = await mails.calendarFile('Calendar: add or move');
  expect(added).toContain('SEQUENCE:0');
  const [uid] = /^UID:.*$/m.exec(added) ?? [];
  expect(uid).toBeTruthy();

  // The provider moves the appointment. The patient's tab shows this by itself, and a mail moves the event in the calendar.
  const selfService = await context.newPage();
  await selfService.goto(manageLink);
  const appointment = new BookingPage(selfService);
  await expect(appointment.heading('Your appointment')).toBeVisible();
  await appointment.live();
  await desk.cell(new RegExp(`^${saturday}, ${first}–.*, ${PATIENT.name}, `)).click();
  await desk.button('Move').click();
  await desk.field('Time').press('ArrowDown');
  await desk.messageToPatient.fill('A little later, please.');
  await desk.button(/^Move to \d/).click();
  await expect(desk.text(new RegExp(`^${PATIENT.name} is moved to `))).toBeVisible();
  await expect(appointment.heading('The clinic has moved your appointment')).toBeVisible();
  await expect(appointment.text('A little later, please.')).toBeVisible();
  await mails.open(PATIENT.name, 'New time');
  const moved = await mails.calendarFile('Calendar: add or move');
  expect(moved).toContain('SEQUENCE:1');
  expect(moved).toContain(uid);

  // The patient cancels through the mail's link; the time is free again everywhere.
  await appointment.button('Cancel').click();
  await appointment.field(/^Reason/).fill('Found a ride to another town');
  await appointment.button('Yes, cancel it').click();
  await expect(appointment.heading('Your appointment is cancelled')).toBeVisible();
  await expect(desk.news(`${PATIENT.name} cancelled`)).toBeVisible();
  await expect(desk.text(/^“Found a ride to another town” · /)).toBeVisible();
  await expect(desk.cell(new RegExp(`^${saturday}, ${first}–.*, open$`))).toBeVisible();
  await mails.open('Dr. Mira Lindqvist', 'Cancelled');
  await mails.open(PATIENT.name, 'Cancelled');
  const removed = await mails.calendarFile('Calendar: remove');
  expect(removed).toContain('METHOD:CANCEL');
  expect(removed).toContain(uid);
});
