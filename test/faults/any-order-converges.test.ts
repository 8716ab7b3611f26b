/**
 * Whatever happens to tabs on one calendar, in whatever order: once the network is well again, every tab shows what the
 * database has, nothing is pending, and no booking is lost, doubled or told wrongly.
 *
 * A failing sequence is printed, shrunk to what matters, with its seed and path. To play it again:
 * `OPENSLOT_SEED=... OPENSLOT_PATH=... node --test test/faults/any-order-converges.test.ts`. `OPENSLOT_RUNS=10000` makes a long run.
 */
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createMemoryWorld } from './support/memory-world.ts';
import { createSandboxWorld } from './support/sandbox-world.ts';
import { scenarios } from './support/steps.ts';
import { playOut } from './support/world.ts';

const seed = process.env['OPENSLOT_SEED'];
const path = process.env['OPENSLOT_PATH'];
const runs = Number(process.env['OPENSLOT_RUNS'] ?? 0);

/** What a failure is played again by. */
const again: fc.Parameters<unknown> = {
  ...(seed && { seed: Number(seed) }),
  ...(path && { path, endOnFailure: true }),
};

describe('tabs on one calendar converge', () => {
  it('over any order of events, in time that a test decides', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(40), (scenario) => playOut(createMemoryWorld(scenario), scenario)),
      { ...again, numRuns: runs || 500, plugins: runs ? [] : [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  describe('over real sockets and a real database', { concurrency: 4 }, () => {
    let sandbox: Sandbox;
    before(async () => {
      sandbox = await startSandbox();
    });
    after(() => sandbox.stop());

    for (const lane of ['first', 'second', 'third', 'fourth']) {
      it(`in a ${lane} lane`, async () => {
        await fc.assert(
          fc.asyncProperty(scenarios(25), async (scenario) =>
            playOut(await createSandboxWorld(sandbox, scenario), scenario),
          ),
          { ...again, numRuns: Math.ceil(runs / 100) || 10, endOnFailure: true },
        );
      });
    }
  });
});
