/**
 * Coordinates the tabs of one browser that show the same inbox: which of them announces new notifications, what was announced,
 * and that something was read. Where the browser lacks the means, each tab announces by itself.
 */
import type { Cancel } from '../time/clock.ts';
import type { Page } from '../sync/page.ts';

/** `announced`: a tab has announced all notifications up to this id. `read`: which ones are read has changed. */
export type TabMessage = { readonly announced: number } | { readonly read: true };

export interface Tabs {
  /** This tab announces: it is visible, and no other visible tab does. */
  readonly announces: boolean;
  send(message: TabMessage): void;
  close(): void;
}

export interface TabHandlers {
  onMessage(message: TabMessage): void;
  /** From now on, this tab announces. Never called within the call that opens. */
  onTurn(): void;
}

/** @param name of the inbox: the same in all tabs that show it, and another in all others */
export type OpenTabs = (name: string, page: Page, handlers: TabHandlers) => Tabs;

export const browserTabs: OpenTabs = (name, page, { onMessage, onTurn }) => {
  // Node has channels and locks, too. There they would only keep the process from ending.
  const inBrowser = typeof document !== 'undefined';
  const channel = inBrowser && typeof BroadcastChannel !== 'undefined' ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = ({ data }) => isMessage(data) && onMessage(data);
  const turn = takeTurns(name, page, onTurn, inBrowser && 'locks' in navigator ? navigator.locks : null);
  return {
    get announces() {
      return turn.isOurs;
    },
    send: (message) => channel?.postMessage(message),
    close() {
      turn.end();
      channel?.close();
    },
  };
};

/** Requests a lock while the page is visible: the tab that has it announces. Without locks, every visible tab does. */
function takeTurns(
  name: string,
  page: Page,
  onTurn: () => void,
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
  const requestLock = () => {
    if (page.hidden || give) return;
    const giving = new AbortController();
    const given = new Promise<void>((resolve) => giving.signal.addEventListener('abort', () => resolve()));
    give = () => giving.abort();
    const take = () => {
      if (giving.signal.aborted) return;
      isOurs = true;
      onTurn();
    };
    const held = locks.request(name, { signal: giving.signal }, () => {
      take();
      return given;
    });
    // Either the page was hidden before it got the lock, or the browser denies locks, as in a sandboxed frame. In the latter
    // case this tab announces by itself.
    held.catch(take);
  };
  const leave = [page.onWake(requestLock), page.onHide(stop)];
  requestLock();
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
    typeof data === 'object' &&
    data !== null &&
    ('read' in data || ('announced' in data && typeof data.announced === 'number'))
  );
}
