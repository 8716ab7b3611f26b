/**
 * What the tabs of one browser that show the same inbox agree on: which of them tells people what comes in, what has been
 * told, and that something was read. Where the browser can't do it, each tab is on its own.
 */
import type { Cancel } from '../time/clock.ts';
import type { Page } from '../sync/page.ts';

/** `told`: people know of all up to this id. `read`: something was read, or read no longer. */
export type TabMessage = { readonly told: number } | { readonly read: true };

export interface Tabs {
  /** This one tells people: it can be seen, and no other of those that can be seen does. */
  readonly speaks: boolean;
  send(message: TabMessage): void;
  close(): void;
}

export interface TabHandlers {
  heard(message: TabMessage): void;
  /** From now on it is this one that speaks. Never called within the call that opens. */
  turned(): void;
}

/** @param name of the inbox, the same in all tabs and in none that shows another */
export type OpenTabs = (name: string, page: Page, handlers: TabHandlers) => Tabs;

export const browserTabs: OpenTabs = (name, page, { heard, turned }) => {
  // Node has channels and locks, too, but they would keep a process from ending, and there are no tabs.
  const inBrowser = typeof document !== 'undefined';
  const channel = inBrowser && typeof BroadcastChannel !== 'undefined' ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = ({ data }) => isMessage(data) && heard(data);
  const turn = takeTurns(name, page, turned, inBrowser && 'locks' in navigator ? navigator.locks : null);
  return {
    get speaks() {
      return turn.isOurs;
    },
    send: (message) => channel?.postMessage(message),
    close() {
      turn.end();
      channel?.close();
    },
  };
};

/** Wants the lock while the page can be seen. Whoever has it speaks; without locks, whoever can be seen. */
function takeTurns(
  name: string,
  page: Page,
  turned: () => void,
  locks: LockManager | null,
): { readonly isOurs: boolean; end: Cancel } {
  if (!locks) {
    return {
      get isOurs() {
        return !page.hidden;
      },
      end: () => undefined,
    };
  }
  let isOurs = false;
  let give: Cancel | null = null;
  const stop = () => {
    isOurs = false;
    give?.();
    give = null;
  };
  const want = () => {
    if (page.hidden || give) return;
    const giving = new AbortController();
    const given = new Promise<void>((resolve) => giving.signal.addEventListener('abort', () => resolve()));
    give = () => giving.abort();
    const take = () => {
      if (giving.signal.aborted) return;
      isOurs = true;
      turned();
    };
    const held = locks.request(name, { signal: giving.signal }, () => {
      take();
      return given;
    });
    // Given up before it was ours; or the browser denies locks here, as in a sandboxed frame: then it is on its own.
    held.catch(take);
  };
  const leave = [page.onWake(want), page.onHide(stop)];
  want();
  return {
    get isOurs() {
      return isOurs;
    },
    end() {
      for (const stopListening of leave) stopListening();
      stop();
    },
  };
}

function isMessage(data: unknown): data is TabMessage {
  return (
    typeof data === 'object' && data !== null && ('read' in data || ('told' in data && typeof data.told === 'number'))
  );
}
