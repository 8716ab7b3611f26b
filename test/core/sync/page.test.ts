import { expect } from '@open-wc/testing';
import { browserPage } from '../../../src/core/sync/page.ts';

function listening(listen: (listener: () => void) => () => void) {
  let told = 0;
  const stop = listen(() => told++);
  return { stop, told: () => told };
}

describe('the page around a calendar', () => {
  it('wakes when it is seen again, comes back from the cache, or the network does', () => {
    const { stop, told } = listening(browserPage.onWake);
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told()).to.equal(4);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(told()).to.equal(4);
    stop();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told()).to.equal(4);
  });

  it('tells when nobody can see it any more', () => {
    const { stop, told } = listening(browserPage.onHide);
    const wakes = listening(browserPage.onWake);
    const state = Object.getOwnPropertyDescriptor(Document.prototype, 'visibilityState')!;
    try {
      for (const visibilityState of ['hidden', 'visible']) {
        Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        const isHidden = visibilityState === 'hidden';
        expect([told(), wakes.told(), browserPage.hidden]).to.deep.equal(isHidden ? [1, 0, true] : [1, 1, false]);
      }
      stop();
      wakes.stop();
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      expect(told()).to.equal(1);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
    expect(Object.getOwnPropertyDescriptor(Document.prototype, 'visibilityState')).to.deep.equal(state);
  });

  it('tells when it is left', () => {
    const { stop, told } = listening(browserPage.onLeave);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(told()).to.equal(1);
    stop();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(told()).to.equal(1);
  });

  it('knows whether the machine has a network', () => {
    try {
      for (const onLine of [false, true]) {
        Object.defineProperty(navigator, 'onLine', { value: onLine, configurable: true });
        expect(browserPage.online).to.equal(onLine);
      }
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });
});
