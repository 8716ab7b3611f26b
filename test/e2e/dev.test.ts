import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { devPages } from '../../sandbox/demo/dev-pages.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { expect, test } from './base.ts';

const ROOT = dirname(dirname(import.meta.dirname));

/** Replaces a text in a file, as an editor that saves. */
async function edit(file: string, text: string, other: string): Promise<void> {
  const before = await readFile(file, 'utf8');
  expect(before).toContain(text);
  await writeFile(file, before.replace(text, other));
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
    const connections = new Map([page, desk].map((opened) => [opened, 0]));
    for (const opened of connections.keys()) {
      opened.on('console', (message) => {
        if (message.text() === '[vite] connected.') connections.set(opened, connections.get(opened)! + 1);
      });
    }
    /** A page that has not connected yet, as while it loads again, misses an edit. */
    const connected = (times: number) =>
      expect.poll(() => Math.min(...connections.values()), { timeout: 30_000 }).toBeGreaterThanOrEqual(times);
    await page.goto(`${sandbox.url}/`);
    await desk.goto(`${sandbox.url}/desk/`);
    await npm.goto(`${sandbox.url}/npm/`);
    await expect(page.getByRole('heading', { name: 'Morning', exact: true })).toBeVisible();
    await expect(desk.getByRole('heading', { name: 'Sign in to your calendar', exact: true })).toBeVisible();
    await expect(npm.getByText('Show in New York', { exact: false })).toBeVisible();

    await connected(1);
    await edit(join(copy, 'examples/script-tag/clinic.css'), 'body {', 'body { letter-spacing: 3px;');
    await expect(page.locator('body')).toHaveCSS('letter-spacing', '3px');

    await edit(join(copy, 'src/locales/en/booking.ts'), "morning: 'Morning'", "morning: 'Before noon'");
    await expect(page.getByRole('heading', { name: 'Before noon', exact: true })).toBeVisible();

    await connected(2);
    await edit(join(copy, 'src/locales/en/desk.ts'), 'Sign in to your calendar', 'Sign in to your days');
    await expect(desk.getByRole('heading', { name: 'Sign in to your days', exact: true })).toBeVisible();
  } finally {
    await context.close();
    await sandbox.stop();
    await pages.stop();
    await rm(copy, { recursive: true });
  }
});
