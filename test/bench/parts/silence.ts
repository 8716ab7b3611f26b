/**
 * Messages that are lost without notice: how long a widget, a desk, bells and a patient's page show an old state, and how
 * long they show meanwhile that they are live. Real waits and a real database; nothing else happens.
 */
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { Clinic, type Watcher } from '../../faults/support/clinic.ts';
import { openProvider } from '../../faults/support/provider.ts';
import { until } from '../../support/until.ts';
import { machineNow } from '../report/machine.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf } from '../report/spread.ts';

const ROUNDS = 5;
/** Ms for which the database is away; Realtime then takes up to a few times its first wait to be back. */
const AWAY_MS = 2_000;
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 400_000;
/** The time between two checks, and the grace for a late message, in seconds. */
const [CHECK_SECONDS, GRACE_SECONDS] = [20, 3];

interface Seconds {
  readonly equal: number;
  readonly honest: number;
}

export const silence: Part = async (log) => {
  const sandbox = await startSandbox();
  const clinic = await Clinic.open(sandbox, await openProvider(sandbox), systemClock);
  try {
    const dropped: Seconds[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      log(`dropped without a word, ${round + 1} of ${ROUNDS}`);
      await live(clinic);
      sandbox.realtime.faults.dropBroadcasts();
      await clinic.move();
      dropped.push(...(await watch(clinic)));
      sandbox.realtime.faults.dropBroadcasts(0);
    }
    log('a restart of the database');
    await live(clinic);
    const restarted = await restart(sandbox, clinic);
    return {
      rows: [
        ...rowsOf(`messages dropped, ${ROUNDS} times`, dropped),
        ...rowsOf(`database away for ${AWAY_MS / 1_000} s, Realtime deaf for longer`, restarted),
      ],
    };
  } finally {
    await clinic.close();
    await sandbox.stop();
  }
};

function rowsOf(what: string, all: readonly Seconds[]): Row[] {
  const [equal, honest] = [spreadOf(all.map((one) => one.equal)), spreadOf(all.map((one) => one.honest))];
  const limit = CHECK_SECONDS + GRACE_SECONDS;
  return [
    {
      what: `${what}: from a change until widget, desk, bells and patient’s page show it`,
      unit: 's',
      measured: equal,
      budget: atMost(CHECK_SECONDS + 1, equal.max, `<= ${CHECK_SECONDS} s, a check, and a second to fetch`),
    },
    {
      what: `${what}: until none says any more that it is live`,
      unit: 's',
      measured: honest,
      budget: atMost(limit + 1, honest.max, `<= ${limit} s, a check and its grace, and a second to fetch`),
    },
  ];
}

/** Resolves once messages arrive again and every view is live. */
async function live(clinic: Clinic): Promise<void> {
  await until(async () => {
    await clinic.move();
    await until(() => clinic.all('live'), 30_000);
  }, PATIENCE_MS);
}

async function restart(sandbox: Sandbox, clinic: Clinic): Promise<Seconds[]> {
  await sandbox.restartDatabase(() => new Promise((resolve) => setTimeout(resolve, AWAY_MS)));
  await clinic.move();
  return watch(clinic);
}

/** Measures for how long from now on each view differs from the database, and for how long it shows that it is live. */
function watch(clinic: Clinic): Promise<Seconds[]> {
  const since = machineNow();
  return Promise.all(
    clinic.watchers.map(async (watcher) => ({
      equal: await secondsUntil(since, () => isEqual(watcher)),
      honest: await secondsUntil(since, () => Promise.resolve(watcher.connection !== 'live')),
    })),
  );
}

async function secondsUntil(since: number, holds: () => Promise<boolean>): Promise<number> {
  while (!(await holds())) {
    if (machineNow() - since > PATIENCE_MS) throw new Error('It never came.');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return (machineNow() - since) / 1_000;
}

function isEqual(watcher: Watcher): Promise<boolean> {
  return watcher.isEqual().then(
    () => true,
    () => false,
  );
}
