import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './base.ts';

/**
 * Expects that axe finds nothing on the page as it is. Without movement from here on, so that no text is measured while
 * it is half faded in.
 * @param without ids of rules that say nothing about this page
 */
export async function audit(page: Page, without: readonly string[] = []): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).disableRules([...without]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
