const INTERVAL_MS = 20;
/** Long, so that a busy machine fails no test. */
const PATIENCE_MS = 30_000;

/** Resolves once `check` neither throws nor returns false. After `patience` ms, rejects with the error of the last check. */
export async function until(check: () => unknown, patience = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    const isLast = performance.now() >= deadline;
    try {
      if ((await check()) !== false) return;
      if (isLast) throw new Error(`Still false after ${patience} ms: ${check.toString()}`);
    } catch (error) {
      if (isLast) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
