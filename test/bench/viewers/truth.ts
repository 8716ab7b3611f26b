import type { Sandbox } from '../../../sandbox/index.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../src/core/wire.ts';
import { machineNow } from '../report/machine.ts';
import { pictureOf } from './viewer.ts';
import type { Viewers } from './viewers.ts';

const LOOK_EVERY_MS = 500;

/** The database's state, in the form in which a viewer's picture is compared with it. */
async function truthOf({ query }: Sandbox, provider: string): Promise<string> {
  const { rows } = await query<{ calendar: PackedSnapshot }>('select openslot_calendar($1) as calendar', [provider]);
  const { revision, slots } = unpackSnapshot(rows[0]!.calendar);
  return pictureOf(revision, slots);
}

/** Seconds from a given moment. */
export interface Convergence {
  /** Until no viewer with an old picture showed that it was live. */
  readonly honest: number;
  /** Until all viewers showed the database's state. */
  readonly equal: number;
}

/**
 * Waits until all viewers show the database's state.
 * @param since `machineNow()` of the last change
 * @throws {Error} when that takes too long
 */
export async function converge(
  sandbox: Sandbox,
  provider: string,
  viewers: Viewers,
  since: number,
  patienceMs: number,
): Promise<Convergence> {
  const truth = await truthOf(sandbox, provider);
  let honest = 0;
  for (;;) {
    const { different, wronglyLive } = await viewers.report(truth);
    const seconds = (machineNow() - since) / 1_000;
    if (wronglyLive > 0) honest = seconds;
    if (different === 0) return { honest, equal: seconds };
    if (seconds * 1_000 > patienceMs) throw new Error(`${different} viewers don't show what the database has`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
