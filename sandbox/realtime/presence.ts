import { randomBytes } from 'node:crypto';
import type { JsonObject } from './json.ts';

/** The payload that one client tracks under its key, plus the references by which the client library distinguishes versions. */
export type Meta = JsonObject & { phx_ref: string; phx_ref_prev?: string };

/** The tracked clients: presence key to the metas of all clients that use it. */
export type PresenceList = Record<string, { metas: Meta[] }>;

export interface PresenceDiff {
  joins: PresenceList;
  leaves: PresenceList;
}

/** Presence of one topic. A `Tracker` represents one client on it. */
export class Presence<Tracker> {
  #byKey = new Map<string, Map<Tracker, Meta>>();

  /** Tracks a payload for the first time or replaces it. The diff of a replacement has both, and the new one names the old. */
  track(tracker: Tracker, key: string, payload: JsonObject): PresenceDiff {
    const metas = this.#byKey.get(key) ?? new Map<Tracker, Meta>();
    this.#byKey.set(key, metas);
    const former = metas.get(tracker);
    const phx_ref = randomBytes(12).toString('base64url');
    const meta: Meta = { phx_ref, ...(former && { phx_ref_prev: former.phx_ref }), ...payload };
    metas.set(tracker, meta);
    return { joins: listOf(key, meta), leaves: former ? listOf(key, former) : {} };
  }

  /** @returns `null` when the tracker has tracked nothing */
  untrack(tracker: Tracker, key: string): PresenceDiff | null {
    const metas = this.#byKey.get(key);
    const meta = metas?.get(tracker);
    if (!metas || !meta) return null;
    metas.delete(tracker);
    if (metas.size === 0) this.#byKey.delete(key);
    return { joins: {}, leaves: listOf(key, meta) };
  }

  list(): PresenceList {
    return Object.fromEntries([...this.#byKey].map(([key, metas]) => [key, { metas: [...metas.values()] }]));
  }
}

function listOf(key: string, meta: Meta): PresenceList {
  return { [key]: { metas: [meta] } };
}
