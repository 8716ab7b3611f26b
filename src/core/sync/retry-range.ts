import { backoff, type Clock } from '../time/clock.ts';
import type { OpenslotError } from '../errors.ts';
import type { Range } from '../time/scheduled-task.ts';

/** Permanent failures: retry rarely, in case the project is repaired. */
const PERMANENT: Range = [120_000, 300_000];
const FLOOR_MS = 500;
const BASE_MS = 4_000;
const CAP_MS = 60_000;

/**
 * When to repeat a request that failed, in ms from now.
 * @param failures how many requests have failed in a row, this one included
 */
export function retryRange(clock: Clock, { code, detail, transient }: OpenslotError, failures: number): Range {
  if (code === 'rate_limited') {
    const wait = Number(detail['retry_after_seconds']) * 1_000 || CAP_MS;
    return [wait, wait * 1.5];
  }
  if (!transient) return PERMANENT;
  const wait = FLOOR_MS + backoff(clock, failures - 1, BASE_MS, CAP_MS);
  return [wait, wait];
}
