/**
 * Whatever happens to tabs on one calendar, in whatever order: once the network is well again, every tab shows what the
 * database has, nothing is pending, and no booking is lost, doubled or told wrongly.
 *
 * A failing sequence is printed, shrunk to what matters, with its seed and path. To play it again:
 * `OPENSLOT_SEED=... OPENSLOT_PATH=... node --test test/faults/any-order-converges.test.ts`. `OPENSLOT_RUNS=10000` makes a long run.
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

/** What a failure is played again by. */
const again: fc.Parameters<unknown> = {
  ...(seed && { seed: Number(seed) }),
  ...(path && { path, endOnFailure: true }),
};

describe('tabs on one calendar converge', () => {
  it('over any order of events, in time that a test decides', async () => {
    /** What patients were told, over all runs: where nobody is told anything, nothing is told wrongly. */
    const told = { confirmed: 0, cancelled: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(scenarios(40), async (scenario) => {
        const world = createMemoryWorld(scenario);
        await playOut(world, scenario);
        for (const { appointments, refused } of world.tabs) {
          const statuses = [...appointments.values()].map(({ appointment }) => appointment.status);
          told.confirmed += statuses.filter((status) => status === 'confirmed').length;
          told.cancelled += statuses.filter((status) => status === 'cancelled').length;
          told.refused += refused.length;
        }
      }),
      { ...again, numRuns: runs || 500, plugins: runs ? [] : [fc.interruptAfterTimeLimit(20_000)] },
    );
    if (!path) assert.ok(Math.min(...Object.values(told)) > 0, JSON.stringify(told));
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
