import type { Page } from '../../../src/core/sync/page.ts';

/** A page whose visibility and network the test decides. */
export interface FakePage extends Page {
  hidden: boolean;
  online: boolean;
  /** The page becomes hidden. */
  hide(): void;
  /** The page becomes visible, or gains or loses the network. */
  wake(): void;
  /** The page is being left. */
  leave(): void;
  readonly listeners: number;
}

export function createFakePage(): FakePage {
  const waking = new Set<() => void>();
  const hiding = new Set<() => void>();
  const leaving = new Set<() => void>();
  const listen = (to: Set<() => void>) => (listener: () => void) => {
    to.add(listener);
    return () => to.delete(listener);
  };
  return {
    hidden: false,
    online: true,
    onWake: listen(waking),
    onHide: listen(hiding),
    onLeave: listen(leaving),
    hide() {
      this.hidden = true;
      hiding.forEach((listener) => listener());
    },
    wake: () => waking.forEach((listener) => listener()),
    leave: () => leaving.forEach((listener) => listener()),
    get listeners() {
      return waking.size + hiding.size + leaving.size;
    },
  };
}
