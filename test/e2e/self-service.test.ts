import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import { addDemoStaff, DEMO_PASSWORD } from '../../sandbox/demo/staff.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import type { BookingResult } from '../../src/core/wire.ts';
import { type BookingPage, embed, expect, test } from './clinic.ts';

/** Books on the clinic's page, and returns what the e-mail would have: the token of the link. */
async function book(patient: BookingPage): Promise<BookingResult> {
  await patient.openLastDay();
  await patient.times.first().click();
  await patient.fillDetails();
  const answered = patient.page.waitForResponse(/rpc\/openslot_book$/);
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
  return (await (await answered).json()) as BookingResult;
}

const linkOf = ({ manage_token }: BookingResult) => `/#openslot-appointment=${manage_token}`;

/**
 * Waits for the second time that the appointment is fetched. A page that doesn't poll fetches it again once it has joined the
 * appointment's topic: from then on it is sent every change.
 */
async function listening({ page }: BookingPage): Promise<void> {
  const fetches = () =>
    page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/openslot_appointment')).length,
    );
  await expect.poll(fetches, { message: 'fetches of the appointment' }).toBeGreaterThan(1);
}

/** Moves the appointment to another time of the same day, and says which one. */
async function moveTo(patient: BookingPage, index: number): Promise<string> {
  await patient.button('Reschedule').click();
  await patient.openLastDay();
  const time = patient.times.nth(index);
  const name = (await time.innerText()).trim();
  await time.click();
  await expect(patient.held).toBeVisible();
  await patient.button(`Move to ${name}`).click();
  await expect(patient.heading('Your new time is booked')).toBeVisible();
  return name;
}

/** What the doctor does at the clinic. */
async function staff(sandbox: Sandbox, name: string, { appointment }: BookingResult, args: object): Promise<void> {
  await addDemoStaff(sandbox);
  const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };
  const client = createClient(sandbox.url, sandbox.publishableKey, { auth });
  const credentials = { email: 'mira@northside.example', password: DEMO_PASSWORD };
  await client.auth.signInWithPassword(credentials);
  const { rows } = await sandbox.query<{ version: number }>('select version from openslot.appointments where id = $1', [
    appointment.id,
  ]);
  const { error } = await client.rpc(name, { appointment: appointment.id, version: rows[0]?.version, ...args });
  if (error) throw new Error(error.message);
}

test('a patient books, moves it by the link in another browser, and the first tab follows; so with cancelling', async ({
  visit,
  sandbox,
}) => {
  const first = await visit();
  const booked = await book(first);
  await listening(first);
  const second = await visit({ path: linkOf(booked) });
  await expect(second.heading('Your appointment')).toBeVisible();
  await second.live();

  const time = await moveTo(second, 3);
  await expect(first.heading('Your new time is booked')).toBeVisible();
  await expect(first.text(new RegExp(`^${time}–\\d+:\\d\\d$`))).toBeVisible();

  await first.button('Cancel').click();
  await first.field(/^Reason/).fill('I am better again');
  await first.button('Yes, cancel it').click();
  await expect(second.heading('Your appointment is cancelled')).toBeVisible();
  await expect(first.heading('Your appointment is cancelled')).toBeVisible();
  const { rows } = await sandbox.query('select status, cancel_reason from openslot.appointments where id = $1', [
    booked.appointment.id,
  ]);
  expect(rows).toEqual([{ status: 'cancelled', cancel_reason: 'I am better again' }]);
});

test('what the clinic does is told at once, with its words, and still is when the link is opened later', async ({
  visit,
  sandbox,
}) => {
  const patient = await visit();
  const booked = await book(patient);
  await listening(patient);
  const start = new Date(Date.parse(booked.appointment.start) + 40 * 60_000).toISOString();
  await staff(sandbox, 'openslot_staff_reschedule', booked, { start, request_id: randomUUID(), message: 'A meeting.' });
  await expect(patient.heading('The clinic has moved your appointment')).toBeVisible();
  await expect(patient.text(/^Instead of /)).toBeVisible();
  await expect(patient.text('A meeting.')).toBeVisible();

  const later = await visit({ path: linkOf(booked) });
  await expect(later.heading('The clinic has moved your appointment')).toBeVisible();
  await expect(later.text('A meeting.')).toBeVisible();
  await listening(later);

  await staff(sandbox, 'openslot_staff_cancel', booked, { message: 'The doctor is ill.' });
  for (const tab of [patient, later]) {
    await expect(tab.heading('The clinic has cancelled this appointment')).toBeVisible();
    await expect(tab.text('The doctor is ill.')).toBeVisible();
    await expect(tab.button('Reschedule')).toHaveCount(0);
  }
});

test('the token of the link is in no address that is asked for, told to no other page, and in no log', async ({
  visit,
}) => {
  const booked = await book(await visit());
  const { manage_token: token } = booked;
  const told: string[] = [];
  const patient = await visit({
    path: linkOf(booked),
    prepare(page) {
      page.on('request', (request) => told.push(request.url(), ...Object.values(request.headers())));
      page.on('console', (message) => told.push(message.text()));
    },
  });
  await expect(patient.heading('Your appointment')).toBeVisible();
  await patient.button('Add to calendar').click();
  for (const link of await patient.widget.getByRole('link').all()) told.push((await link.getAttribute('href')) ?? '');
  await moveTo(patient, 1);
  const shown = patient.page.url();
  expect(told.filter((text) => text.includes(token) && text !== shown)).toEqual([]);
});

test('the link is left for the times of the doctor, one step back leads to it again, and a wrong one says so', async ({
  visit,
  problems,
}) => {
  const booked = await book(await visit());
  const patient = await visit({ path: linkOf(booked) });
  // For the widget, and for the bell beside it.
  problems.expect(/status of 404 .*\/openslot_appointment/, /status of 404 .*\/openslot_notifications/);
  await patient.button('Book another time').click();
  await patient.ready();
  expect(new URL(patient.page.url()).hash).toBe('');
  await patient.page.goBack();
  await expect(patient.heading('Your appointment')).toBeVisible();
  await patient.page.evaluate(() => (location.hash = 'openslot-appointment=nonsense'));
  await expect(patient.text('We can’t find this appointment.')).toBeVisible();
  await patient.button('Book a time').click();
  await patient.ready();
});

test('a page needs no provider for it, and another widget beside it goes on booking', async ({
  visit,
  page,
  sandbox,
}) => {
  const booked = await book(await visit());
  const project = { 'supabase-url': sandbox.url, 'supabase-key': sandbox.publishableKey };
  const patient = await embed(page, sandbox.url, { ...project, appointment: booked.manage_token });
  await expect(patient.heading('Your appointment')).toBeVisible();
  await page.evaluate(
    (attributes) => {
      const element = document.createElement('openslot-booking');
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
    },
    { ...project, provider: 'priya-raman' },
  );
  const booking = patient.widget.nth(1);
  await expect(booking.getByRole('heading', { name: 'Dr. Priya Raman', exact: true })).toBeVisible();
  await expect(patient.heading('Your appointment')).toBeVisible();
  expect(await patient.codes()).toEqual([]);
});

test('the file for the calendar replaces itself after a move', async ({ visit }) => {
  const patient = await visit();
  const { appointment } = await book(patient);
  const file = async (): Promise<string> => {
    await patient.button('Add to calendar').click();
    const download = patient.page.waitForEvent('download');
    await patient.button('Calendar file').click();
    const stream = await (await download).createReadStream();
    return (await stream.toArray()).join('');
  };
  const before = await file();
  await moveTo(patient, 2);
  const after = await file();
  for (const text of [before, after]) expect(text).toContain(`UID:${appointment.id}@openslot\r\n`);
  expect(before).toContain('SEQUENCE:0\r\n');
  expect(after).toContain('SEQUENCE:1\r\n');
});

test('on paper it is a clean slip', async ({ visit }) => {
  const patient = await visit({ path: linkOf(await book(await visit())) });
  const buttons = ['Add to calendar', 'Cancel', 'Print'].map((name) => patient.button(name));
  for (const button of buttons) await expect(button).toBeVisible();
  await expect(patient.text('Live')).toBeVisible();
  await patient.page.emulateMedia({ media: 'print' });
  await expect(patient.heading('Your appointment')).toBeVisible();
  for (const button of buttons) await expect(button).toBeHidden();
  await expect(patient.text('Live')).toBeHidden();
});

test('a chunk of the script that can’t be loaded is told in words, and trying again mends it', async ({
  visit,
  problems,
}) => {
  problems.expect(/net::ERR_FAILED .*\/openslot-details-/);
  const patient = await visit({
    prepare: (page) => page.route('**/openslot-details-*.js', (route) => route.abort()),
  });
  await patient.live();
  await patient.openLastDay();
  await patient.times.first().click();
  await expect(patient.widget.getByRole('alert')).toContainText('We can’t reach the clinic.');
  await patient.page.unroute('**/openslot-details-*.js');
  await patient.button('Try again').click();
  await expect(patient.widget.getByRole('alert')).toHaveCount(0);
  await patient.openLastDay();
  await patient.times.first().click();
  await expect(patient.held).toBeVisible();
});

test('without what weeks, zones and questions need, times are still shown and booked', async ({ visit, problems }) => {
  problems.expect(/net::ERR_FAILED .*\/openslot-week-/);
  const patient = await visit({
    prepare: (page) => page.route('**/openslot-week-*.js', (route) => route.abort()),
  });
  await patient.ready();
  await patient.button('Week').click();
  await expect(patient.widget.getByRole('alert')).toContainText('We can’t reach the clinic.');
  await patient.openLastDay();
  await patient.times.first().click();
  await expect(patient.held).toBeVisible();
  await patient.fillDetails();
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
});
