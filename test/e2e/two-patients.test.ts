import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../support/browsers/browser.ts';
import { expect, PATIENT, test } from './clinic.ts';

/** A hold takes a time before it is booked; without holds, the bookings themselves compete. Holds are requested first. */
const withoutHolds = {
  polls: true,
  prepare: (page: Page) => page.route('**/rpc/openslot_hold', (route) => route.abort()),
};
const HOLD_FAILED = /net::ERR_FAILED .*\/openslot_hold/;

test('a booked time leaves the other tab without a reload, and both see each other', async ({
  visit,
  sandbox,
  problems,
}) => {
  problems.expect(HOLD_FAILED);
  const [anna, ben] = await Promise.all([visit(withoutHolds), visit()]);
  await Promise.all([anna.live(), ben.live()]);
  await expect(anna.viewers('2 people viewing')).toBeVisible();
  await expect(ben.viewers('2 people viewing')).toBeVisible();

  const day = await anna.openLastDay();
  await ben.openLastDay();
  const [name = ''] = await anna.timeNames();
  await anna.time(name).click();
  const email = 'anna.alone@example.com';
  await anna.fillDetails({ ...PATIENT, email });
  await expect(ben.time(name)).toBeEnabled();
  await ben.onlyMessages();
  await anna.submit.click();
  await expect(anna.confirmation).toBeVisible();
  await ben.loses(name);

  const { rows } = await sandbox.query(
    `select count(*)::int as count from openslot.appointments where status = 'confirmed' and patient_email = $1`,
    [email],
  );
  expect(rows, day).toEqual([{ count: 1 }]);
});

test('a held time leaves the other tab, and comes back when it is released', async ({ visit }) => {
  const [anna, ben] = await Promise.all([visit(), visit()]);
  await Promise.all([anna.live(), ben.live()]);
  await anna.openLastDay();
  await ben.openLastDay();
  const name = (await anna.timeNames()).at(-1) ?? '';
  await expect(ben.time(name)).toBeEnabled();
  await ben.onlyMessages();
  await anna.time(name).click();
  await ben.loses(name);
  await anna.button('Back to the times').click();
  await expect(ben.time(name)).toBeEnabled();
});

test('a viewer whose browser is killed is gone from the count within 30 seconds', async ({ visit }) => {
  const found = await findBrowser();
  const doomed = await chromium.launchServer({
    executablePath: found.executablePath,
    args: [...found.args],
    env: { ...process.env, ...found.env },
  });
  const ben = await visit();
  await visit({ browser: await chromium.connect(doomed.wsEndpoint()) });
  await expect(ben.viewers('2 people viewing')).toBeVisible();
  await doomed.kill();
  await expect(ben.viewers('1 person viewing')).toBeVisible({ timeout: 30_000 });
});

test('when both submit one time at once, one is confirmed and the other keeps what was typed', async ({
  visit,
  sandbox,
  problems,
}) => {
  // The server refuses one of the two.
  problems.expect(HOLD_FAILED, /status of 409 .*\/openslot_book/);
  const [anna, ben] = await Promise.all([visit(withoutHolds), visit(withoutHolds)]);
  await Promise.all([anna.openLastDay(), ben.openLastDay()]);
  const names = await anna.timeNames();
  const name = names[Math.floor(names.length / 2)] ?? '';
  await Promise.all([anna.time(name).click(), ben.time(name).click()]);
  await anna.fillDetails({ ...PATIENT, email: 'anna.race@example.com' });
  await ben.fillDetails({ ...PATIENT, email: 'ben.race@example.com' });
  await Promise.all([anna.submit.click(), ben.submit.click()]);

  const taken = (who: typeof anna) => who.text(new RegExp(`^${name} was just taken\\.`)).first();
  await expect(anna.confirmation.or(taken(anna)).first()).toBeVisible();
  await expect(ben.confirmation.or(taken(ben)).first()).toBeVisible();
  const [winner, loser] = (await anna.confirmation.isVisible()) ? [anna, ben] : [ben, anna];
  await expect(winner.confirmation).toBeVisible();
  await expect(taken(loser)).toBeVisible();
  await expect(loser.field('Full name')).toHaveValue(PATIENT.name);
  await expect(loser.text(/ Nearest free times:$/)).toBeVisible();

  const { rows } = await sandbox.query(
    `select count(*)::int as count from openslot.appointments where status = 'confirmed' and patient_email like '%.race@example.com'`,
  );
  expect(rows).toEqual([{ count: 1 }]);

  await test.step('and one of the alternatives can be booked at once', async () => {
    await loser.widget
      .getByRole('group', { name: 'Nearest free times:', exact: true })
      .getByRole('button')
      .first()
      .click();
    await loser.submit.click();
    await expect(loser.confirmation).toBeVisible();
  });
});
