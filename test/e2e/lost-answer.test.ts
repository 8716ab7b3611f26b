import { embed, expect, test } from './clinic.ts';

test('a booking whose answer was lost ends up confirmed, once', async ({ page, sandbox, network, problems }) => {
  problems.expect(/net::ERR_EMPTY_RESPONSE .*\/openslot_book/);
  // Answers are lost until the page knows: on a connection that was used before, the browser asks again by itself.
  let isKnown = false;
  page.on('requestfailed', (request) => (isKnown ||= request.url().endsWith('/openslot_book')));
  network.http = (path) => (path.endsWith('/openslot_book') && !isKnown ? 'lose-answer' : 'pass');
  const patient = await embed(page, sandbox.url, {
    'supabase-url': network.url,
    'supabase-key': sandbox.publishableKey,
    provider: 'mira-lindqvist',
  });
  await patient.openLastDay();
  await patient.times.first().click();
  await patient.fillDetails({ name: 'Lena Lost', email: 'lena.lost@example.com', phone: '' });
  await patient.submit.click();
  await expect(patient.confirmation).toBeVisible();
  const { rows } = await sandbox.query(
    `select count(*)::int as count from openslot.appointments where patient_email = 'lena.lost@example.com'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
});
