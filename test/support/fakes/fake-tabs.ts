import type { OpenTabs, TabHandlers, TabMessage } from '../../../src/core/inbox/tabs.ts';
import type { Page } from '../../../src/core/sync/page.ts';

/** The tabs of one browser: of the visible ones, the one that was opened first announces. */
export function createFakeTabs(): OpenTabs {
  interface Tab {
    readonly name: string;
    readonly page: Page;
    readonly handlers: TabHandlers;
  }
  const tabs: Tab[] = [];
  const speaker = (name: string) => tabs.find((tab) => tab.name === name && !tab.page.hidden);
  return (name, page, handlers) => {
    const own = { name, page, handlers };
    tabs.push(own);
    return {
      get announces() {
        return speaker(name) === own;
      },
      send(message: TabMessage) {
        for (const tab of tabs)
          if (tab !== own && tab.name === name) queueMicrotask(() => tab.handlers.onMessage(message));
      },
      close() {
        tabs.splice(tabs.indexOf(own), 1);
        const next = speaker(name);
        if (next) queueMicrotask(() => next.handlers.onTurn());
      },
    };
  };
}
