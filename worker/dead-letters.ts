/** The operator's commands for dead letters. They show ids, kinds and reasons, but no addresses. */
import type { Database } from './database.ts';

export interface DeadLetter {
  readonly id: string;
  readonly channel: string;
  readonly kind: string;
  readonly audience: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly created_at: string;
}

export function listDeadLetters(database: Database): Promise<DeadLetter[]> {
  return database.query<DeadLetter>(
    `select delivery.id, delivery.channel, coalesce(notification.kind, 'invitation') as kind,
       coalesce(notification.audience, 'member') as audience,
       delivery.attempts, delivery.last_error as error, openslot.iso(delivery.created_at) as created_at
     from openslot.deliveries delivery
     left join openslot.notifications notification on notification.id = delivery.notification_id
     where delivery.state = 'dead'
     order by delivery.created_at, delivery.id`,
  );
}

/** @returns how many deliveries were queued again */
export async function retryDeadLetters(database: Database, id: string | null): Promise<number> {
  const rows = await database.query(
    `select id from openslot.deliveries
     where state = 'dead' and ($1::uuid is null or id = $1) and openslot.retry_delivery(id)`,
    [id],
  );
  return rows.length;
}

export function describeDeadLetters(letters: readonly DeadLetter[]): string {
  if (letters.length === 0) return 'No dead letters.';
  const rows = letters.map((letter) => [
    letter.id,
    letter.created_at,
    letter.channel,
    `${letter.kind} to ${letter.audience}`,
    `${letter.attempts} attempts`,
    letter.error ?? '',
  ]);
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
