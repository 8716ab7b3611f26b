import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Backoff } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import { PgOutputDecoder, type RowChange } from './pgoutput.ts';

/** Kinds of messages in the replication stream. */
const LOG_DATA = 0x77;
const KEEPALIVE = 0x6b;
/** The kind, two positions in the log and a time. */
const LOG_DATA_HEADER = 25;

/** The part of node-postgres's connection that replication needs and its types omit. */
interface ReplicationConnection extends EventEmitter {
  sendCopyFromChunk(chunk: Buffer): void;
}

/**
 * PostgreSQL 17 can fail to wake the process that sends the log when two commits are microseconds apart: the second one then
 * waits for the next commit or for 10 s. Any message from this side wakes the process, too.
 */
const NUDGE_INTERVAL = 20;

interface FeedOptions {
  databaseUrl: string;
  /** The connection's name in `pg_stat_replication`. */
  applicationName: string;
  publication: string;
  clock: Clock;
  /** Waits between the loss of the connection and each try to restore it. */
  backoff: Backoff;
  onChange(change: RowChange): void;
  /** @param failures number of tries that failed before this one */
  onReconnect?(failures: number): void;
}

/**
 * Follows the database's log by logical replication: every committed change of a publication's tables, in the order of the
 * commits, a moment after each. The slot is temporary. So changes are lost while the connection is down, and a killed sandbox
 * leaves no slot that would hold back the log.
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

  /** Resolves when changes committed from now on will be delivered. This class itself handles later losses of the connection. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      replication: 'database',
      application_name: this.#options.applicationName,
    } as pg.ClientConfig);
    client.on('error', () => {
      // The end of the connection follows, and is handled there.
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
    // Unlike SQL, replication commands are only accepted in capitals.
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
    // This query lasts as long as the connection: it can only fail, together with the connection.
    ended.catch(() => client.end());
    await Promise.race([started, ended]);
    const nudge = setInterval(() => connection.sendCopyFromChunk(standbyStatus(position)), NUDGE_INTERVAL);
    client.once('end', () => clearInterval(nudge));
  }
}

/** Reports to PostgreSQL up to where the log is no longer needed; its shutdown waits for this. */
function standbyStatus(position: bigint): Buffer {
  const status = Buffer.alloc(34);
  status.write('r');
  for (const offset of [1, 9, 17]) status.writeBigUInt64BE(position, offset);
  return status;
}
