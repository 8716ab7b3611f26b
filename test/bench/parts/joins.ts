/**
 * The sockets of 5,000 widgets are cut in the same moment, and all widgets join again, on a server whose pool has 20
 * connections for their permission checks: many joins are refused at first. The part measures what the widgets show
 * meanwhile, and that none shows too early that it is live.
 */
import { startSandbox } from '../../../sandbox/index.ts';
import { addProvider, openSlots } from '../provider.ts';
import { machineNow } from '../report/machine.ts';
import type { Part } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { converge } from '../viewers/truth.ts';
import { Viewers } from '../viewers/viewers.ts';

const VIEWERS = Number(process.env['OPENSLOT_BENCH_VIEWERS'] ?? 5_000);
const POOL = 20;
/** Each check keeps its connection for this long: 400 joins a second. */
const AUTHORIZATION_MS = 50;
/** Ms after the cut at which a time is taken. */
const CHANGE_AFTER_MS = 5_000;
const PATIENCE_MS = 600_000;
const LOOK_EVERY_MS = 500;
/** The longest time between two checks of one of 5,000 viewers, and the grace for a late message, in seconds. */
const [CHECK_SECONDS, GRACE_SECONDS] = [134, 3];

export const joins: Part = async (log) => {
  const sandbox = await startSandbox({ limits: { authorizationPoolSize: POOL } });
  const provider = 'stormed';
  const providerId = await addProvider(sandbox.query, { slug: provider, slotMinutes: 30, windowDays: 7 });
  log(`opening ${VIEWERS} widgets`);
  const viewers = await Viewers.open({
    kind: 'core',
    url: sandbox.url,
    key: sandbox.publishableKey,
    provider,
    providerId,
    count: VIEWERS,
    presence: true,
  });
  try {
    sandbox.realtime.faults.slowAuthorization(AUTHORIZATION_MS);
    const cutAt = machineNow();
    await viewers.cut();
    log('all sockets are cut');
    await new Promise((resolve) => setTimeout(resolve, CHANGE_AFTER_MS));
    const [slot] = await openSlots(sandbox.query, providerId, 1);
    await sandbox.query(`select openslot_hold($1, 'visit', $2, $3)`, [provider, slot!.start, crypto.randomUUID()]);
    log('a time was taken');
    const { equal, honest } = await converge(sandbox, provider, viewers, machineNow(), PATIENCE_MS);
    log('all show it');
    const liveAfter = await untilLive(viewers, cutAt);
    const { refused } = await viewers.report();
    const who = `${VIEWERS.toLocaleString('en')} widgets join again, a pool of ${POOL}`;
    return {
      rows: [
        { what: `${who}: joins refused for want of a connection`, unit: 'joins', measured: refused },
        {
          what: `${who}: a time is taken after ${CHANGE_AFTER_MS / 1_000} s, until all show that`,
          unit: 's',
          measured: equal,
          budget: atMost(CHECK_SECONDS, equal, `<= ${CHECK_SECONDS} s, a check`),
        },
        {
          what: `${who}: the same, until nobody is live wrongly`,
          unit: 's',
          measured: honest,
          budget: atMost(
            CHECK_SECONDS + GRACE_SECONDS,
            honest,
            `<= ${CHECK_SECONDS + GRACE_SECONDS} s, a check and its grace`,
          ),
        },
        { what: `${who}: until all are live`, unit: 's', measured: liveAfter },
      ],
    };
  } finally {
    await viewers.close();
    await sandbox.stop();
  }
};

/** @returns seconds since `cutAt` */
async function untilLive(viewers: Viewers, cutAt: number): Promise<number> {
  for (;;) {
    const { connections } = await viewers.report();
    const passed = machineNow() - cutAt;
    if (connections['live'] === VIEWERS) return passed / 1_000;
    if (passed > PATIENCE_MS) throw new Error(`Not all are live: ${JSON.stringify(connections)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
