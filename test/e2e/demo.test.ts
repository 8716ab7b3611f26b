import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { audit } from './audit.ts';
import { expect, test } from './base.ts';
import { BookingPage } from './clinic.ts';

const root = dirname(dirname(import.meta.dirname));

test('npm start serves both demo pages, books on each, delivers the mails, and stops what it started', async ({
  page,
}) => {
  const data = await mkdtemp(join(tmpdir(), 'openslot-demo-'));
  const child = spawn(process.execPath, ['sandbox/start.ts', '--port', '0', '--data', data, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await Promise.race([
      new Promise((resolve) => createInterface(child.stdout).once('line', (text) => resolve([text]))),
      new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))),
    ])) as [string];
    const { demo, mailbox, supabaseUrl, publishableKey } = JSON.parse(line) as Record<string, string>;
    expect(publishableKey).toMatch(/^sb_publishable_/);
    for (const path of ['/', '/npm/']) {
      await page.goto(new URL(path, demo).href);
      const patient = await new BookingPage(page).live();
      await patient.openLastDay();
      await patient.times.first().click();
      await patient.fillDetails();
      await patient.submit.click();
      await expect(patient.confirmation).toBeVisible();
    }
    await page.goto(mailbox ?? '');
    const mails = page.getByRole('list', { name: 'Mails, newest first', exact: true });
    // For patient and provider of both bookings.
    await expect(mails.getByRole('listitem')).toHaveCount(4);
    await mails.getByRole('link', { name: /Confirmed: .* with Dr\. Mira Lindqvist/ }).click();
    const mail = page.frameLocator('iframe[title^="Message: Confirmed"]');
    await expect(mail.getByRole('heading', { name: 'Your appointment is confirmed', exact: true })).toBeVisible();
    await expect(mail.getByRole('link', { name: 'Change or cancel', exact: true })).toHaveAttribute(
      'href',
      new RegExp(`^${demo}/#openslot-appointment=`),
    );
    await page.getByRole('tab', { name: 'Calendar: add or move', exact: true }).click();
    await expect(page.getByRole('tabpanel')).toContainText('METHOD:REQUEST');
    // Audit only now: axe can't run in the mail's frame, where no script runs.
    await audit(page);
    await page.close();

    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
    await expect(fetch(supabaseUrl ?? '')).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  }
});
