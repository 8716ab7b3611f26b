import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './base.ts';

/**
 * Expects that axe finds no violation on the page. Turns animations off from here on, so that no text is measured while it
 * fades in.
 * @param without ids of rules that don't apply to this page
 */
export async function audit(page: Page, without: readonly string[] = []): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).disableRules([...without]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
