import type { BackoffRange } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface RealtimeOptions {
  /** A superuser's connection string; the server must run with `wal_level = logical`. */
  databaseUrl: string;
  /** HS256 secret that every JWT must be signed with. */
  jwtSecret: string;
  /** `sb_publishable_...`: stands for the role `anon`. */
  publishableKey: string;
  /** Legacy anon JWT. Its other claims are those of the two new keys as well. */
  anonKey: string;
  /** `sb_secret_...`: stands for the role `service_role`. */
  secretKey: string;
  limits?: RealtimeLimits;
  timings?: Partial<Timings>;
  clock?: Clock;
  /** What the server draws its waits with: a number of at least 0 and below 1. */
  random?: () => number;
}

/**
 * Quotas of a project; one that is left out is not enforced. Rates are averages of the last minute over the whole server.
 * They count every receiver: one message to 500 subscribers is 501.
 */
export interface RealtimeLimits {
  /**
   * Over it, a message of a client closes the channels that receive it. A broadcast from the database is dropped before
   * anybody receives it, and so are table changes, which are counted apart: no frame says so and no channel is closed.
   */
  messagesPerSecond?: number;
  /** Over it, the channel of the next one who tracks or joins is closed. */
  presencePerSecond?: number;
  /** Over it, a join is refused and its socket closed. */
  joinsPerSecond?: number;
  channelsPerConnection?: number;
  connections?: number;
  /**
   * Connections to the database for permission checks: each private join needs one for a moment. A join that waits too
   * long for one is refused with `IncreaseConnectionPool`.
   */
  authorizationPoolSize?: number;
}

/** How long the server takes or waits, in milliseconds. */
export interface Timings {
  /** Before a refused connection is answered. */
  connectError: number;
  /** Before a refused join is answered; the whole socket waits meanwhile. */
  joinError: number;
  /** Without any frame from the client, until the socket is closed. */
  idle: number;
  /** Window of the limit of presence calls of one channel. */
  presenceWindow: number;
  /** Between two deliveries of table changes. */
  changesPoll: number;
  /** From a token refresh to the renewed subscription to table changes. */
  resubscribe: number;
  /** Between two looks at which tables the publication has. */
  publicationCheck: number;
  /** Between two tries of a join to reach the database. */
  databaseRetry: number;
  /** Until such a join gives up. */
  databaseGiveUp: number;
  /** A permission check waits for a connection of the pool; then it fails. */
  authorizationQueue: number;
  /** Between the tries to receive broadcasts of the database again. What it sends meanwhile is lost. */
  broadcastsReconnect: BackoffRange;
  /** The same for table changes. */
  changesReconnect: BackoffRange;
  /** Life of the credentials that a publishable or secret key stands for. */
  keyLife: number;
}

/** As measured on supabase/realtime 2.129.8; the waits for the database and its pool as in its source. */
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

/** Channel calls of `track` and `untrack` that one client may make within `Timings.presenceWindow`. */
export const PRESENCE_CALLS_PER_WINDOW = 5;

/** Largest broadcast or presence payload, in bytes. */
export const MAX_PAYLOAD_BYTES = 3_000_000;
