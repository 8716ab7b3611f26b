/** The live connection as the rest of core uses it, what it uses of Supabase's Realtime client, and what lies between. */
import type { Clock } from '../time/clock.ts';
import type { SlotsChange } from '../wire.ts';

export type ChannelStatus =
  /** Joined: messages arrive from now on. Take a snapshot or the missed changes. */
  | 'joined'
  /** The socket or the channel is down; it is being retried. */
  | 'down'
  /** Closed for good by the server (rate limit, expired token) or refused. The owner decides whether to open a new one. */
  | 'closed';

export interface ChannelHandlers {
  status(status: ChannelStatus, error?: unknown): void;
}

export interface SlotsChannelHandlers extends ChannelHandlers {
  change(change: SlotsChange): void;
}

/** That something changed, on a topic of staff or of one appointment. Its content is never in a message: fetch it. */
export interface Signal {
  /** The notification that tells of it; null if none does. */
  readonly notification: number | null;
}

export interface SignalsChannelHandlers extends ChannelHandlers {
  signal(signal: Signal): void;
}

export interface ViewersChannelHandlers extends ChannelHandlers {
  /** How many viewers are tracked, and whether this client is one of them. Called on presence `sync` only. */
  viewers(count: number, tracked: boolean): void;
}

/** Leaves the channel. Safe to call twice and from a handler. */
export type Unsubscribe = () => void;

/**
 * Where changes come from: `broadcast`, one message per change, sent by the database; or `rows`, one per changed row,
 * read from its write-ahead log. A row tells nothing of the change it was part of, so each is passed on as a change
 * whose predecessor is unknown (`after` equals `revision`), which makes the client fetch what it has missed.
 */
export type ChangeSource = 'broadcast' | 'rows';

export interface LiveConnection {
  /** Joins `openslot:provider:<providerId>`, or for rows `openslot:rows:<providerId>`. Handlers are never called before this has returned. */
  slots(providerId: string, handlers: SlotsChannelHandlers, source?: ChangeSource): Unsubscribe;
  /** Joins `openslot:viewers:<providerId>` without tracking. Handlers are never called before this has returned. */
  viewers(providerId: string, handlers: ViewersChannelHandlers): { track(): Promise<void>; leave: Unsubscribe };
  /** Joins a private topic, as the database names it, on which `changed` is told. Handlers as above. */
  signals(topic: string, handlers: SignalsChannelHandlers): Unsubscribe;
  /** Resolves once the socket has answered a heartbeat, rejects after `timeoutMs` and replaces the socket then. */
  prove(timeoutMs: number): Promise<void>;
  /** Leaves what was joined through this object, and the socket with the last one of the backend's. */
  close(): void;
}

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
