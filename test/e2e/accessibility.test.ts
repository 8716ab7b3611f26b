import { audit } from './audit.ts';
import { expect, tabTo, test } from './clinic.ts';

test('the clinic’s page has no accessibility violations on the way through a booking', async ({ visit }) => {
  const patient = await visit();
  await patient.ready();
  await audit(patient.page);
  await patient.openLastDay();
  await patient.times.last().click();
  await expect(patient.held).toBeVisible();
  await audit(patient.page);
  await patient.fillDetails();
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
  await audit(patient.page);
});

test('a whole booking by keyboard alone', async ({ visit }) => {
  const patient = await visit();
  const { keyboard } = patient.page;
  await patient.ready();

  await tabTo(patient.page, patient.widget.getByRole('grid').locator('[tabindex="0"]'));
  await keyboard.press('End');
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await tabTo(patient.page, patient.times.first());
  await keyboard.press('Enter');
  await tabTo(patient.page, patient.field('Full name'));
  await keyboard.type('Kim Key');
  await keyboard.press('Tab');
  await keyboard.type('kim@example.com');
  await keyboard.press('Enter');
  await expect(patient.confirmation).toBeVisible();
});
