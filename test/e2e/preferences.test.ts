/** A patient's preferences: answers to questions, another time zone, another language, large letters on a small screen. */
import { embed, expect, PATIENT, tabTo } from './clinic.ts';
import { partsOf, test, timesOn } from './desk-page.ts';

test('a patient answers the clinic’s questions, with a reload in between, and staff read the answers at the desk', async ({
  openDesk,
  visit,
}) => {
  const staff = await (await openDesk()).signIn('mira@northside.example');
  await staff.nextWeek();
  const cell = staff.cell(/^Tuesday .*, open$/).first();
  const { day, date, time } = await partsOf(cell);
  const patient = await (await visit()).live();
  const { widget, page } = patient;
  const choose = async () => {
    await widget.getByRole('radio', { name: /First visit/ }).check();
    await timesOn(patient, date);
    await patient.time(time).click();
    await expect(patient.held).toBeVisible();
  };
  await choose();
  await patient.fillDetails();
  await widget.getByRole('radio', { name: 'No', exact: true }).check();
  await widget.getByRole('checkbox', { name: 'Asthma', exact: true }).check();
  await page.reload();
  await choose();
  await expect(patient.field('Full name')).toHaveValue(PATIENT.name);
  await expect(widget.getByRole('checkbox', { name: 'Asthma', exact: true })).toBeChecked();
  await patient.field(/^Which medicines/).fill('Salbutamol');
  await patient.submit.click();
  await expect(patient.text('Please tick this box to go on.')).toBeVisible();
  await expect(widget.getByRole('checkbox', { name: /^I agree/ })).toBeFocused();
  await page.keyboard.press('Space');
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();

  await staff.cell(new RegExp(`^${day}, ${time}–.*, ${PATIENT.name}, `)).click();
  await expect(staff.text('Have you been to this clinic before?')).toBeVisible();
  await expect(staff.text('Asthma')).toBeVisible();
  await expect(staff.text('Salbutamol')).toBeVisible();
});

test('a patient books in German, in the zone of a city they search for, by the week', async ({ page, sandbox }) => {
  const patient = await embed(page, sandbox.url, {
    'supabase-url': sandbox.url,
    'supabase-key': sandbox.publishableKey,
    provider: 'mira-lindqvist',
    lang: 'de',
    view: 'week',
  });
  const { widget } = patient;
  await patient.button(/^Stockholm/).click();
  await widget.getByRole('combobox', { name: 'Stadt suchen', exact: true }).fill('Island');
  await widget.getByRole('option', { name: /^Reykjavik Island/ }).click();
  await expect(patient.button(/^Reykjavik/)).toBeVisible();
  await patient.button('Nächste Woche').click();
  const time = widget.getByRole('list').getByRole('button').first();
  const name = (await time.innerText()).trim();
  await time.click();
  await expect(widget.getByRole('heading', { level: 3 })).toContainText(name);
  await patient.field('Vor- und Nachname').fill(PATIENT.name);
  await patient.field('E-Mail').fill(PATIENT.email);
  await widget.getByRole('button', { name: new RegExp(name) }).click();
  await expect(patient.text(new RegExp(`\\b${PATIENT.email}\\b`))).toBeVisible();
});

test('a whole booking on the clinic’s page, 320 px wide with letters twice as large, by keyboard alone', async ({
  visit,
}) => {
  const patient = await visit({ path: '/?openslot-service=first-visit' });
  const { page, widget } = patient;
  const { keyboard } = page;
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await widget.getByRole('list').first().waitFor();
  await fits();
  await tabTo(page, widget.getByRole('grid').locator('[tabindex="0"]'));
  await keyboard.press('PageDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(page, widget.getByRole('list').getByRole('button').first());
  await keyboard.press('Enter');
  await expect(patient.held).toBeVisible();
  await fits();
  await tabTo(page, patient.field('Full name'));
  await keyboard.type(PATIENT.name);
  await tabTo(page, patient.field('E-mail'));
  await keyboard.type(PATIENT.email);
  await tabTo(page, patient.field(/^Phone/));
  await keyboard.type('070 123 45 67');
  await tabTo(page, widget.getByRole('radio', { name: 'Yes', exact: true }));
  await expect(patient.field(/^Phone/)).toHaveValue(PATIENT.phone);
  await keyboard.press('Space');
  await tabTo(page, widget.getByRole('checkbox', { name: /^I agree/ }));
  await keyboard.press('Space');
  await fits();
  await tabTo(page, patient.submit);
  await keyboard.press('Enter');
  await expect(patient.confirmation).toBeFocused();
  await fits();
});
