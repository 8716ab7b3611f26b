import type { BackoffRange } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface RealtimeOptions {
  /** A superuser's connection string; the server must run with `wal_level = logical`. */
  databaseUrl: string;
  /** HS256 secret that signs every JWT. */
  jwtSecret: string;
  /** `sb_publishable_...`, with role `anon`. */
  publishableKey: string;
  /** Legacy anon JWT. The tokens for the two new keys take their other claims from it. */
  anonKey: string;
  /** `sb_secret_...`, with role `service_role`. */
  secretKey: string;
  limits?: RealtimeLimits;
  timings?: Partial<Timings>;
  clock?: Clock;
  /** Source of the server's random waits: a number of at least 0 and below 1. */
  random?: () => number;
}

/**
 * Quotas of a project; the server doesn't enforce one that is missing. Rates are averages of the last minute over the whole
 * server. They count every receiver: one message to 500 subscribers counts 501.
 */
export interface RealtimeLimits {
  /**
   * Beyond it, a client's message closes the channels that receive it. A broadcast from the database is dropped before any
   * client receives it, and so are table changes, which are counted separately: the clients get no frame about this, and no
   * channel is closed.
   */
  messagesPerSecond?: number;
  /** Beyond it, the server closes the channel of the next client that tracks or joins. */
  presencePerSecond?: number;
  /** Beyond it, the server refuses joins and closes their sockets. */
  joinsPerSecond?: number;
  channelsPerConnection?: number;
  connections?: number;
  /**
   * Connections to the database for permission checks: each private join needs one for a moment. A join that waits too long
   * for one is refused with `IncreaseConnectionPool`.
   */
  authorizationPoolSize?: number;
}

/** The server's delays and waits, in milliseconds. */
export interface Timings {
  /** Before the answer to a refused connection. */
  connectError: number;
  /** Before the answer to a refused join; the whole socket waits meanwhile. */
  joinError: number;
  /** Time without any frame from the client after which the server closes the socket. */
  idle: number;
  /** Window in which the presence calls of one channel are limited. */
  presenceWindow: number;
  /** Between two deliveries of table changes. */
  changesPoll: number;
  /** From a token refresh to the renewed subscription to table changes. */
  resubscribe: number;
  /** Between two reads of the publication's tables. */
  publicationCheck: number;
  /** Between two tries of a join to reach the database. */
  databaseRetry: number;
  /** Time after which such a join fails. */
  databaseGiveUp: number;
  /** Time that a permission check waits for a connection of the pool before it fails. */
  authorizationQueue: number;
  /** Between the tries to receive broadcasts of the database again. Broadcasts are lost meanwhile. */
  broadcastsReconnect: BackoffRange;
  /** The same for table changes. */
  changesReconnect: BackoffRange;
  /** Life of the token that stands for a publishable or secret key. */
  keyLife: number;
}

/** Measured on supabase/realtime 2.129.8; the waits for the database and its pool are from its source. */
export const realTimings: Timings = {
  connectError: 2_000,
  joinError: 5_000,
  idle: 66_000,
  presenceWindow: 30_000,
  // A wait of 0-500 ms gives the measured delays of table changes: half of them within 280 ms, 90 % within 485 ms.
  changesPoll: 500,
  resubscribe: 2_000,
  publicationCheck: 60_000,
  databaseRetry: 500,
  databaseGiveUp: 11_000,
  authorizationQueue: 10_000,
  broadcastsReconnect: { first: 5_000, longest: 300_000 },
  changesReconnect: { first: 100, longest: 5_000 },
  keyLife: 24 * 3_600_000,
};

/** Number of `track` and `untrack` calls that one channel may make within `Timings.presenceWindow`. */
export const PRESENCE_CALLS_PER_WINDOW = 5;

/** Largest broadcast or presence payload, in bytes. */
export const MAX_PAYLOAD_BYTES = 3_000_000;
