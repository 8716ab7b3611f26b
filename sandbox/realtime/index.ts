import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AuthorizationPool } from './authorization-pool.ts';
import { Backoff } from './backoff.ts';
import { sleep, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { DatabaseBroadcasts } from './database-broadcasts.ts';
import { DatabaseFeed } from './database-feed.ts';
import { Database } from './database.ts';
import { FaultSwitches, type Faults } from './faults.ts';
import { ConnectionRefused, Handshake } from './handshake.ts';
import { createLimits } from './limits.ts';
import { realTimings, type RealtimeOptions } from './options.ts';
import { PostgresChanges } from './postgres-changes.ts';
import type { Services } from './services.ts';
import { Tokens } from './tokens.ts';
import { Topics } from './topics.ts';

export type { Clock, Timer } from './clock.ts';
export type { Faults, Losses } from './faults.ts';
export { type RealtimeLimits, type RealtimeOptions, type Timings } from './options.ts';

export interface RealtimeServer {
  /** Faults that can be switched on while the server runs. */
  readonly faults: Faults;
  /** Resolves when changes and broadcasts committed from now on reach subscribers. Rejects without a database. */
  start(): Promise<void>;
  /** Handles an `upgrade` event of an HTTP server; the path must be `/realtime/v1/websocket`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets with code 1012, as a server does that restarts, and disconnects from the database. */
  stop(): Promise<void>;
}

const MAX_FRAME_BYTES = 5_000_000;
const SERVICE_RESTART = 1012;
const CLOSE_GRACE = 1_000;
/** After so many failed tries, the real server ends all subscriptions to table changes and renews them. */
const CHANGES_RECONNECT_TRIES = 6;

/**
 * Supabase Realtime for one project, with the behaviour that clients can see: channels, private ones authorized by row level
 * security, broadcasts (also from SQL), presence and table changes, over the Phoenix protocols 1.0.0 and 2.0.0. `schema.sql`
 * and `server.sql` must have been run. It has neither the HTTP API for broadcasts nor clustering.
 */
export function createRealtime(options: RealtimeOptions): RealtimeServer {
  const clock = options.clock ?? systemClock;
  const timings = { ...realTimings, ...options.timings };
  const random = options.random ?? Math.random;
  const faults = new FaultSwitches(clock);
  const limits = createLimits(options.limits ?? {}, clock);
  const tokens = new Tokens(options.jwtSecret, clock, timings.keyLife);
  const database = new Database(options.databaseUrl, clock, timings);
  const authorizationPool = new AuthorizationPool(clock, timings, faults, limits);
  const topics = new Topics(limits);
  const changes = new PostgresChanges({ database, clock, timings, limits, faults });
  const services: Services = { clock, timings, limits, tokens, database, authorizationPool, topics, changes };

  const broadcasts = new DatabaseBroadcasts(topics, limits, faults);
  // Two connections, as in the real server: after a restart of the database, table changes come back long before broadcasts.
  const feeds = [
    new DatabaseFeed({
      databaseUrl: options.databaseUrl,
      applicationName: 'realtime_replication_connection',
      publication: 'supabase_realtime_messages_publication',
      clock,
      backoff: new Backoff(timings.broadcastsReconnect, random),
      onChange: (change) => broadcasts.handle(change),
    }),
    new DatabaseFeed({
      databaseUrl: options.databaseUrl,
      applicationName: 'realtime_rls',
      publication: 'supabase_realtime',
      clock,
      backoff: new Backoff(timings.changesReconnect, random),
      onChange: (change) => changes.enqueue(change),
      onReconnect: (failures) => {
        if (failures >= CHANGES_RECONNECT_TRIES) changes.renewSubscriptions();
      },
    }),
  ];
  const handshake = new Handshake(options, tokens);
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, clientTracking: false });
  const connections = new Set<Connection>();

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { protocol, bearer } = await handshake.accept(request);
    if (connections.size >= limits.connections) throw new ConnectionRefused(429, 'Too many connected users');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, socket, protocol, bearer, services);
      connections.add(connection);
      void connection.closed.then(() => connections.delete(connection));
    });
  }

  return {
    faults,
    async start() {
      await changes.start();
      for (const feed of feeds) await feed.start();
    },
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      accept(request, socket, head).catch(async (error: unknown) => {
        const refusal = error instanceof ConnectionRefused ? error : new ConnectionRefused(500);
        if (refusal.isDelayed) await sleep(clock, timings.connectError);
        refusal.answer(socket);
      });
    },
    async stop() {
      const closing = [...connections];
      for (const connection of closing) connection.close(SERVICE_RESTART);
      const deadline = systemClock.after(CLOSE_GRACE, () => {
        for (const connection of closing) connection.terminate();
      });
      await Promise.all(closing.map(({ closed }) => closed));
      deadline.cancel();
      for (const feed of feeds) await feed.stop();
      await changes.stop();
      await database.stop();
    },
  };
}
