import { expect, expectLive, PATIENT } from './clinic.ts';
import { partsOf, test, timesOn } from './desk-page.ts';

test('times that staff block and open again leave the patient’s page and come back, at once', async ({
  openDesk,
  visit,
}) => {
  const staff = await (await openDesk()).signIn('mira@northside.example');
  const patient = await (await visit()).live();
  await staff.nextWeek();
  const cell = staff.cell(/^Thursday .*, open$/).first();
  const { date, time } = await partsOf(cell);
  await timesOn(patient, date);
  await expect(patient.time(time)).toBeVisible();
  await patient.onlyMessages();

  await cell.click();
  await staff.button(/^Block/).click();
  await expect(staff.text('1 time is blocked.')).toBeVisible();
  await patient.loses(time);
  await staff.button('Undo').click();
  await expect(patient.time(time)).toBeVisible();
});

test('the desk shows what a patient holds and books, and staff move the appointment by keyboard alone', async ({
  openDesk,
  visit,
}) => {
  const staff = await (await openDesk()).signIn('mira@northside.example');
  const patient = await (await visit()).live();
  const name = 'Wanda Keys';
  await staff.nextWeek();
  const open = staff.cell(/^Wednesday .*, open$/).first();
  const { day, date, time } = await partsOf(open);
  await timesOn(patient, date);
  await patient.time(time).click();
  await expect(staff.cell(new RegExp(`^${day}, ${time}.*, Held by somebody who is booking$`))).toBeVisible();
  await patient.fillDetails({ ...PATIENT, name });
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
  await expect(staff.news(`${name} booked`)).toBeVisible();

  const { keyboard } = staff.page;
  await staff.cell(new RegExp(`^${day}, ${time}–.*, ${name}, `)).focus();
  await keyboard.press('Enter');
  await staff.button('Move').focus();
  await keyboard.press('Enter');
  await staff.field('Time').focus();
  await keyboard.press('ArrowDown');
  await staff.messageToPatient.focus();
  await keyboard.type('A little later, please.');
  const moveTo = staff.button(/^Move to \d/);
  const later = ((await moveTo.textContent()) ?? '').replace(/^\s*Move to /, '').trim();
  await moveTo.focus();
  await keyboard.press('Enter');
  await expect(staff.text(new RegExp(`^${name} is moved to .*, ${later}\\.$`))).toBeVisible();
  await expect(staff.cell(new RegExp(`^${day}, ${later}–.*, ${name}, `))).toBeVisible();
});

test('edited hours change the patient’s page, and the session survives a reload', async ({
  openDesk,
  visit,
  problems,
}) => {
  const staff = await openDesk();
  problems.expect(/status of 400 .*\/auth\/v1\/token/);
  await staff.field('E-mail').fill('desk@northside.example');
  await staff.field('Password').fill('not this one');
  await staff.button('Sign in').click();
  await expect(staff.text('E-mail address or password are wrong.')).toBeVisible();
  await staff.signIn('desk@northside.example');
  await staff.page.reload();
  await staff.live();
  await staff.field('Provider').selectOption('Dr. Mira Lindqvist');
  const patient = await (await visit()).live();
  await staff.nextWeek();
  const saturday = (await staff.desk.getByRole('rowheader', { name: /^Saturday/ }).getAttribute('aria-label')) ?? '';

  await staff.button('Edit hours').click();
  await staff.button('Add hours on Saturday').click();
  await staff.button('See what changes').click();
  await expect(staff.text(/^\d+ times more$/)).toBeVisible();
  await staff.button('Save').click();
  await expect(staff.text('Saved.')).toBeVisible();
  await expect(staff.cell(/^Saturday .*, open$/).first()).toBeVisible();
  const times = await timesOn(patient, saturday.replace(/^\w+ /, ''));
  await expect(times).toHaveCount(24);
});

test('the owner invites a colleague, who makes an account and uses the desk', async ({ openDesk, sandbox }) => {
  const owner = await (await openDesk()).signIn('desk@northside.example');
  await owner.button('Settings and account').click();
  await owner.button('Team').click();
  await owner.field('E-mail').fill('nora@northside.example');
  await owner.field('Role').selectOption({ value: 'staff' });
  await owner.button('Invite').click();
  await expect(owner.text('An invitation is on its way to nora@northside.example.')).toBeVisible();
  const { rows } = await sandbox.query<{ token: string }>(
    `select openslot.delivery(id) ->> 'invitation_token' as token from openslot.deliveries where invitation_id is not null`,
  );

  const guest = await openDesk();
  await guest.page.goto(`${guest.page.url()}#openslot-invitation=${rows[0]?.token ?? ''}`);
  await guest.field('E-mail').fill('nora@northside.example');
  await guest.field('Choose a password').fill('correct horse battery');
  await guest.button('Make an account').click();
  // The bell fetches its provider list with its next poll.
  await expectLive(guest.desk);
  await expect(guest.field('Provider')).toBeVisible();
  expect(guest.page.url()).not.toContain('invitation');
});

test('a panel that the browser can’t load says so, and after trying again it opens', async ({ openDesk, problems }) => {
  problems.expect(/net::ERR_FAILED .*\/openslot-more-settings-/);
  const staff = await (await openDesk()).signIn('desk@northside.example');
  await staff.page.route('**/openslot-more-settings-*.js', (route) => route.abort());
  await staff.button('Settings and account').click();
  await staff.button('Booking rules').click();
  await expect(staff.text('We can’t reach the database. Please check your connection and try again.')).toBeVisible();
  await staff.page.unroute('**/openslot-more-settings-*.js');
  // Chromium remembers that the script failed, so the desk loads its page again, and staff are still signed in.
  await staff.button('Try again').click();
  await staff.button('Settings and account').click();
  await staff.button('Booking rules').click();
  await expect(staff.text('How long before a time patients can still book it.')).toBeVisible();
});
