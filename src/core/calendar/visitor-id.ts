/**
 * The secret id under which the database holds a time for this tab. It is kept in memory, and in `sessionStorage` only while
 * the tab goes from one page to the next: a reloaded page has the same id, but a duplicated tab gets its own.
 */
import { readStored, storeText } from '../safe-storage.ts';
import type { Page } from '../sync/page.ts';

export function createVisitor(scope: string, page: Page): () => string {
  const key = `openslot:visitor:${scope}`;
  let id: string | null = null;
  page.onLeave(() => {
    if (id) storeText('sessionStorage', key, id);
  });
  return () => {
    const kept = readStored('sessionStorage', key);
    // Also when the page came back from the back/forward cache, so that no duplicated tab finds it.
    if (kept) storeText('sessionStorage', key, null);
    id ??= kept ?? crypto.randomUUID();
    return id;
  };
}
