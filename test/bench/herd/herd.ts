import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface HerdOptions {
  readonly clients: number;
  /** False: each random wait is replaced by its mean. */
  readonly jitter: boolean;
  /** Ms for which the project answers nothing. */
  readonly outageMs: number;
  /** Ms to watch from the moment at which it stops. */
  readonly watchMs: number;
}

/** Times in ms since the project stopped. */
export interface HerdResult {
  readonly connects: readonly number[];
  readonly joins: readonly number[];
  readonly calls: readonly number[];
  /** Seconds, and the number of clients that were live then. */
  readonly live: readonly (readonly [number, number])[];
}

export async function simulateHerd(options: HerdOptions): Promise<HerdResult> {
  const worker = new Worker(new URL('./herd-worker.ts', import.meta.url), { workerData: options });
  const [result] = (await once(worker, 'message')) as [HerdResult];
  await worker.terminate();
  return result;
}
