/**
 * As much of a page as the tests of core use, so that they run in Node as well: there a mutation run repeats them thousands of
 * times, which would take days in a browser. Mocha loads this before any test, with `--require`.
 */
import { registerHooks } from 'node:module';

/** Node finds no entry of the one package, as only bundlers read where it is. The other cleans up after each test in a page. */
const FOR_NODE = new Map([
  ['@esm-bundle/chai', '@esm-bundle/chai/esm/chai.js'],
  ['@open-wc/testing', '@open-wc/testing/pure'],
]);
registerHooks({
  resolve: (specifier, context, next) => next(FOR_NODE.get(specifier) ?? specifier, context),
});

class Document extends EventTarget {
  get visibilityState() {
    return 'visible';
  }

  /** Lit creates one when it is loaded. */
  createTreeWalker() {
    return null;
  }
}

class PageTransitionEvent extends Event {
  readonly persisted: boolean;

  constructor(type: string, { persisted }: { persisted: boolean }) {
    super(type);
    this.persisted = persisted;
  }
}

const events = new EventTarget();
Object.assign(globalThis, {
  window: globalThis,
  Document,
  document: new Document(),
  PageTransitionEvent,
  addEventListener: events.addEventListener.bind(events),
  removeEventListener: events.removeEventListener.bind(events),
  dispatchEvent: events.dispatchEvent.bind(events),
});
Object.defineProperty(Navigator.prototype, 'onLine', { value: true });

/** Node has no `onerror`; Mocha takes every uncaught error for a failure of the test, unless this callback takes it. */
let onerror: ((message: string) => unknown) | null = null;
Object.defineProperty(globalThis, 'onerror', {
  get: () => onerror,
  set(handler: typeof onerror) {
    onerror = handler;
    process.setUncaughtExceptionCaptureCallback(handler && ((error) => void handler(String(error))));
  },
});

// A rejection that no code handles fails the test, as in a browser.
process.on('unhandledRejection', (reason) => {
  throw reason;
});
