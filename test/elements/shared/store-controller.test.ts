import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { StoreController } from '../../../src/elements/shared/store-controller.ts';

interface Count {
  readonly count: number;
}

/** A source whose changes the test makes, and which counts its listeners. */
class Counter {
  readonly listeners = new Set<() => void>();
  private state: Count = { count: 0 };

  getState(): Count {
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  countUp(): void {
    this.state = { count: this.state.count + 1 };
    this.notify();
  }

  notify(): void {
    for (const listener of this.listeners) listener();
  }
}

class CountingElement extends LitElement {
  readonly changes: (readonly [now: number, before: number | null])[] = [];
  readonly store = new StoreController<Count>(this, ({ count }, before) =>
    this.changes.push([count, before?.count ?? null]),
  );
  updates = 0;

  protected override updated(): void {
    this.updates++;
  }
}
customElements.define('test-counting', CountingElement);

function create(): CountingElement {
  return new CountingElement();
}

describe('a store controller', () => {
  let host: CountingElement;
  let counter: Counter;

  beforeEach(() => {
    host = create();
    counter = new Counter();
  });
  afterEach(() => host.remove());

  it('has the state of its source once the host is connected, and updates the host after each change', async () => {
    host.store.follow(counter);
    expect([host.store.state, counter.listeners.size]).to.deep.equal([null, 0]);
    document.body.append(host);
    expect([host.store.state, counter.listeners.size]).to.deep.equal([{ count: 0 }, 1]);
    await host.updateComplete;
    const { updates } = host;
    counter.countUp();
    expect(host.store.state).to.deep.equal({ count: 1 });
    await host.updateComplete;
    expect(host.updates).to.equal(updates + 1);
    expect(host.changes).to.deep.equal([
      [0, null],
      [1, 0],
    ]);
  });

  it('does nothing when the source calls without a change', async () => {
    document.body.append(host);
    host.store.follow(counter);
    await host.updateComplete;
    const { updates } = host;
    counter.notify();
    await host.updateComplete;
    expect([host.updates, host.changes.length]).to.deep.equal([updates, 1]);
  });

  it('leaves the source while the host is away, keeps the state, and takes a newer one when it is back', () => {
    document.body.append(host);
    host.store.follow(counter);
    host.remove();
    expect(counter.listeners.size).to.equal(0);
    counter.countUp();
    expect(host.store.state).to.deep.equal({ count: 0 });
    document.body.append(host);
    expect([host.store.state, counter.listeners.size]).to.deep.equal([{ count: 1 }, 1]);
    expect(host.changes.at(-1)).to.deep.equal([1, 0]);
  });

  it('forgets the state of a source that it leaves for another one', () => {
    document.body.append(host);
    host.store.follow(counter);
    counter.countUp();
    const another = new Counter();
    host.store.follow(another);
    expect([counter.listeners.size, another.listeners.size]).to.deep.equal([0, 1]);
    expect(host.changes.at(-1)).to.deep.equal([0, null]);
    host.store.follow(null);
    expect([another.listeners.size, host.store.state]).to.deep.equal([0, null]);
  });

  it('subscribes once to a source that it follows already', () => {
    document.body.append(host);
    host.store.follow(counter);
    host.store.follow(counter);
    expect([counter.listeners.size, host.changes.length]).to.deep.equal([1, 1]);
  });

  it('reads the state at once when it is asked to', () => {
    const silent = { getState: () => counter.getState(), subscribe: () => () => undefined };
    document.body.append(host);
    host.store.follow(silent);
    counter.countUp();
    expect(host.store.state).to.deep.equal({ count: 0 });
    host.store.read();
    expect(host.store.state).to.deep.equal({ count: 1 });
  });
});
