/** Of several widgets on a page that name no appointment, one shows that of the page's address. */
let taker: Element | null = null;

/**
 * The manage token in the fragment of an address, `#openslot-appointment=TOKEN`; empty without one. It stays there: the
 * fragment is sent to no server and told to no other page.
 */
export function tokenIn(hash: string): string {
  return /^#openslot-appointment=([^&]+)/.exec(hash)?.[1] ?? '';
}

/** The token in the page's address, for the first widget that asks; empty for others. */
export function tokenOfPage(widget: Element): string {
  const token = tokenIn(location.hash);
  if (token && !taker?.isConnected) taker = widget;
  return taker === widget ? token : '';
}
