import { expect } from '@open-wc/testing';
import { Store } from '../../../src/core/sync/store.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

/** A store of a number that a test counts up, and a log of what the store called. */
function createCounter() {
  const clock = createFakeClock();
  const log: string[] = [];
  let count = 0;
  const store: Store<{ readonly count: number }> = new Store({
    clock,
    compose: () => ({ count }),
    start: () => log.push(`start, running: ${String(store.isRunning)}`),
    stop: () => log.push(`stop, running: ${String(store.isRunning)}`),
  });
  return {
    clock,
    log,
    store,
    countUp() {
      count++;
      store.changed();
    },
  };
}

const START = 'start, running: true';
const STOP = 'stop, running: false';

describe('a store', () => {
  it('has one frozen state, and another one after each change', () => {
    const { store, countUp } = createCounter();
    const state = store.getState();
    expect([state, Object.isFrozen(state), store.getState() === state]).to.deep.equal([{ count: 0 }, true, true]);
    countUp();
    expect([store.getState(), state]).to.deep.equal([{ count: 1 }, { count: 0 }]);
  });

  it('starts with its first listener, and stops a second after the last one left', async () => {
    const { clock, log, store } = createCounter();
    const leave = [store.subscribe(() => undefined), store.subscribe(() => undefined)];
    expect(log).to.deep.equal([START]);
    leave[0]!();
    await clock.advance(5_000);
    expect(log).to.deep.equal([START]);
    leave[1]!();
    await clock.advance(999);
    expect(log).to.deep.equal([START]);
    await clock.advance(1);
    expect(log).to.deep.equal([START, STOP]);
    store.subscribe(() => undefined);
    expect(log).to.deep.equal([START, STOP, START]);
  });

  it('goes on for a listener that comes within that second', async () => {
    const { clock, log, store } = createCounter();
    store.subscribe(() => undefined)();
    await clock.advance(999);
    store.subscribe(() => undefined);
    await clock.advance(5_000);
    expect(log).to.deep.equal([START]);
  });

  it('waits a whole second after the last of several listeners that come and go', async () => {
    const { clock, log, store } = createCounter();
    const leave = store.subscribe(() => undefined);
    leave();
    await clock.advance(600);
    leave();
    store.subscribe(() => undefined)();
    await clock.advance(600);
    expect(log).to.deep.equal([START]);
    await clock.advance(400);
    expect(log).to.deep.equal([START, STOP]);
  });

  it('calls its listeners once for all changes of one moment, and never at once', async () => {
    const { clock, store, countUp } = createCounter();
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.getState().count));
    await clock.settle();
    seen.length = 0;
    countUp();
    countUp();
    expect(seen).to.deep.equal([]);
    await clock.settle();
    expect(seen).to.deep.equal([2]);
    countUp();
    await clock.settle();
    expect(seen).to.deep.equal([2, 3]);
  });

  it('calls its listeners once it has started, which changes the state', async () => {
    const { clock, store } = createCounter();
    const seen: boolean[] = [];
    store.subscribe(() => seen.push(store.isRunning));
    await clock.settle();
    expect(seen).to.deep.equal([true]);
  });

  it('calls no listener that has left before its turn', async () => {
    const { clock, store, countUp } = createCounter();
    let calls = 0;
    const leave = store.subscribe(() => calls++);
    await clock.settle();
    calls = 0;
    countUp();
    leave();
    await clock.settle();
    expect(calls).to.equal(0);
  });

  it('calls no listener that leaves while the ones before it are called', async () => {
    const { clock, store, countUp } = createCounter();
    let calls = 0;
    const leave: (() => void)[] = [];
    store.subscribe(() => leave[0]?.());
    leave[0] = store.subscribe(() => calls++);
    countUp();
    await clock.settle();
    expect(calls).to.equal(0);
  });

  it('calls a function as often as it is subscribed', async () => {
    const { clock, store, countUp } = createCounter();
    let calls = 0;
    const listener = () => calls++;
    const leave = store.subscribe(listener);
    store.subscribe(listener);
    await clock.settle();
    calls = 0;
    countUp();
    await clock.settle();
    expect(calls).to.equal(2);
    leave();
    leave();
    countUp();
    await clock.settle();
    expect(calls).to.equal(3);
  });

  it('calls the others when one listener throws', async () => {
    const { clock, store, countUp } = createCounter();
    let calls = 0;
    let isThrowing = false;
    const errors: unknown[] = [];
    const { onerror } = window;
    window.onerror = (message) => {
      errors.push(message);
      return true;
    };
    try {
      store.subscribe(() => {
        if (isThrowing) throw new Error('a listener of the page');
      });
      store.subscribe(() => calls++);
      await clock.settle();
      calls = 0;
      isThrowing = true;
      countUp();
      await clock.settle();
      expect([calls, errors.length]).to.deep.equal([1, 1]);
    } finally {
      window.onerror = onerror;
    }
  });

  it('drops its listeners and stops at once when it is closed', async () => {
    const { clock, log, store, countUp } = createCounter();
    let calls = 0;
    store.close();
    expect(log).to.deep.equal([]);
    const leave = store.subscribe(() => calls++);
    await clock.settle();
    calls = 0;
    store.close();
    expect(log).to.deep.equal([START, STOP]);
    leave();
    countUp();
    await clock.advance(5_000);
    expect([calls, log, clock.pending]).to.deep.equal([0, [START, STOP], 0]);
  });

  it('stops once when it is closed within the second after its last listener', async () => {
    const { clock, log, store } = createCounter();
    store.subscribe(() => undefined)();
    store.close();
    await clock.advance(5_000);
    expect(log).to.deep.equal([START, STOP]);
  });
});
