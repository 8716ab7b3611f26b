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
  readonly #ofProjects = new Map<string, Client>();
  readonly #ofClients = new WeakMap<object, Map<string, Client>>();

  /**
   * @param make called when there is no such client yet
   * @param token tells several clients of one project apart
   */
  get({ client, supabaseUrl, supabaseKey }: ClientOwner, make: () => Client, token: string | null = null): Client {
    const isOwned = typeof client === 'object' && client !== null;
    const clients = isOwned ? (this.#ofClients.get(client) ?? new Map<string, Client>()) : this.#ofProjects;
    if (isOwned) this.#ofClients.set(client, clients);
    const key = JSON.stringify(isOwned ? [token] : [token, supabaseUrl, supabaseKey]);
    const found = clients.get(key) ?? make();
    clients.set(key, found);
    return found;
  }
}
