/**
 * Any faults hit tabs on one calendar, in any order. Once the network works again, every tab shows the database's state, no
 * operation is pending, and no booking is lost, doubled or shown wrongly.
 *
 * The test prints a failing sequence, shrunk to its necessary steps, with seed and path. To replay it: `OPENSLOT_SEED=...
 * OPENSLOT_PATH=... node --test test/faults/any-order-converges.test.ts`. `OPENSLOT_RUNS=10000` makes a long run.
 */
import assert from 'node:assert/strict';
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

/** The parameters that replay a failure. */
const again: fc.Parameters<unknown> = {
  ...(seed && { seed: Number(seed) }),
  ...(path && { path, endOnFailure: true }),
};

describe('tabs on one calendar converge', () => {
  it('over any order of events, on a clock that the test controls', async () => {
    /** The outcomes that patients saw, over all runs. A run without outcomes would prove nothing. */
    const outcomes = { confirmed: 0, cancelled: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(scenarios(40), async (scenario) => {
        const world = createMemoryWorld(scenario);
        await playOut(world, scenario);
        for (const { appointments, refused } of world.tabs) {
          const statuses = [...appointments.values()].map(({ appointment }) => appointment.status);
          outcomes.confirmed += statuses.filter((status) => status === 'confirmed').length;
          outcomes.cancelled += statuses.filter((status) => status === 'cancelled').length;
          outcomes.refused += refused.length;
        }
      }),
      { ...again, numRuns: runs || 500, plugins: runs ? [] : [fc.interruptAfterTimeLimit(20_000)] },
    );
    if (!path) assert.ok(Math.min(...Object.values(outcomes)) > 0, JSON.stringify(outcomes));
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
