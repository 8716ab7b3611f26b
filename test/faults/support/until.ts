import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
/** Generous: a busy machine is no failure. */
const PATIENCE_MS = 30_000;

/** Waits until `check` doesn't throw any more, and fails with what it throws in the end. */
export async function until(check: () => Promise<void> | void, patience = PATIENCE_MS): Promise<void> {
  const latest = performance.now() + patience;
  while (performance.now() < latest) {
    try {
      await check();
      return;
    } catch {
      await pause(LOOK_EVERY_MS);
    }
  }
  await check();
}
