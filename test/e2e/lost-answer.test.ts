import { startFaultProxy } from '../support/fault-proxy.ts';
import { embed, expect, test } from './clinic.ts';

test('a booking whose answer was lost ends up confirmed, once', async ({ page, sandbox }) => {
  const proxy = await startFaultProxy(sandbox.url);
  let requests = 0;
  proxy.http = (path) => (path.endsWith('/openslot_book') && requests++ === 0 ? 'lose-answer' : 'pass');
  try {
    const patient = await embed(page, sandbox.url, {
      'supabase-url': proxy.url,
      'supabase-key': sandbox.publishableKey,
      provider: 'mira-lindqvist',
    });
    await patient.openLastDay();
    await patient.times.first().click();
    await patient.fillDetails({ name: 'Lena Lost', email: 'lena.lost@example.com', phone: '' });
    await patient.submit.click();
    await expect(patient.confirmation).toBeVisible();
    expect(requests).toBeGreaterThan(1);
    const { rows } = await sandbox.query(
      `select count(*)::int as count from openslot.appointments where patient_email = 'lena.lost@example.com'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  } finally {
    await proxy.stop();
  }
});
