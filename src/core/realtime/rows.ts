/** Changes of slots as Realtime reads them from the write-ahead log. Few pages want these, so they come in a chunk of their own. */
import type { PackedChange } from '../wire.ts';
import { reportChange } from './topics.ts';
import type { Bind, Message } from './types.ts';

const MINUTE_MS = 60_000;

/** Rows arrive late and one by one, and only once the server has reported that it is ready, some time after the join. */
export function bindRows(providerId: string): Bind {
  return (channel, topic, report) => {
    const filter = {
      event: '*',
      schema: 'openslot',
      table: 'availability_slots',
      filter: `provider_id=eq.${providerId}`,
    };
    channel.on('postgres_changes', filter, (message) => {
      reportChange(topic, changeOfRow(message['new'] as Message));
    });
    channel.on('system', {}, ({ extension, status, message }) => {
      if (extension === 'postgres_changes') report(status === 'ok' ? 'joined' : 'closed', message);
    });
    return true;
  };
}

/** The row as a change of one slot. No row says which days are full: the fetch that follows a row does. */
function changeOfRow(row: Message): PackedChange | null {
  const { start_time: start, end_time: end, held_until: heldUntil, status } = row;
  // The message about a deleted row has only its key. The database deletes only rows of the past and tombstones, so nothing is lost.
  if (typeof start !== 'string' || typeof end !== 'string') return null;
  const revision = Number(row['revision']);
  const from = Date.parse(start) / MINUTE_MS;
  const until = status === 'held' && typeof heldUntil === 'string' ? Math.floor(Date.parse(heldUntil) / 1_000) : 0;
  return {
    after: revision,
    revision,
    slot_minutes: Date.parse(end) / MINUTE_MS - from,
    runs: [status === 'open' ? [from, 1] : [from, 1, until]],
    full_days: [],
  };
}
