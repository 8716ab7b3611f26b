/** Which messages each kind of topic receives, and what they mean. */
import { isChange } from '../validate.ts';
import { isoInstant } from '../time/iso-instant.ts';
import type { Bind, ChannelLike, Message } from './types.ts';
import type { SlotsChange, SlotStatus } from '../wire.ts';

export const bindBroadcasts: Bind = (channel, topic) => {
  channel.on('broadcast', { event: 'slots' }, ({ payload }) => {
    if (!isChange(payload)) return;
    for (const listener of topic.listeners) listener.change?.(payload);
  });
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
      const change = changeOfRow(message['new'] as Message);
      if (!isChange(change)) return;
      for (const listener of topic.listeners) listener.change?.(change);
    });
    channel.on('system', {}, ({ extension, status, message }) => {
      if (extension === 'postgres_changes') report(status === 'ok' ? 'joined' : 'closed', message);
    });
    return true;
  };
}

function changeOfRow(row: Message): SlotsChange | null {
  // The message about a deleted row has only its key. The database deletes only rows of the past, so nothing is lost.
  if (typeof row['start_time'] !== 'string') return null;
  const revision = Number(row['revision']);
  const heldUntil = row['held_until'] as string | null;
  return {
    after: revision,
    revision,
    slots: [
      {
        id: Number(row['id']),
        start: isoInstant(Date.parse(row['start_time'])),
        end: isoInstant(Date.parse(row['end_time'] as string)),
        status: row['status'] as SlotStatus,
        held_until: heldUntil && isoInstant(Date.parse(heldUntil)),
        revision,
      },
    ],
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
