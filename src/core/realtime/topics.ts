/** Which messages each kind of topic receives, and what they mean. */
import { isPackedChange, unpackChange } from '../runs.ts';
import type { Bind, ChannelLike, Message, Topic } from './types.ts';

export const bindBroadcasts: Bind = (channel, topic) => {
  channel.on('broadcast', { event: 'slots' }, ({ payload }) => reportChange(topic, payload));
  channel.on('broadcast', { event: 'changed' }, ({ payload }) => {
    const { notification } = (payload ?? {}) as Message;
    const signal = { notification: typeof notification === 'number' ? notification : null };
    for (const listener of topic.listeners) listener.signal?.(signal);
  });
  return false;
};

export function reportChange({ listeners }: Topic, message: unknown): void {
  if (!isPackedChange(message)) return;
  const change = unpackChange(message);
  for (const listener of listeners) listener.change?.(change);
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
