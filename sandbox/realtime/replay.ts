import type { Database } from './database.ts';
import { RawJson } from './frames.ts';
import { isObject } from './json.ts';

/** A broadcast from before the join. */
export interface ReplayedMessage {
  id: string;
  /** Payload of the `broadcast` message. */
  payload: RawJson;
}

/** The join's replay parameters are invalid. */
export class ReplayError extends Error {}

const MAX_REPLAYED = 25;

/**
 * The newest messages that the database sent to a private topic, oldest first.
 * @param replay `{ since: milliseconds since 1970, limit?: up to 25 }`, from the client's join
 * @throws {ReplayError}
 */
export async function findReplay(database: Database, topic: string, replay: unknown): Promise<ReplayedMessage[]> {
  const { since = 0, limit = 10 } = isObject(replay) ? replay : {};
  if (!Number.isInteger(since) || !Number.isInteger(limit)) throw new ReplayError('Replay params are not valid');
  const rows = await database.query<{ id: string; event: string; payload: string }>(
    `select id, event, payload::text as payload
     from realtime.messages
     where topic = $1 and private and extension = 'broadcast' and payload is not null
       and inserted_at >= to_timestamp($2::double precision / 1000) at time zone 'UTC'
     order by inserted_at desc
     limit $3`,
    [topic, since, Math.min(Math.max(limit as number, 1), MAX_REPLAYED)],
  );
  return rows.reverse().map(({ id, event, payload }) => {
    const rest = JSON.stringify({ event, type: 'broadcast', meta: { id, replayed: true } });
    return { id, payload: new RawJson(`{"payload":${payload},${rest.slice(1)}`) };
  });
}
