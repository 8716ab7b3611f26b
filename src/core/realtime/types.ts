/** The live connection as the rest of core uses it, what it uses of Supabase's Realtime client, and what lies between. */
import type { Clock } from '../time/clock.ts';
import type { SlotsChange } from '../wire.ts';

export type ChannelStatus =
  /** Messages arrive from now on. What changed before must be fetched. */
  | 'joined'
  /** The socket or the channel is down; Supabase's client is reconnecting. */
  | 'down'
  /** The server closed the channel (rate limit, expired token) or refused to open it. The caller may open a new one. */
  | 'closed';

export interface ChannelHandlers {
  status(status: ChannelStatus, error?: unknown): void;
}

export interface SlotsChannelHandlers extends ChannelHandlers {
  change(change: SlotsChange): void;
}

/** Says that something changed, on a topic of staff or of one appointment. The change itself must be fetched. */
export interface Signal {
  /** Id of the notification about the change; null if there is none. */
  readonly notification: number | null;
}

export interface SignalsChannelHandlers extends ChannelHandlers {
  signal(signal: Signal): void;
}

export interface ViewersChannelHandlers extends ChannelHandlers {
  /** How many viewers are tracked, and whether this client is one of them. Called on presence `sync` only. */
  viewers(count: number, tracked: boolean): void;
}

/** Leaves the channel. It may be called twice, and from a handler. */
export type Unsubscribe = () => void;

/**
 * Where changes come from: `broadcast`, one message per change, which the database sends; or `rows`, one message per changed
 * row, which Realtime reads from the write-ahead log. A row doesn't say which change it was part of. So each row becomes a
 * change whose predecessor is unknown (`after` equals `revision`), for which the calendar fetches what it has missed.
 */
export type ChangeSource = 'broadcast' | 'rows';

export interface LiveConnection {
  /** Joins `openslot:provider:<providerId>`, or for rows `openslot:rows:<providerId>`. Calls no handler before it has returned. */
  slots(providerId: string, handlers: SlotsChannelHandlers, source?: ChangeSource): Unsubscribe;
  /** Joins `openslot:viewers:<providerId>`; `track` makes this client count. Calls no handler before it has returned. */
  viewers(providerId: string, handlers: ViewersChannelHandlers): { track(): Promise<void>; leave: Unsubscribe };
  /** Joins a private topic, named by the database, that receives `changed` events. Calls no handler before it has returned. */
  signals(topic: string, handlers: SignalsChannelHandlers): Unsubscribe;
  /** Resolves once the socket has answered a heartbeat, rejects after `timeoutMs` and replaces the socket then. */
  prove(timeoutMs: number): Promise<void>;
  /** Leaves all topics that were joined through this object. The socket closes with the backend's last live connection. */
  close(): void;
}

/** What is used of a `RealtimeClient`. */
export interface RealtimeLike {
  channel(topic: string, params: { config: object }): ChannelLike;
  removeChannel(channel: ChannelLike): Promise<unknown>;
  getChannels(): readonly unknown[];
  connect(): void;
  disconnect(): unknown;
  /** Takes the token of the member who is signed in. Missing where members can't sign in. */
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
  /** Makes or loads the client. Called again after a failure. */
  load(): Promise<RealtimeLike>;
  /** The page owns the client, so its socket must not be closed from here. */
  readonly foreign: boolean;
  /** Identity by which all connections over one client are shared. */
  readonly client?: object;
  readonly clock: Clock;
}

/** Handlers of one listener: `change` for changed slots, `signal` for other changes, `viewers` for the number of viewers. */
export interface TopicHandlers extends ChannelHandlers {
  change?(change: SlotsChange): void;
  signal?(signal: Signal): void;
  viewers?(count: number, tracked: boolean): void;
}

/** A channel and its listeners. Once it is over, a new one of the same name takes its place. */
export interface Topic {
  readonly name: string;
  readonly listeners: Set<TopicHandlers>;
  channel: ChannelLike | null;
  joined: boolean;
  over: boolean;
}

/** Binds a topic's handlers to its channel. Returns true if `report` says when the channel is ready, which it isn't once joined. */
export type Bind = (
  channel: ChannelLike,
  topic: Topic,
  report: (status: ChannelStatus, error?: unknown) => void,
) => boolean;
