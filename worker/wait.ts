import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `ms`, or until `ending` aborts. */
export async function pause(ms: number, ending: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: ending }).catch(() => undefined);
}

/** Ms to wait after so many failures in a row: from one second to half a minute, with jitter. */
export function backoff(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}
