/** Where an element's data comes from: a client that the page owns, or else a project by its URL and key. */
export interface ClientOwner {
  readonly client: unknown;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
}

/**
 * One client of core per project, or per client that the page owns, for all elements of a page. So elements that show the same
 * share its channels, and a session isn't renewed by two clients at once.
 */
export class ClientCache<Client> {
  /** By the client that the page owns. Those of projects, which have no such owner, are in the cache's own entry. */
  readonly #clients = new WeakMap<object, Map<string, Client>>();

  /**
   * @param make called when there is no such client yet
   * @param token tells several clients of one project apart
   */
  get({ client, supabaseUrl, supabaseKey }: ClientOwner, make: () => Client, token: string | null = null): Client {
    const owner = typeof client === 'object' && client !== null ? client : this;
    const key = JSON.stringify(owner === this ? [token, supabaseUrl, supabaseKey] : [token]);
    const clients = this.#clients.get(owner) ?? new Map<string, Client>();
    const found = clients.get(key) ?? make();
    this.#clients.set(owner, clients.set(key, found));
    return found;
  }
}
