/**
 * Functions that run in the page. Each is sent there as text, so it uses only its arguments and the values that earlier
 * functions left on `window`.
 */

declare global {
  interface Window {
    /** Ms since navigation at which the first times had been painted. */
    paintedAt?: number;
    /** Nodes that were added or removed in any of the widget's trees since this was last set to 0. */
    changedNodes?: number;
    /** Resolves with the time, epoch ms, at which a condition was first true. */
    whenTrue?: (condition: () => unknown) => Promise<number>;
    /** Parts of this name in the elements of this tag, at any depth. */
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

/** Runs before the page's own scripts: waits, frame by frame, until the first time can be pressed, and for the frame after that. */
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

/** The requests that began before the times were painted. */
export function requestsBeforePainting(): { scripts: number; calls: number } {
  const painted = window.paintedAt ?? 0;
  const early = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < painted);
  return {
    scripts: early.filter(({ name }) => name.endsWith('.js')).length,
    calls: early.filter(({ name }) => name.includes('/rest/v1/')).length,
  };
}

/** Runs before the page's own scripts: defines what the next two functions use. */
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

/** Mounts a widget, waits until it has painted, and removes it, `times` times. */
export async function mountAndUnmount({ times, ...widget }: Widget & { times: number }): Promise<void> {
  for (let run = 0; run < times; run++) (await window.mountWidget!(widget)).remove();
}

/** From now on, counts the changed nodes in the widget's trees, at any depth. */
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

/** Runs before the page's own scripts: timers of more than ten seconds never fire, so that no check or poll can bring a change. */
export function stopPolling(): void {
  const { setTimeout: later } = window;
  const withoutChecks = (run: TimerHandler, ms?: number, ...rest: unknown[]) =>
    later(run, ms !== undefined && ms > 10_000 ? 2_000_000 : ms, ...rest);
  window.setTimeout = withoutChecks as typeof window.setTimeout;
}

/** Runs before the page's own scripts: defines what `LivePage` uses. */
export function installWatching(): void {
  window.whenTrue = (condition) =>
    new Promise((resolve) => {
      // More often than once per frame.
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
