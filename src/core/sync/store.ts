import type { Cancel, Clock } from '../time/clock.ts';

/** An element that is moved within its page leaves and comes back at once. */
const GRACE_MS = 1_000;

export interface StoreOptions<State> {
  readonly clock: Clock;
  /** Puts the state together. Called once after each change, when the state is read. */
  compose(): State;
  /** The first listener has come. */
  start(): void;
  /** The last listener left a second ago, or the store was closed. */
  stop(): void;
}

/**
 * One frozen state with listeners. What keeps the state current runs only while there are listeners. Calendar, desk,
 * inbox and appointment are built on it.
 */
export class Store<State extends object> {
  readonly #options: StoreOptions<State>;
  readonly #listeners = new Set<() => void>();
  #state: State | null = null;
  #isRunning = false;
  #isNotifying = false;
  #stopping: Cancel | null = null;

  constructor(options: StoreOptions<State>) {
    this.#options = options;
  }

  /** True from `start` until `stop`. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The same object until something changes. */
  getState(): State {
    this.#state ??= Object.freeze(this.#options.compose());
    return this.#state;
  }

  /** Calls back after every change, never within this call. */
  subscribe(listener: () => void): () => void {
    // Wrapped, so that one function can subscribe twice, and isn't called any more once it has left.
    const own = () => {
      if (this.#listeners.has(own)) listener();
    };
    this.#listeners.add(own);
    this.#stopping?.();
    this.#stopping = null;
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#options.start();
      this.changed();
    }
    return () => {
      if (!this.#listeners.delete(own) || this.#listeners.size > 0) return;
      this.#stopping = this.#options.clock.after(GRACE_MS, () => this.#stop());
    };
  }

  /** The state is another one from now on. Listeners are called once for all changes of one moment. */
  changed(): void {
    this.#state = null;
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    // After all that belongs together has changed, so that no listener sees half of it.
    queueMicrotask(() => {
      this.#isNotifying = false;
      // Each in a microtask of its own, so that one that throws doesn't keep the others waiting.
      for (const listener of this.#listeners) queueMicrotask(listener);
    });
  }

  /** Drops all listeners and stops at once. */
  close(): void {
    this.#listeners.clear();
    this.#stopping?.();
    if (this.#isRunning) this.#stop();
  }

  #stop(): void {
    this.#stopping = null;
    this.#isRunning = false;
    this.#options.stop();
    this.changed();
  }
}
