import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A state with listeners, such as a calendar, a desk, an inbox or an appointment of core. */
export interface StateSource<State> {
  getState(): State;
  subscribe(listener: () => void): () => void;
}

/** Called after each change of the state. `before` is null for the first state of a source. */
export type OnChange<State> = (state: State, before: State | null) => void;

/** Subscribes an element to a source while the element is connected, and updates the element after every change. */
export class StoreController<State extends object> implements ReactiveController {
  /** The latest state; null without a source, and before the element is connected to one. */
  state: State | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onChange: OnChange<State>;
  #source: StateSource<State> | null = null;
  #unsubscribe: (() => void) | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, onChange: OnChange<State>) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** Subscribes to this source in place of the one before; null leaves that one and forgets its state. */
  follow(source: StateSource<State> | null): void {
    if (source === this.#source) return;
    this.hostDisconnected();
    this.#source = source;
    this.state = null;
    if (this.#host.isConnected) this.hostConnected();
  }

  hostConnected(): void {
    if (!this.#source || this.#unsubscribe) return;
    this.#unsubscribe = this.#source.subscribe(() => this.read());
    this.read();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  /** Takes the source's present state, without waiting until it calls its listeners. */
  read(): void {
    const before = this.state;
    const state = this.#source?.getState() ?? null;
    if (!state || state === before) return;
    this.state = state;
    this.#host.requestUpdate();
    this.#onChange(state, before);
  }
}
