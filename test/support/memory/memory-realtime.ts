/**
 * Realtime in memory: one socket per client, private topics of providers, viewers, staff and appointments,
 * presence, and what goes wrong.
 */
import type {
  ChannelHandlers,
  LiveConnection,
  Signal,
  SignalsChannelHandlers,
  SlotsChannelHandlers,
  Unsubscribe,
  ViewersChannelHandlers,
} from '../../../src/core/realtime/types.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { SlotsChange } from '../../../src/core/wire.ts';

/** Joining, answering a heartbeat and delivering take this long at least, so that nothing answers within its own call. */
const TRIP_MS = 5;
const RECONNECT_MS = 1_000;

/** What all clients of a project share. */
export class MemoryRealtime {
  readonly clock: Clock;
  readonly sockets = new Set<MemorySocket>();
  /** Viewers that no client of this project stands for. */
  private readonly strangers = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  broadcast(providerId: string, change: SlotsChange): void {
    for (const socket of this.sockets) socket.deliver(providerId, change);
  }

  /** Sends a signal to a topic. */
  signal(topic: string, signal: Signal): void {
    for (const socket of this.sockets) socket.signal(topic, signal);
  }

  /** Lets `count` other people look at a provider. */
  setStrangers(providerId: string, count: number): void {
    this.strangers.set(providerId, count);
    this.presenceChanged(providerId);
  }

  viewers(providerId: string): number {
    const tracking = [...this.sockets].filter((socket) => socket.tracks(providerId)).length;
    return tracking + (this.strangers.get(providerId) ?? 0);
  }

  presenceChanged(providerId: string): void {
    for (const socket of this.sockets) socket.presence(providerId);
  }
}

type Handlers = SlotsChannelHandlers | SignalsChannelHandlers | ViewersChannelHandlers;

interface Channel {
  /** Of a provider; of signals the topic's name. */
  readonly about: string;
  readonly handlers: Handlers;
  joined: boolean;
  tracked: boolean;
}

/** A row says which revision changed it, and not which one that follows; what changed no slot is no row. */
function rowByRow({ change }: SlotsChannelHandlers): SlotsChannelHandlers['change'] {
  return ({ slots }) => {
    for (const slot of slots) change({ after: slot.revision, revision: slot.revision, slots: [slot], fullDays: [] });
  };
}

export class MemorySocket {
  /** The next messages that this client won't get, though it stays connected. */
  losesMessages = 0;
  /** Joins are refused for good. */
  refuses = false;
  private readonly hub: MemoryRealtime;
  private readonly channels = new Set<Channel>();
  private users = 0;
  private state: 'open' | 'stalled' | 'down' = 'open';

  constructor(hub: MemoryRealtime) {
    this.hub = hub;
  }

  /** The number of open channels. */
  get open(): number {
    return this.channels.size;
  }

  get connected(): boolean {
    return this.hub.sockets.has(this);
  }

  connect(): LiveConnection {
    this.hub.sockets.add(this);
    this.users++;
    const leaves: Unsubscribe[] = [];
    let closed = false;
    const add = (about: string, handlers: Handlers) => {
      const channel = this.add(about, handlers);
      leaves.push(channel.leave);
      return channel;
    };
    return {
      slots: (providerId, handlers, source) =>
        add(providerId, source === 'rows' ? { ...handlers, change: rowByRow(handlers) } : handlers).leave,
      viewers: add,
      signals: (topic, handlers) => add(topic, handlers).leave,
      prove: (timeoutMs) => this.prove(timeoutMs),
      close: () => {
        if (closed) return;
        closed = true;
        for (const leave of leaves) leave();
        if (--this.users === 0) this.hub.sockets.delete(this);
      },
    };
  }

  /** The connection breaks, and comes back after `ms`. */
  drop(ms = RECONNECT_MS): void {
    this.down();
    this.hub.clock.after(ms, () => this.up());
  }

  /** The connection breaks until `up`. */
  down(): void {
    this.state = 'down';
    for (const channel of this.channels) this.left(channel, 'down');
  }

  up(): void {
    this.state = 'open';
    for (const channel of this.channels) this.join(channel);
  }

  /** The connection is dead, and neither side has noticed. */
  stall(): void {
    this.state = 'stalled';
  }

  /** The server closes every channel of this client for good. */
  closeChannels(): void {
    for (const channel of [...this.channels]) this.end(channel);
  }

  deliver(providerId: string, change: SlotsChange): void {
    for (const channel of this.channels) {
      if (!('change' in channel.handlers) || channel.about !== providerId || this.misses(channel)) continue;
      const { handlers } = channel;
      this.later(channel, () => handlers.change(change));
    }
  }

  signal(topic: string, signal: Signal): void {
    for (const channel of this.channels) {
      if (!('signal' in channel.handlers) || channel.about !== topic || this.misses(channel)) continue;
      const { handlers } = channel;
      this.later(channel, () => handlers.signal(signal));
    }
  }

  tracks(providerId: string): boolean {
    return [...this.channels].some((channel) => channel.tracked && channel.about === providerId);
  }

  presence(providerId: string): void {
    for (const channel of this.channels) {
      if (!('viewers' in channel.handlers) || channel.about !== providerId || !channel.joined) continue;
      const { handlers } = channel;
      this.later(channel, () => handlers.viewers(this.hub.viewers(providerId), this.tracks(providerId)));
    }
  }

  /** Whether a message to this channel gets lost. */
  private misses(channel: Channel): boolean {
    if (!channel.joined || this.state !== 'open' || this.losesMessages-- > 0) return true;
    this.losesMessages = 0;
    return false;
  }

  private add(about: string, handlers: Handlers) {
    const channel: Channel = { about, handlers, joined: false, tracked: false };
    this.channels.add(channel);
    this.join(channel);
    return {
      track: () => {
        channel.tracked = channel.joined;
        this.hub.presenceChanged(about);
        return Promise.resolve();
      },
      leave: () => {
        if (!this.channels.delete(channel)) return;
        channel.joined = false;
        if (channel.tracked) this.hub.presenceChanged(about);
      },
    };
  }

  private join(channel: Channel): void {
    if (this.state !== 'open') return;
    this.later(channel, () => {
      if (this.refuses) {
        this.end(channel);
        return;
      }
      channel.joined = true;
      channel.handlers.status('joined');
      if ('viewers' in channel.handlers) this.presence(channel.about);
    });
  }

  private end(channel: Channel): void {
    this.channels.delete(channel);
    this.left(channel, 'closed');
  }

  private left(channel: Channel, status: 'down' | 'closed'): void {
    const { tracked } = channel;
    channel.joined = channel.tracked = false;
    const handlers: ChannelHandlers = channel.handlers;
    handlers.status(status);
    if (tracked) this.hub.presenceChanged(channel.about);
  }

  private prove(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.state === 'open') {
        this.hub.clock.after(TRIP_MS, resolve);
        return;
      }
      this.hub.clock.after(timeoutMs, () => {
        if (this.state === 'stalled') this.drop(0);
        reject(new OpenslotError('network', 'The live connection did not answer.'));
      });
    });
  }

  private later(channel: Channel, run: () => void): void {
    this.hub.clock.after(TRIP_MS, () => {
      if (this.channels.has(channel) && this.state === 'open') run();
    });
  }
}
