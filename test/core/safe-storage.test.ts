import { expect } from '@open-wc/testing';
import { readStored, storeText } from '../../src/core/safe-storage.ts';

/** Storage that the browser denies: reading the property throws. */
function deny(area: 'localStorage' | 'sessionStorage'): () => void {
  const own = Object.getOwnPropertyDescriptor(globalThis, area);
  Object.defineProperty(globalThis, area, {
    configurable: true,
    get() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  return () => {
    if (own) Object.defineProperty(globalThis, area, own);
    else Reflect.deleteProperty(globalThis, area);
  };
}

describe('storage', () => {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    it(`of the browser is read and written as ${area}, and as nothing where the browser denies it`, () => {
      const restoreArea = deny(area);
      const texts = new Map<string, string>();
      try {
        storeText(area, 'name', 'text');
        expect(readStored(area, 'name')).to.equal(null);
        Object.defineProperty(globalThis, area, {
          configurable: true,
          value: {
            getItem: (name: string) => texts.get(name) ?? null,
            setItem: (name: string, text: string) => texts.set(name, text),
            removeItem: (name: string) => texts.delete(name),
          },
        });
        expect(readStored(area, 'name')).to.equal(null);
        storeText(area, 'name', 'text');
        expect([readStored(area, 'name'), texts.size]).to.deep.equal(['text', 1]);
        storeText(area, 'name', null);
        expect([readStored(area, 'name'), texts.size]).to.deep.equal([null, 0]);
      } finally {
        restoreArea();
      }
    });
  }
});
