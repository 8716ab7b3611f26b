import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { devPages } from '../../sandbox/demo/dev-pages.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { expect, test } from './base.ts';

const ROOT = dirname(dirname(import.meta.dirname));

const SHOWN_WITHIN_MS = 10_000;

/**
 * Replaces a text in a file, as an editor that saves, until the page shows it. A page that just loads again because of another
 * edit misses this one, as Vite has no connection to it: its author saves once more.
 */
async function saves(file: string, text: string, other: string, isShown: () => Promise<void>): Promise<void> {
  const before = await readFile(file, 'utf8');
  expect(before).toContain(text);
  await expect(async () => {
    await writeFile(file, before.replace(text, other));
    await isShown();
  }).toPass();
}

test('npm run dev shows an edit of src on the pages that are open, and of a page’s own style', async ({
  page,
  context,
}) => {
  // Within the checkout, so that its packages are found.
  await mkdir(join(ROOT, '.sandbox'), { recursive: true });
  const copy = await mkdtemp(join(ROOT, '.sandbox', 'dev-'));
  for (const name of ['src', 'examples', 'tsconfig.json'])
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  const pages = await devPages('', copy);
  const sandbox = await startSandbox({ routes: pages.routes, upgrades: pages.upgrades });
  try {
    const desk = await context.newPage();
    const npm = await context.newPage();
    await page.goto(`${sandbox.url}/`);
    await desk.goto(`${sandbox.url}/desk/`);
    await npm.goto(`${sandbox.url}/npm/`);
    await expect(page.getByRole('heading', { name: 'Morning', exact: true })).toBeVisible();
    await expect(desk.getByRole('heading', { name: 'Sign in to your calendar', exact: true })).toBeVisible();
    await expect(npm.getByText('Show in New York', { exact: false })).toBeVisible();

    await saves(join(copy, 'examples/script-tag/clinic.css'), 'body {', 'body { letter-spacing: 3px;', () =>
      expect(page.locator('body')).toHaveCSS('letter-spacing', '3px', { timeout: SHOWN_WITHIN_MS }),
    );
    await saves(join(copy, 'src/locales/en/booking.ts'), "morning: 'Morning'", "morning: 'Before noon'", () =>
      expect(page.getByRole('heading', { name: 'Before noon', exact: true })).toBeVisible({ timeout: SHOWN_WITHIN_MS }),
    );
    await saves(join(copy, 'src/locales/en/desk.ts'), 'Sign in to your calendar', 'Sign in to your days', () =>
      expect(desk.getByRole('heading', { name: 'Sign in to your days', exact: true })).toBeVisible({
        timeout: SHOWN_WITHIN_MS,
      }),
    );
  } finally {
    await context.close();
    await sandbox.stop();
    await pages.stop();
    await rm(copy, { recursive: true });
  }
});
