import pg from 'pg';
import { PoolExhausted } from './authorization-pool.ts';
import { DatabaseUnavailable } from './database.ts';
import type { Services } from './services.ts';
import type { Claims } from './tokens.ts';

export type Extension = 'broadcast' | 'presence';

/** Whether a permission check got no result: the database is away, or all its connections are in use. */
export function isCheckUnanswered(error: unknown): error is DatabaseUnavailable | PoolExhausted {
  return error instanceof DatabaseUnavailable || error instanceof PoolExhausted;
}

/**
 * The permissions of one bearer on one private topic, by the policies on `realtime.messages`. They are read once per channel
 * and token, the write permissions when the client first writes. A later change of a policy has no effect, as in hosted
 * projects.
 */
export class Permissions {
  #services: Services;
  #topic: string;
  #claims: Claims;
  #readable = new Map<Extension, boolean>();
  #writable = new Map<Extension, boolean>();

  /** @param topic without the prefix `realtime:` */
  constructor(services: Services, topic: string, claims: Claims) {
    this.#services = services;
    this.#topic = topic;
    this.#claims = claims;
  }

  /** `false` until the permission was loaded. */
  canRead(extension: Extension): boolean {
    return this.#readable.get(extension) ?? false;
  }

  /** @throws {DatabaseUnavailable | PoolExhausted} */
  async loadReads(extensions: Extension[]): Promise<void> {
    const missing = extensions.filter((extension) => !this.#readable.has(extension));
    if (missing.length === 0) return;
    const readable = await this.#check<Extension[]>(
      'select _realtime.readable_extensions($1, $2, $3) as answer',
      [this.#topic, missing, this.#claims],
      [],
    );
    for (const extension of missing) this.#readable.set(extension, readable.includes(extension));
  }

  /** @throws {DatabaseUnavailable | PoolExhausted} */
  async canWrite(extension: Extension): Promise<boolean> {
    let writable = this.#writable.get(extension);
    if (writable === undefined) {
      const values = [this.#topic, extension, this.#claims];
      writable = await this.#check<boolean>('select _realtime.is_writable($1, $2, $3) as answer', values, false);
      this.#writable.set(extension, writable);
    }
    return writable;
  }

  /** Returns `onError` if a policy fails or the role does not exist: nothing is allowed then. */
  async #check<Answer>(sql: string, values: unknown[], onError: Answer): Promise<Answer> {
    const { database, authorizationPool } = this.#services;
    try {
      const [row] = await authorizationPool.run(() => database.query<{ answer: Answer }>(sql, values));
      return row?.answer ?? onError;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return onError;
      throw error;
    }
  }
}
