/**
 * The live connection over Supabase's Realtime client: one socket, and one channel per topic for all its listeners. It turns
 * what the client reports into three plain states. It doesn't reopen a closed channel; listeners decide about that.
 */
import type {
  ChannelStatus,
  LiveConnection,
  Unsubscribe,
  Bind,
  RealtimeLike,
  RealtimeSource,
  Topic,
  TopicHandlers,
} from './types.ts';
import { OpenslotError } from '../errors.ts';
import { pageSingleton } from '../sync/page-singleton.ts';
import { bindBroadcasts, bindViewers, countViewers } from './topics.ts';

// A calendar that counts viewers has a connection, so both come in one chunk.
export { watchViewers } from './viewers.ts';

/** Supabase's client takes up to 3 s to give up a dead socket. */
const GIVING_UP_MS = 4_000;

type LoadBind = () => Bind | Promise<Bind>;

const shared = pageSingleton('connections', () => new WeakMap<object, RealtimeConnections>());

/**
 * The connections over a source. All users of one client share them: the client would give each the same channel of a topic,
 * and a channel can't be joined twice.
 */
export function connectionsOver(source: RealtimeSource): RealtimeConnections {
  const { client } = source;
  const made = (client && shared.get(client)) ?? new RealtimeConnections(source);
  if (client) shared.set(client, made);
  return made;
}

export class RealtimeConnections {
  readonly #source: RealtimeSource;
  readonly #topics = new Map<string, Topic>();
  /** Channels that are being left. Until that is done, the client returns the old channel for a topic. */
  readonly #leaving = new Map<string, Promise<unknown>>();
  readonly #onBeat = new Set<(status: string) => void>();
  readonly #presenceKey = crypto.randomUUID();
  /** The server closed every channel. The credentials that the socket was opened with may have expired. */
  #isSpent = false;
  /** Supabase's client is reporting to all channels that its socket died. */
  #socketDied = false;
  #loading: Promise<RealtimeLike> | null = null;
  #users = 0;

  constructor(source: RealtimeSource) {
    this.#source = source;
  }

  connect(): LiveConnection {
    this.#users++;
    // Connect before the first channel is opened, so that the socket is open by then.
    this.#load().then(
      (realtime) => this.#users > 0 && realtime.connect(),
      () => undefined,
    );
    const leaves = new Set<Unsubscribe>();
    let closed = false;
    const listen = (name: string, handlers: TopicHandlers, loadBind: LoadBind): Unsubscribe => {
      const leave = this.#listen(name, handlers, loadBind);
      leaves.add(leave);
      return () => {
        leaves.delete(leave);
        leave();
      };
    };
    return {
      slots: (providerId, handlers, source) =>
        source === 'rows'
          ? listen(`openslot:rows:${providerId}`, handlers, async () =>
              (await import('./rows.ts')).bindRows(providerId),
            )
          : listen(`openslot:provider:${providerId}`, handlers, () => bindBroadcasts),
      signals: (topic, handlers) => listen(topic, handlers, () => bindBroadcasts),
      viewers: (providerId, handlers) => {
        const name = `openslot:viewers:${providerId}`;
        return { leave: listen(name, handlers, () => bindViewers(this.#presenceKey)), track: () => this.#track(name) };
      },
      prove: (timeoutMs) => this.#prove(timeoutMs),
      close: () => {
        if (closed) return;
        closed = true;
        for (const leave of leaves) leave();
        if (--this.#users === 0) void this.#disconnect();
      },
    };
  }

  async #load(): Promise<RealtimeLike> {
    this.#loading ??= this.#source.load().then((realtime) => {
      // The page may have set a callback for its own client's heartbeats.
      const former = realtime.heartbeatCallback;
      realtime.onHeartbeat((status, latency) => {
        former?.(status, latency);
        for (const listener of this.#onBeat) listener(status);
        if (status === 'timeout') this.#reportDeath();
      });
      return realtime;
    });
    try {
      return await this.#loading;
    } catch (error) {
      this.#loading = null;
      throw error;
    }
  }

  #listen(name: string, handlers: TopicHandlers, loadBind: LoadBind): Unsubscribe {
    let topic = this.#topics.get(name);
    if (!topic) {
      topic = { name, listeners: new Set(), channel: null, joined: false, over: false };
      this.#topics.set(name, topic);
      void this.#open(topic, loadBind);
    }
    const joining = topic;
    joining.listeners.add(handlers);
    if (joining.joined) queueMicrotask(() => this.#reportTo(joining, handlers));
    return () => {
      if (joining.listeners.delete(handlers) && joining.listeners.size === 0) this.#end(joining);
    };
  }

  /** Reports to a new listener of a joined channel what the others have received. */
  #reportTo(topic: Topic, handlers: TopicHandlers): void {
    if (!topic.joined || !topic.listeners.has(handlers)) return;
    handlers.status('joined');
    if (handlers.viewers && topic.channel) handlers.viewers(...countViewers(topic.channel, this.#presenceKey));
  }

  async #open(topic: Topic, loadBind: LoadBind): Promise<void> {
    try {
      const [realtime, bind] = await Promise.all([this.#load(), loadBind()]);
      await this.#leaving.get(topic.name);
      await this.#renew(realtime);
      // The server refuses a channel that joins before the client has its token.
      await realtime.setAuth?.();
      if (topic.over) return;
      const viewers = topic.name.startsWith('openslot:viewers:');
      const channel = realtime.channel(topic.name, {
        config: { private: true, ...(viewers && { presence: { key: this.#presenceKey } }) },
      });
      topic.channel = channel;
      const status = (status: ChannelStatus, error?: unknown) => this.#status(topic, status, error);
      const reportsWhenReady = bind(channel, topic, status);
      channel.subscribe((reported, error) => {
        if (reported === 'SUBSCRIBED') {
          if (!reportsWhenReady) status('joined');
        } else if (reported === 'CHANNEL_ERROR' && (this.#socketDied || !realtime.isConnected())) {
          status('down', error);
        } else {
          // The server closed or crashed this channel, or refused the join. The client would never rejoin it, or rejoin it at
          // the same time as all other clients do, and each refusal stalls the socket. A new channel has to take its place.
          status('closed', error);
        }
      });
    } catch (error) {
      this.#status(topic, 'closed', error);
    }
  }

  /** The client reports an error to all channels within the call in which it reports an unanswered heartbeat. */
  #reportDeath(): void {
    this.#socketDied = true;
    queueMicrotask(() => (this.#socketDied = false));
  }

  /** Opens a new socket in place of one on which every channel was closed, unless the page uses that socket. */
  async #renew(realtime: RealtimeLike): Promise<void> {
    if (!this.#isSpent) return;
    this.#isSpent = false;
    if (this.#source.foreign && realtime.getChannels().length > 0) return;
    await realtime.disconnect();
    if (this.#users > 0) realtime.connect();
  }

  #status(topic: Topic, status: ChannelStatus, error?: unknown): void {
    if (topic.over) return;
    topic.joined = status === 'joined';
    // End the topic before its listeners are called: then there is nothing left to do when they leave it.
    const listeners = [...topic.listeners];
    if (status === 'closed') {
      this.#end(topic);
      this.#isSpent ||= ![...this.#topics.values()].some(({ joined }) => joined);
    }
    for (const listener of listeners) listener.status(status, error);
  }

  #end(topic: Topic): void {
    if (topic.over) return;
    // Set first: `removeChannel` reports CLOSED within the call.
    topic.over = true;
    topic.joined = false;
    topic.listeners.clear();
    this.#topics.delete(topic.name);
    if (!topic.channel) return;
    const { channel } = topic;
    const left = this.#load()
      .then((realtime) => realtime.removeChannel(channel))
      .catch(() => undefined)
      .then(() => {
        if (this.#leaving.get(topic.name) === left) this.#leaving.delete(topic.name);
      });
    this.#leaving.set(topic.name, left);
  }

  async #track(name: string): Promise<void> {
    const answer = await this.#topics.get(name)?.channel?.track({});
    if (answer !== 'ok') throw new OpenslotError('realtime_refused', undefined, { detail: { answer } });
  }

  async #prove(timeoutMs: number): Promise<void> {
    const realtime = await this.#load();
    const connected = realtime.isConnected();
    const answered = await new Promise<boolean>((resolve) => {
      const onBeat = (status: string) => {
        if (status === 'ok') done();
      };
      const done = () => {
        cancel();
        this.#onBeat.delete(onBeat);
        resolve(connected || realtime.isConnected());
      };
      const cancel = this.#source.clock.after(timeoutMs, () => {
        this.#onBeat.delete(onBeat);
        resolve(!connected && realtime.isConnected());
      });
      this.#onBeat.add(onBeat);
      if (!connected) realtime.connect();
      else if (realtime.pendingHeartbeatRef === null) realtime.sendHeartbeat();
    });
    if (answered) return;
    await this.#replace(realtime, connected);
    throw new OpenslotError('network', 'The live connection did not answer.');
  }

  async #replace(realtime: RealtimeLike, wasConnected: boolean): Promise<void> {
    if (wasConnected && realtime.isConnected() && realtime.pendingHeartbeatRef !== null) {
      // When a heartbeat is unanswered, sending another one makes the client give the socket up: it reports an error to all
      // channels, reconnects and rejoins them. If we closed the socket here, channels would stay "joined" without messages.
      realtime.sendHeartbeat();
    } else if (!realtime.isConnected() && !this.#source.foreign) {
      await realtime.disconnect();
      // Unless the last user left while the heartbeat was awaited.
      if (this.#users > 0) realtime.connect();
    }
  }

  async #disconnect(): Promise<void> {
    const realtime = await this.#loading?.catch(() => null);
    await Promise.all(this.#leaving.values());
    if (!realtime || this.#source.foreign) return;
    const disconnect = () => {
      if (this.#users === 0 && realtime.getChannels().length === 0) void realtime.disconnect();
    };
    disconnect();
    // The client ignores the call while it gives up a dead socket, and reconnects afterwards. So call again after that.
    this.#source.clock.after(GIVING_UP_MS, disconnect);
  }
}
