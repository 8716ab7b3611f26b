import type pg from 'pg';
import type { Database } from './database.ts';
import type { Delivery } from './delivery.ts';
import type { EmailTransport } from './email/transport.ts';
import { SendError } from './failure.ts';
import { errorCode, type Log } from './log.ts';
import type { Metrics, Outcome } from './metrics.ts';
import type { PushTransport } from './push/transport.ts';

export interface Attempt {
  /** The delivery's id. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly isLast: boolean;
}

export interface Services {
  readonly database: Database;
  readonly email: EmailTransport;
  readonly push: PushTransport;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Longer than any attempt can take. */
const LONGEST_ATTEMPT = '5min';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Sends one delivery. The delivery's row stays locked until the outcome is written. A second worker can have the same job
 * when the first was wrongly taken for dead; it then finds the row locked or the outcome written. Only a crash between the
 * mail server's or push service's acceptance and our commit sends a message twice, with the same Message-ID or tag.
 * @throws {SendError} so that the queue retries the job
 */
export async function deliver(services: Services, attempt: Attempt): Promise<void> {
  const failure = await services.database.transaction((client) => deliverIn(client, services, attempt));
  // Thrown after the commit, so that the outcome stays written.
  if (failure) throw failure;
}

/** @returns the error for which the queue must retry the job */
async function deliverIn(client: pg.PoolClient, services: Services, attempt: Attempt): Promise<SendError | null> {
  const { metrics, log } = services;
  const { id } = attempt;
  await client.query(`set local idle_in_transaction_session_timeout = '${LONGEST_ATTEMPT}'`);
  const delivery = await take(client, id);
  if (!delivery) return null;
  const started = performance.now();
  const { outcome, error } = await settle(client, services, delivery, attempt);
  const { channel, kind, audience } = delivery;
  metrics.count(channel, outcome);
  log[LEVELS[outcome]](`delivery_${outcome}`, {
    delivery: id,
    channel,
    kind,
    audience,
    attempt: attempt.number,
    ms: Math.round(performance.now() - started),
    ...(error ? { error: error.message } : {}),
  });
  return outcome === 'failed' ? error : null;
}

const LEVELS = { sent: 'info', skipped: 'info', failed: 'warn', dead: 'error' } as const;

/** Sends the delivery and writes the outcome into its row. */
async function settle(
  client: pg.PoolClient,
  services: Services,
  delivery: Delivery,
  attempt: Attempt,
): Promise<{ outcome: Outcome; error: SendError | null }> {
  const { id } = delivery;
  try {
    const outcome = await send(services, client, delivery);
    await client.query(`select openslot.${outcome === 'sent' ? 'delivery_sent' : 'delivery_skipped'}($1)`, [id]);
    return { outcome, error: null };
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    const isDead = error.permanent || attempt.isLast;
    await client.query('select openslot.delivery_failed($1, $2, $3)', [id, error.message, isDead]);
    return { outcome: isDead ? 'dead' : 'failed', error };
  }
}

/** Locks the delivery's row and reads it. @returns `null` when it needs no sending any more */
async function take(client: pg.PoolClient, id: string): Promise<Delivery | null> {
  try {
    const { rows } = await client.query<{ state: string }>(
      'select state from openslot.deliveries where id = $1 for update nowait',
      [id],
    );
    if (rows[0]?.state !== 'queued' && rows[0]?.state !== 'pending') return null;
  } catch (error) {
    if (errorCode(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new SendError('another worker is sending it', { permanent: false });
  }
  const { rows } = await client.query<{ delivery: Delivery | null }>('select openslot.delivery($1) as delivery', [id]);
  return rows[0]?.delivery ?? null;
}

async function send(
  { email, push, metrics }: Services,
  client: pg.PoolClient,
  delivery: Delivery,
): Promise<'sent' | 'skipped'> {
  if (delivery.superseded) return 'skipped';
  const end = metrics.startSending(delivery.channel);
  try {
    if (delivery.channel === 'email') {
      await email.send(delivery);
      return 'sent';
    }
    if ((await push.send(delivery)) === 'sent') return 'sent';
    await client.query('select openslot.forget_push_subscription($1)', [delivery.recipient]);
    return 'skipped';
  } finally {
    end();
  }
}
