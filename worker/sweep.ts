import type { Database } from './database.ts';
import type { Log } from './log.ts';
import { DELIVER, lockOfPool, type Queue } from './queue.ts';

/**
 * Frees what a killed worker left behind; the queue alone would do so after four hours. If a worker that is alive is taken
 * for dead, because its connection broke, no harm is done: see deliver().
 */
export async function sweep(database: Database, queue: Queue, log: Log): Promise<void> {
  if (!queue.isRunning) return;
  const unlocked = await database.query(
    `select locked_by, graphile_worker.force_unlock_workers(array[locked_by])
     from (
       select distinct locked_by from graphile_worker.jobs
       where task_identifier = $1 and locked_at < now() - interval '10 seconds' and locked_by <> $2
     ) as pool
     where pg_try_advisory_xact_lock(${lockOfPool('locked_by')})`,
    [DELIVER, queue.poolId],
  );
  if (unlocked.length > 0) log.warn('jobs_of_dead_workers_freed', { workers: unlocked.length });

  // Each death of a worker counts as an attempt of the job that it had, so that a job that kills workers ends as a dead
  // letter.
  const given = await database.query(
    `with exhausted as (
       select id, key from graphile_worker.jobs
       where task_identifier = $1 and attempts >= max_attempts and locked_at is null and key is not null
     ),
     failed as (
       select openslot.delivery_failed(delivery.id, 'the worker died with it, or could not write down why it failed', true)
       from exhausted join openslot.deliveries delivery on delivery.id = exhausted.key::uuid and delivery.state = 'queued'
     )
     select (select count(*) from failed), graphile_worker.complete_jobs(array_agg(id)) from exhausted having count(*) > 0`,
    [DELIVER],
  );
  if (given.length > 0) log.error('deliveries_given_up', { deliveries: given.length });

  const lost = await database.query(
    `with lost as (
       update openslot.deliveries delivery set state = 'pending', queued_at = null
       where state = 'queued' and queued_at < now() - interval '1 minute'
         and not exists (select from graphile_worker.jobs where key = delivery.id::text)
       returning id
     )
     select id, pg_notify('openslot_deliveries', '') from lost`,
  );
  if (lost.length > 0) log.warn('deliveries_without_job_requeued', { deliveries: lost.length });
}
