import { embed, expect, test } from './clinic.ts';

test('a booking whose answer was lost ends up confirmed, once', async ({ page, sandbox, network, problems }) => {
  problems.expect(/net::ERR_EMPTY_RESPONSE .*\/openslot_book/);
  // Answers are lost until the page's request has failed: on a reused connection, the browser first repeats it by itself.
  let hasFailed = false;
  page.on('requestfailed', (request) => (hasFailed ||= request.url().endsWith('/openslot_book')));
  network.http = (path) => (path.endsWith('/openslot_book') && !hasFailed ? 'lose-answer' : 'pass');
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
