/**
 * Whatever happens to tabs on one calendar, in whatever order: once the network is well again, every tab shows what the
 * database has, nothing is pending, and no booking is lost, doubled or told wrongly.
 *
 * A failing sequence is printed, shrunk to what matters, with its seed and path. To play it again:
 * `OPENSLOT_SEED=... OPENSLOT_PATH=... node --test test/faults/any-order-converges.test.ts`. `OPENSLOT_RUNS=10000` makes a long run.
 */
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createMemoryWorld } from './support/memory-world.ts';
import { scenarios } from './support/steps.ts';
import { playOut } from './support/world.ts';

const seed = process.env['OPENSLOT_SEED'];
const path = process.env['OPENSLOT_PATH'];
const runs = Number(process.env['OPENSLOT_RUNS'] ?? 0);

/** A short run ends in time, even on a slow machine and while it shrinks a failure. */
function parameters(numRuns: number, seconds: number): fc.Parameters<unknown> {
  return {
    numRuns: runs || numRuns,
    plugins: runs ? [] : [fc.interruptAfterTimeLimit(seconds * 1_000)],
    ...(seed && { seed: Number(seed) }),
    ...(path && { path, endOnFailure: true }),
  };
}

describe('tabs on one calendar converge', () => {
  it('over any order of events, in time that a test decides', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(40), (scenario) => playOut(createMemoryWorld(scenario), scenario)),
      parameters(500, 20),
    );
  });
});
