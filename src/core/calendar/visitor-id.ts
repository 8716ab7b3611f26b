/**
 * The secret id by which the database knows this tab's hold. It lives in memory, and in `sessionStorage` only while a
 * page makes way for the next one: a reload goes on with the same id, but a duplicated tab gets its own.
 */
import type { Page } from '../sync/page.ts';

export function createVisitor(scope: string, page: Page): () => string {
  const key = `openslot:visitor:${scope}`;
  let id: string | null = null;
  page.onLeave(() => {
    if (id) storage()?.setItem(key, id);
  });
  return () => {
    // Also after the page came back from the back/forward cache, so that nobody else finds it.
    const kept = storage()?.getItem(key);
    if (kept) storage()?.removeItem(key);
    id ??= kept ?? crypto.randomUUID();
    return id;
  };
}

/** Null outside a browser, and where the browser denies it (sandboxed frames, blocked third-party storage). */
function storage(): Storage | null {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}
