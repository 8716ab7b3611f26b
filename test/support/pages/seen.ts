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

/**
 * Brings each animation in an element to its end, but for skeletons, which have none. It does not wait for the end: in a window
 * that is not painted, WebKit ends an animation and keeps the style of its first frame.
 */
export async function standsStill(element: HTMLElement): Promise<void> {
  const roots = deepQueryAll(element, '*').flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const animation of [element.shadowRoot, ...roots].flatMap((root) => root?.getAnimations() ?? [])) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
  // The style without the animation is computed in a later task.
  await new Promise((resolve) => setTimeout(resolve));
}

/** What an element is called: its accessible name, or its text. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? labelledBy(element) ?? labelsOf(element);
  return tidy(label ?? textOf(element));
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
  return collectTexts(node, new Set());
}

/**
 * All whole texts that are shown: what each element says, each run of text between two elements, and each sentence of these.
 * So “Live” is not among them where “Live updates aren’t available” is shown.
 */
export function wholeTexts(element: Element): ReadonlySet<string> {
  const texts = new Set<string>();
  collectTexts(element, texts);
  return texts;
}

/** Adds the whole texts of a node to those found so far, and returns its own. */
function collectTexts(node: Node, found: Set<string>): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLElement && !isRead(node)) return '';
  const parts: string[] = [];
  let run = '';
  const endRun = () => {
    parts.push(run);
    addSentences(run, found);
    run = '';
  };
  for (const child of childrenOf(node)) {
    if (child instanceof Text) {
      run += child.data;
    } else if (child instanceof Element) {
      endRun();
      parts.push(collectTexts(child, found));
    }
  }
  endRun();
  const text = parts.join(' ');
  addSentences(text, found);
  return text;
}

function addSentences(text: string, found: Set<string>): void {
  const all = tidy(text);
  found.add(all);
  for (const sentence of all.split(/(?<=[.!?…]) /)) found.add(sentence);
}

/** A slot has no box of its own, so it never counts as visible. */
function isRead(element: HTMLElement): boolean {
  if (element instanceof HTMLSlotElement) return true;
  return !(element instanceof HTMLStyleElement) && isVisible(element);
}

function childrenOf(node: Node): Iterable<Node> {
  if (node instanceof HTMLSlotElement) return node.assignedNodes({ flatten: true });
  return (node instanceof Element && node.shadowRoot ? node.shadowRoot : node).childNodes;
}

function tidy(text: string): string {
  return asWritten(text).replace(/\s+/g, ' ').trim();
}
