/** The widget that shows the appointment of the page's address. Others on the page don't. */
let taker: Element | null = null;

/**
 * The manage token in the fragment of an address, `#openslot-appointment=TOKEN`; empty if there is none. It may stay there,
 * as browsers send a fragment to no server and to no other page.
 */
export function tokenIn(hash: string): string {
  return /^#openslot-appointment=([^&]+)/.exec(hash)?.[1] ?? '';
}

/** Returns the token in the page's address to the first widget that calls; empty to the others. */
export function tokenOfPage(widget: Element): string {
  const token = tokenIn(location.hash);
  if (token && !taker?.isConnected) taker = widget;
  return taker === widget ? token : '';
}
