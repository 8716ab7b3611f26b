import { executeServerCommand } from '@web/test-runner-commands';
import type { Acts } from './clinic.ts';

/** Runs an action at the clinic, outside of this page. */
export function elsewhere<Act extends keyof Acts>(
  act: Act,
  ...[payload]: Parameters<Acts[Act]>
): Promise<Awaited<ReturnType<Acts[Act]>>> {
  return executeServerCommand(act, payload);
}
