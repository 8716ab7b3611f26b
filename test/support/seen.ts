/** What of a document people perceive, through shadow roots. */

/** How long something may take to appear: long enough for a busy machine, as only failures wait for all of it. */
export const PATIENCE_MS = 30_000;

/** Elements that match, in the order of the document, through open shadow roots. */
export function deepQueryAll(root: Element | ShadowRoot, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  const visit = (node: Element | ShadowRoot): void => {
    for (const child of node.children) {
      if (child instanceof HTMLElement && child.matches(selector)) found.push(child);
      if (child.shadowRoot) visit(child.shadowRoot);
      visit(child);
    }
  };
  if (root instanceof Element && root.shadowRoot) visit(root.shadowRoot);
  visit(root);
  return found;
}

export function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** Resolves once nothing in an element moves, but for skeletons, which never end. */
export async function standsStill(element: HTMLElement): Promise<void> {
  const roots = deepQueryAll(element, '*').flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const moving = [element.shadowRoot, ...roots]
    .flatMap((root) => root?.getAnimations() ?? [])
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
}

/** What an element is called: its accessible name, or its text. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? labelledBy(element) ?? labelsOf(element);
  return asWritten(label ?? textOf(element))
    .replace(/\s+/g, ' ')
    .trim();
}

/** One way to write an English date or time for what engines write differently: “Monday 23”, “9:00”, “23–29”. */
export function asWritten(text: string): string {
  return text
    .replace(/\b((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*), (?=\d)/g, '$1 ')
    .replace(/\b0(?=\d:\d\d)/g, '')
    .replace(/(\d)\s*–\s*(?=\d)/g, '$1–');
}

function labelledBy(element: Element): string | null {
  const ids = element.getAttribute('aria-labelledby');
  const root = element.getRootNode() as ShadowRoot;
  return (
    ids &&
    ids
      .split(' ')
      .map((id) => textOf(root.getElementById(id) ?? element))
      .join(' ')
  );
}

function labelsOf(element: Element): string | null {
  const labels = 'labels' in element ? (element as HTMLInputElement).labels : null;
  return labels?.length ? [...labels].map(textOf).join(' ') : null;
}

/** Text that is shown, or read out, through shadow roots and slots. */
function textOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLSlotElement) return node.assignedNodes({ flatten: true }).map(textOf).join(' ');
  if (node instanceof HTMLStyleElement || (node instanceof HTMLElement && !isVisible(node))) return '';
  const inside = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
  return [...inside.childNodes].map(textOf).join(' ');
}
