/**
 * The realtime connection of a widget that has no client of the page's: Supabase's Phoenix client, which realtime-js
 * is built on, with the little of realtime-js that a widget needs. The only file that imports a package of Supabase's;
 * loaded on demand. It is half of realtime-js's size, and its channels can rejoin with jitter, which realtime-js can't.
 *
 * Does not: send broadcasts, refresh tokens, or speak for anybody but the holder of the public key.
 */
import { Presence, Socket, type Channel, type Message as Frame } from '@supabase/phoenix';
import { backoff, type Clock } from './clock.ts';
import type { ChannelLike, Message, RealtimeLike } from './realtime-connection.ts';

/** The client finds a dead socket one interval late. */
const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 5_000;
const REJOIN_MS = 4_000;
const LONGEST_WAIT_MS = 30_000;

const UTF8 = new TextDecoder();

interface ChannelConfig {
  readonly private: boolean;
  readonly presence?: { readonly key: string };
}

/** @param url of the project, `https://<ref>.supabase.co` */
export function openSupabaseSocket(url: string, key: string, clock: Clock): RealtimeLike {
  const socket = new Socket(`${url.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: key },
    heartbeatIntervalMs: HEARTBEAT_MS,
    reconnectAfterMs: (tries) => backoff(clock, tries - 1, RECONNECT_MS, LONGEST_WAIT_MS),
    rejoinAfterMs: (tries) => backoff(clock, tries - 1, REJOIN_MS, LONGEST_WAIT_MS),
    encode: ({ join_ref, ref, topic, event, payload }, send) =>
      send(JSON.stringify([join_ref, ref, topic, event, payload])),
    decode: (frame, receive) => receive(decode(frame)),
  });
  // Phoenix goes on with a reconnection that was under way when it was told to disconnect.
  let wanted = false;
  const giveUp = () => {
    if (!wanted) socket.disconnect();
  };
  socket.onOpen(giveUp);
  socket.onClose(giveUp);
  return {
    channel: (topic, { config }) => new TopicChannel(socket, topic, config as ChannelConfig),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it made all of them
    removeChannel: (channel) => (channel as TopicChannel).leave(),
    getChannels: () => socket.channels,
    connect() {
      wanted = true;
      socket.connect();
    },
    disconnect() {
      wanted = false;
      return new Promise<void>((resolve) => socket.disconnect(resolve));
    },
    isConnected: () => socket.isConnected(),
    sendHeartbeat: () => socket.sendHeartbeat(),
    onHeartbeat: (callback) => socket.onHeartbeat(callback),
    get pendingHeartbeatRef() {
      return socket.pendingHeartbeatRef;
    },
  };
}

class TopicChannel implements ChannelLike {
  readonly #channel: Channel;
  readonly #tables: object[] = [];
  #presence: Presence | null = null;

  constructor(socket: Socket, topic: string, config: ChannelConfig) {
    // Asked for at each join, so that what is bound after the construction is part of it.
    this.#channel = socket.channel(`realtime:${topic}`, () => ({
      config: {
        broadcast: { ack: false, self: false },
        presence: { key: config.presence?.key ?? '', enabled: this.#presence !== null },
        postgres_changes: this.#tables,
        private: config.private,
      },
    }));
  }

  on(type: string, filter: object, callback: (message: Message) => void): void {
    const channel = this.#channel;
    if (type === 'presence') {
      this.#presence = new Presence(channel);
      this.#presence.onSync(() => callback({}));
    } else if (type === 'postgres_changes') {
      this.#tables.push(filter);
      channel.on(type, (message) => callback({ new: (message as { data: Message }).data['record'] ?? {} }));
    } else {
      const { event } = filter as { event?: string };
      channel.on(type, (payload) => {
        const message = payload as Message;
        if (event === undefined || message['event'] === event) callback(message);
      });
    }
  }

  subscribe(callback: (status: string, error?: Error) => void): void {
    const failed = (reason: unknown) => callback('CHANNEL_ERROR', new Error('The channel failed.', { cause: reason }));
    this.#channel.onClose(() => callback('CLOSED'));
    this.#channel.onError(failed);
    this.#channel
      .join()
      .receive('ok', () => callback('SUBSCRIBED'))
      .receive('error', failed)
      .receive('timeout', () => callback('TIMED_OUT'));
  }

  track(payload: Record<string, never>): Promise<string> {
    return this.#ask((answered) => {
      const push = this.#channel.push('presence', { type: 'presence', event: 'track', payload });
      for (const status of ['ok', 'error', 'timeout']) push.receive(status, () => answered(status));
    });
  }

  presenceState(): Record<string, readonly unknown[]> {
    const present = Object.entries(this.#presence?.state ?? {}) as [string, { metas: readonly unknown[] }][];
    return Object.fromEntries(present.map(([key, { metas }]) => [key, metas]));
  }

  async leave(): Promise<string> {
    const status = await this.#ask((answered) => {
      const push = this.#channel.leave();
      for (const outcome of ['ok', 'timeout']) push.receive(outcome, () => answered(outcome));
    });
    this.#channel.teardown();
    return status;
  }

  #ask(send: (answered: (status: string) => void) => void): Promise<string> {
    return new Promise(send);
  }
}

/** A frame of protocol 2.0.0: JSON text, or a broadcast in binary form. */
function decode(frame: unknown): Frame<unknown> {
  if (!(frame instanceof ArrayBuffer)) {
    const [join_ref, ref, topic, event, payload] = JSON.parse(String(frame)) as [
      string | null,
      string | null,
      string,
      string,
      unknown,
    ];
    return { join_ref, ref, topic, event, payload };
  }
  // 4, the lengths of topic, event and metadata, the encoding (1 is JSON); then these three and the payload.
  const bytes = new Uint8Array(frame);
  const [kind, ofTopic = 0, ofEvent = 0, ofMeta = 0, encoding] = bytes;
  if (kind !== 4 || encoding !== 1) return { topic: '', event: '', payload: {} };
  const text = (from: number, to?: number) => UTF8.decode(bytes.subarray(from, to));
  const topicEnd = 5 + ofTopic;
  const eventEnd = topicEnd + ofEvent;
  return {
    join_ref: null,
    ref: null,
    topic: text(5, topicEnd),
    event: 'broadcast',
    payload: {
      type: 'broadcast',
      event: text(topicEnd, eventEnd),
      payload: JSON.parse(text(eventEnd + ofMeta)) as unknown,
    },
  };
}
