import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Classes of custom elements by their tags. */
export type Elements = Readonly<Record<string, CustomElementConstructor>>;

/** Part of an element's script that the browser loads when the element first needs it. */
export interface LazyModule {
  /** The elements that the module renders. They are registered before `get` returns the module. */
  readonly elements: Elements;
}

/** Each module by its name: the module itself if it comes with the first script, otherwise a function that imports it. */
export type LazyTable = Readonly<Record<string, LazyModule | (() => Promise<LazyModule>)>>;

type ModuleOf<Entry> = Entry extends () => Promise<infer Module> ? Module : Entry;

export interface LazyOptions<Name> {
  /** Registers elements. May be called again with elements that are registered already. */
  readonly register: (elements: Elements) => void;
  /** Loads the texts that the module shows. If it rejects, the module counts as not loaded. */
  readonly loadTexts?: (name: Name) => Promise<unknown>;
}

/**
 * Loads modules when the host first renders something of them, and updates the host when they have come or failed.
 * `wanted` below means: the host called `get` for it during its latest update.
 */
export class LazyModules<
  Table extends LazyTable,
  Name extends keyof Table & string = keyof Table & string,
> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #table: Table;
  readonly #options: LazyOptions<Name>;
  readonly #loaded = new Map<Name, LazyModule>();
  readonly #loading = new Map<Name, Promise<void>>();
  readonly #wanted = new Set<Name>();
  readonly #failed = new Set<Name>();

  constructor(host: ReactiveControllerHost, table: Table, options: LazyOptions<Name>) {
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
  get<Key extends Name>(name: Key): ModuleOf<Table[Key]> | null {
    this.#wanted.add(name);
    const module = this.loaded(name);
    if (!module && !this.#failed.has(name)) void this.load(name);
    return module;
  }

  /** Returns the module if it has come. Starts nothing. */
  loaded<Key extends Name>(name: Key): ModuleOf<Table[Key]> | null {
    const entry = this.#table[name];
    if (entry && typeof entry !== 'function' && !this.#loaded.has(name)) this.#add(name, entry);
    return (this.#loaded.get(name) as ModuleOf<Table[Key]> | undefined) ?? null;
  }

  /** The modules that are wanted and that the browser could not load. Complete once the host has rendered. */
  get failed(): readonly Name[] {
    return [...this.#failed].filter((name) => this.#wanted.has(name));
  }

  /** Loads a module before it is wanted. Never rejects: a failure only counts if the module is wanted by then. */
  load(name: Name): Promise<void> {
    if (this.loaded(name)) return Promise.resolve();
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
    const load = this.#table[name] as () => Promise<LazyModule>;
    try {
      const [module] = await Promise.all([load(), this.#options.loadTexts?.(name)]);
      this.#add(name, module);
    } catch {
      if (this.#wanted.has(name)) this.#failed.add(name);
    }
    this.#loading.delete(name);
    this.#host.requestUpdate();
  }

  #add(name: Name, module: LazyModule): void {
    this.#options.register(module.elements);
    this.#loaded.set(name, module);
    this.#failed.delete(name);
  }
}
