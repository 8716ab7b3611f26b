/**
 * Functions that run in the page. Each is sent there as its text, so it uses nothing but its arguments and what the
 * functions before it have left on `window`.
 */

declare global {
  interface Window {
    /** Ms since navigation at which the first times had been painted. */
    paintedAt?: number;
    /** Nodes that were added or removed in any of the widget's trees since it was last set to 0. */
    changedNodes?: number;
    /** Resolves with the time, epoch ms, at which a condition was first seen to hold. */
    whenTrue?: (condition: () => unknown) => Promise<number>;
    /** Parts of this name in the elements of this tag, however deep. */
    partsOf?: (tag: string, part: string) => Element[];
    /** Puts a widget on the page; resolves when it has painted its times. */
    mountWidget?: (widget: Widget) => Promise<HTMLElement>;
  }
}

export interface Widget {
  readonly url: string;
  readonly key: string;
  readonly provider: string;
}

/** Before the page's own scripts: waits, frame by frame, until there is a time to press, and for the frame after it. */
export function notePainting(): void {
  const look = () => {
    const times = document.querySelector('openslot-booking')?.shadowRoot?.querySelector('openslot-times');
    if (times?.shadowRoot?.querySelector('[part~="time"]')) {
      requestAnimationFrame(() => (window.paintedAt = performance.now()));
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

/** Requests that began before the times were painted. */
export function requestsBeforePainting(): { scripts: number; calls: number } {
  const painted = window.paintedAt ?? 0;
  const early = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < painted);
  return {
    scripts: early.filter(({ name }) => name.endsWith('.js')).length,
    calls: early.filter(({ name }) => name.includes('/rest/v1/')).length,
  };
}

/** Before the page's own scripts: what the two below use. */
export function installMounting(): void {
  window.mountWidget = async ({ url, key, provider }) => {
    await customElements.whenDefined('openslot-booking');
    const widget = document.createElement('openslot-booking');
    widget.setAttribute('supabase-url', url);
    widget.setAttribute('supabase-key', key);
    widget.setAttribute('provider', provider);
    await new Promise((resolve, reject) => {
      widget.addEventListener('openslot-ready', resolve, { once: true });
      widget.addEventListener('openslot-error', () => reject(new Error(widget.shadowRoot?.textContent ?? '')), {
        once: true,
      });
      document.body.append(widget);
    });
    return widget;
  };
}

export async function addWidgets({ count, ...widget }: Widget & { count: number }): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => window.mountWidget!(widget)));
}

/** Mounts a widget, waits until it has painted, takes it away, `times` times over. */
export async function mountAndUnmount({ times, ...widget }: Widget & { times: number }): Promise<void> {
  for (let run = 0; run < times; run++) (await window.mountWidget!(widget)).remove();
}

/** Counts from now on what changes in the widget's trees, however deep. */
export function countChangedNodes(): void {
  window.changedNodes = 0;
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) window.changedNodes! += addedNodes.length + removedNodes.length;
  });
  const observe = (root: Document | ShadowRoot) => {
    observer.observe(root, { childList: true, subtree: true });
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) observe(element.shadowRoot);
  };
  observe(document);
}

/** Before the page's own scripts: what takes longer than ten seconds never happens, so that no check or poll can help. */
export function stopPolling(): void {
  const { setTimeout: later } = window;
  const withoutChecks = (run: TimerHandler, ms?: number, ...rest: unknown[]) =>
    later(run, ms !== undefined && ms > 10_000 ? 2_000_000 : ms, ...rest);
  window.setTimeout = withoutChecks as typeof window.setTimeout;
}

/** Before the page's own scripts: what `LivePage` uses. */
export function installWatching(): void {
  window.whenTrue = (condition) =>
    new Promise((resolve) => {
      // More often than a frame is drawn.
      const look = () => (condition() ? resolve(Date.now()) : void setTimeout(look, 5));
      look();
    });
  window.partsOf = (tag, part) => {
    const inside = (root: ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches(`[part~="${part}"]`) ? [element] : []),
        ...(element.shadowRoot ? inside(element.shadowRoot) : []),
      ]);
    return [...document.querySelectorAll(tag)].flatMap(({ shadowRoot }) => (shadowRoot ? inside(shadowRoot) : []));
  };
}
