/** Which messages each kind of topic receives, and what they mean. */
import { isPackedChange, unpackChange } from '../runs.ts';
import type { Bind, ChannelLike, Message, Topic } from './types.ts';
import type { PackedChange } from '../wire.ts';

const MINUTE_MS = 60_000;

export const bindBroadcasts: Bind = (channel, topic) => {
  channel.on('broadcast', { event: 'slots' }, ({ payload }) => reportChange(topic, payload));
  channel.on('broadcast', { event: 'changed' }, ({ payload }) => {
    const { notification } = (payload ?? {}) as Message;
    const signal = { notification: typeof notification === 'number' ? notification : null };
    for (const listener of topic.listeners) listener.signal?.(signal);
  });
  return false;
};

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

function reportChange({ listeners }: Topic, message: unknown): void {
  if (!isPackedChange(message)) return;
  const change = unpackChange(message);
  for (const listener of listeners) listener.change?.(change);
}

/** The row as a change of one slot. No row says which days are full: the fetch that follows a row does. */
function changeOfRow(row: Message): PackedChange | null {
  const { start_time: start, end_time: end, held_until: heldUntil, status } = row;
  // The message about a deleted row has only its key. The database deletes only rows of the past, so nothing is lost.
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

export function bindViewers(key: string): Bind {
  return (channel, topic) => {
    channel.on('presence', { event: 'sync' }, () => {
      for (const listener of topic.listeners) listener.viewers?.(...countViewers(channel, key));
    });
    return false;
  };
}

/** How many viewers are tracked, and whether the one with this key is. A key that is there twice counts twice. */
export function countViewers(channel: ChannelLike, key: string): [count: number, tracked: boolean] {
  const state = channel.presenceState();
  return [Object.values(state).flat().length, key in state];
}
