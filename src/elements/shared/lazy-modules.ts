import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Classes of custom elements by their tags. */
export type Elements = Readonly<Record<string, CustomElementConstructor>>;

/** Part of an element's script that the browser loads when the element first needs it. */
export interface LazyModule {
  /** The elements that the module renders. */
  readonly elements: Elements;
}

/** Modules by name: the module itself if it comes with the first script, otherwise a function that imports it. */
export type LazyTable<Name extends string, Module> = Readonly<Record<Name, Module | (() => Promise<Module>)>>;

export interface LazyOptions<Module> {
  /** Registers the module's elements. Called once for each module, before `get` returns it. */
  readonly register: (module: Module) => void;
  /** Loads the texts that the module shows. If it rejects, the module counts as not loaded. */
  readonly loadTexts?: (module: Module) => Promise<unknown>;
}

/**
 * Loads modules when the host first renders something of them, and updates the host when they have come or failed.
 * `wanted` below means: the host called `get` for it during its latest update.
 */
export class LazyModules<Name extends string, Module extends LazyModule> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #table: LazyTable<Name, Module>;
  readonly #options: LazyOptions<Module>;
  readonly #loaded = new Map<Name, Module>();
  readonly #loading = new Map<Name, Promise<void>>();
  readonly #wanted = new Set<Name>();
  readonly #failed = new Set<Name>();

  constructor(host: ReactiveControllerHost, table: LazyTable<Name, Module>, options: LazyOptions<Module>) {
    this.#host = host;
    this.#table = table;
    this.#options = options;
    host.addController(this);
  }

  /**
   * Returns the module, or null while it is missing; then it starts to load. Call it while the host renders: what was
   * not called for in the latest update is not wanted any more. A module that failed loads again by `retry` only, or
   * when it is wanted anew.
   */
  get(name: Name): Module | null {
    this.#wanted.add(name);
    if (!this.#failed.has(name)) void this.load(name);
    return this.loaded(name);
  }

  /** Returns the module if it has come. Starts nothing. */
  loaded(name: Name): Module | null {
    return this.#loaded.get(name) ?? null;
  }

  /** The modules that are wanted and that the browser could not load. Complete once the host has rendered. */
  get failed(): readonly Name[] {
    return [...this.#failed].filter((name) => this.#wanted.has(name));
  }

  /** Loads a module before it is wanted. Never rejects: a failure only counts if the module is wanted by then. */
  load(name: Name): Promise<void> {
    let loading = this.#loading.get(name);
    if (!loading) this.#loading.set(name, (loading = this.#load(name)));
    return loading;
  }

  /** Loads what failed once more. Resolves when each module has come or failed again. */
  async retry(): Promise<void> {
    await Promise.all(this.failed.map((name) => this.load(name)));
  }

  hostUpdate(): void {
    this.#wanted.clear();
  }

  hostUpdated(): void {
    for (const name of this.#failed) if (!this.#wanted.has(name)) this.#failed.delete(name);
  }

  async #load(name: Name): Promise<void> {
    try {
      const entry: LazyModule | (() => Promise<Module>) = this.#table[name];
      if (typeof entry !== 'function') {
        this.#add(name, entry as Module);
        return;
      }
      const module = await entry();
      await this.#options.loadTexts?.(module);
      this.#add(name, module);
    } catch {
      this.#loading.delete(name);
      if (this.#wanted.has(name)) this.#failed.add(name);
    }
    this.#host.requestUpdate();
  }

  #add(name: Name, module: Module): void {
    this.#options.register(module);
    this.#loaded.set(name, module);
    this.#failed.delete(name);
  }
}
