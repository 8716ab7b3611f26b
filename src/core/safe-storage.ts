/**
 * Texts in the browser's storage. Outside a browser, and where the browser denies storage (sandboxed frames, blocked
 * third-party storage, no room left), nothing is stored and nothing found.
 */
type Area = 'localStorage' | 'sessionStorage';

export function readStored(area: Area, name: string): string | null {
  try {
    return globalThis[area].getItem(name);
  } catch {
    return null;
  }
}

/** @param text null removes what is stored */
export function storeText(area: Area, name: string, text: string | null): void {
  try {
    if (text === null) globalThis[area].removeItem(name);
    else globalThis[area].setItem(name, text);
  } catch {
    return;
  }
}
