import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Backoff } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import { PgOutputDecoder, type RowChange } from './pgoutput.ts';

/** Kinds of messages in the stream of the log. */
const LOG_DATA = 0x77;
const KEEPALIVE = 0x6b;
/** The kind, two positions in the log and a time. */
const LOG_DATA_HEADER = 25;

/** The part of node-postgres's connection that replication needs and its types leave out. */
interface ReplicationConnection extends EventEmitter {
  sendCopyFromChunk(chunk: Buffer): void;
}

/**
 * PostgreSQL 17 can miss to wake the process that sends the log when two commits are microseconds apart: the second one
 * then waits for the next commit or for 10 s. Any message from this side wakes it as well.
 */
const NUDGE_INTERVAL = 20;

interface FeedOptions {
  databaseUrl: string;
  /** How the connection shows in `pg_stat_replication`. */
  applicationName: string;
  publication: string;
  clock: Clock;
  /** Between the loss of the connection and each try to make it again. */
  backoff: Backoff;
  onChange(change: RowChange): void;
  /** @param failures how many tries failed before this one */
  onReconnect?(failures: number): void;
}

/**
 * Follows the database's log by logical replication: every committed change of a publication's tables, in the order of
 * the commits, a moment after each. The slot is temporary, so that changes made while the connection is down are lost
 * and a sandbox that is killed leaves nothing behind that would hold back the log.
 */
export class DatabaseFeed {
  #options: FeedOptions;
  #client: pg.Client | null = null;
  #retry: Timer | null = null;
  #failures = 0;
  #stopped = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Resolves when changes committed from now on will be delivered. Later losses of the connection are handled here. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      replication: 'database',
      application_name: this.#options.applicationName,
    } as pg.ClientConfig);
    client.on('error', () => {
      // The end of the connection follows and is what counts.
    });
    await client.connect();
    if (this.#stopped) return client.end();
    this.#client = client;
    try {
      await this.#stream(client);
    } catch (error) {
      this.#client = null;
      await client.end();
      throw error;
    }
    client.once('end', () => {
      this.#client = null;
      this.#reconnectLater();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retry?.cancel();
    await this.#client?.end();
  }

  #reconnectLater(): void {
    if (this.#stopped) return;
    const { clock, backoff } = this.#options;
    this.#retry = clock.after(backoff.next(), () => {
      this.start().then(
        () => {
          backoff.reset();
          this.#options.onReconnect?.(this.#failures);
          this.#failures = 0;
        },
        () => {
          this.#failures += 1;
          this.#reconnectLater();
        },
      );
    });
  }

  async #stream(client: pg.Client): Promise<void> {
    const slot = `realtime_${randomBytes(8).toString('hex')}`;
    // Unlike SQL, the commands of replication are only understood in capitals.
    await client.query(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'nothing')`);
    const { publication, onChange } = this.#options;
    const { connection } = client as unknown as { connection: ReplicationConnection };
    const decoder = new PgOutputDecoder();
    let position = 0n;
    connection.on('copyData', ({ chunk }: { chunk: Buffer }) => {
      if (chunk[0] === KEEPALIVE) position = chunk.readBigUInt64BE(1);
      if (chunk[0] !== LOG_DATA) return;
      const change = decoder.decode(chunk.subarray(LOG_DATA_HEADER));
      if (change) onChange(change);
    });

    const started = new Promise<void>((resolve) => void connection.once('replicationStart', resolve));
    const ended = client.query(
      `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names '${publication}')`,
    );
    // This query lasts as long as the connection: it only ever fails, and the connection with it.
    ended.catch(() => client.end());
    await Promise.race([started, ended]);
    const nudge = setInterval(() => connection.sendCopyFromChunk(standbyStatus(position)), NUDGE_INTERVAL);
    client.once('end', () => clearInterval(nudge));
  }
}

/** Tells the server how far the log is no longer needed; a shutdown waits for that. */
function standbyStatus(position: bigint): Buffer {
  const status = Buffer.alloc(34);
  status.write('r');
  for (const offset of [1, 9, 17]) status.writeBigUInt64BE(position, offset);
  return status;
}
