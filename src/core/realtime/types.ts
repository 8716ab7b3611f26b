/** What the live connection uses of Supabase's Realtime client, and what it makes of it. */
import type { ChannelHandlers, ChannelStatus, Signal } from '../calendar/backend.ts';
import type { Clock } from '../time/clock.ts';
import type { SlotsChange } from '../wire.ts';

/** What is used of a `RealtimeClient`. */
export interface RealtimeLike {
  channel(topic: string, params: { config: object }): ChannelLike;
  removeChannel(channel: ChannelLike): Promise<unknown>;
  getChannels(): readonly unknown[];
  connect(): void;
  disconnect(): unknown;
  /** Asks for the token of whoever is signed in. Not there where nobody can be. */
  setAuth?(): Promise<unknown>;
  isConnected(): boolean;
  sendHeartbeat(): unknown;
  onHeartbeat(callback: HeartbeatCallback): void;
  heartbeatCallback?(status: string, latency?: number): void;
  readonly pendingHeartbeatRef: string | null;
}

/** What is used of a `RealtimeChannel`. */
export interface ChannelLike {
  on(type: string, filter: object, callback: (message: Message) => void): unknown;
  subscribe(callback: (status: string, error?: Error) => void): unknown;
  track(payload: Record<string, never>): Promise<string>;
  presenceState(): Record<string, readonly unknown[]>;
}

export type Message = Readonly<Record<string, unknown>>;
type HeartbeatCallback = (status: string, latency?: number) => void;

export interface RealtimeSource {
  /** Makes or fetches the client; asked again after a failure. */
  load(): Promise<RealtimeLike>;
  /** The client is the page's own: its socket isn't ours to close. */
  readonly foreign: boolean;
  /** What the client belongs to, where others may make connections over it, too. */
  readonly client?: object;
  readonly clock: Clock;
}

/** What somebody listens to: `change` to slots, `signal` to other changes, `viewers` to who looks. */
export interface TopicHandlers extends ChannelHandlers {
  change?(change: SlotsChange): void;
  signal?(signal: Signal): void;
  viewers?(count: number, tracked: boolean): void;
}

/** A channel and everybody who listens to it. Once over, another takes its name. */
export interface Topic {
  readonly name: string;
  readonly listeners: Set<TopicHandlers>;
  channel: ChannelLike | null;
  joined: boolean;
  over: boolean;
}

/** Binds what the topic listens to. Returns whether the channel tells by itself when it is ready, instead of by joining. */
export type Bind = (
  channel: ChannelLike,
  topic: Topic,
  tell: (status: ChannelStatus, error?: unknown) => void,
) => boolean;
