/**
 * 5,000 viewers of a provider with 200 holds and bookings a minute, on a plan of 2,500 messages a second: the cost of each
 * receiver, with and without a smallest gap between broadcasts. Without a gap, the server drops most messages without notice.
 * Real sockets and the sandbox's limits, for one minute each, because the limits are averages over a minute.
 */
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { addProvider, openSlots } from '../provider.ts';
import { machineNow } from '../report/machine.ts';
import { drawPlot } from '../report/plot.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { type Spread, spreadOf } from '../report/spread.ts';
import { converge, type Convergence } from '../viewers/truth.ts';
import { Viewers } from '../viewers/viewers.ts';

const VIEWERS = Number(process.env['OPENSLOT_BENCH_VIEWERS'] ?? 5_000);
/** Pro without a spend cap, and Team. */
const PLAN = {
  messagesPerSecond: 2_500,
  joinsPerSecond: 2_500,
  presencePerSecond: 1_000,
  connections: 10_000,
  channelsPerConnection: 100,
};
const CHANGES_A_MINUTE = 200;
/** 5,000 messages each 2.5 s are 2,000 a second, four fifths of the plan. */
const GAP_MS = 2_500;
const DURATION_MS = 60_000;
const [FLUSH_MS, SAMPLE_MS] = [500, 1_000];
/** Number of changes between two watched ones; it is not a multiple of the gap. */
const WATCH_EVERY = 14;
const PATIENCE_MS = 600_000;
/** The longest time between two checks of one of 5,000 viewers, and the grace for a late message, in seconds. */
const [CHECK_SECONDS, GRACE_SECONDS] = [134, 3];

interface Outcome {
  /** Seconds, and the number of messages received in the second before, over all viewers. */
  readonly received: readonly (readonly [number, number])[];
  /** Messages of the database that the server dropped for all receivers. */
  readonly dropped: number;
  /** Ms from the commit until a viewer shows the change, for each viewer and watched change. */
  readonly delays: Spread;
  /** Measured from the last change. */
  readonly convergence: Convergence;
}

export const crowd: Part = async (log) => {
  const outcomes: Record<string, Outcome> = {};
  for (const gapMs of [GAP_MS, 0]) {
    const name = gapMs ? `gap of ${gapMs} ms` : 'no gap';
    log(`${VIEWERS} viewers, ${name}`);
    outcomes[name] = await meet(gapMs);
  }
  const rows = Object.entries(outcomes).flatMap(([name, outcome]): Row[] => {
    const perSecond = outcome.received.map(([, count]) => count);
    const average = perSecond.reduce((sum, count) => sum + count, 0) / perSecond.length;
    const who = `${VIEWERS.toLocaleString('en')} viewers, ${CHANGES_A_MINUTE} changes a minute, ${name}`;
    const isBundled = name !== 'no gap';
    return [
      {
        what: `${who}: messages received, average of the minute`,
        unit: '1/s',
        measured: average,
        ...(isBundled && { budget: atMost(PLAN.messagesPerSecond, average, `<= ${PLAN.messagesPerSecond}, the plan`) }),
      },
      { what: `${who}: by second`, unit: '1/s', measured: spreadOf(perSecond) },
      {
        what: `${who}: messages that the server dropped without a word`,
        unit: 'messages',
        measured: outcome.dropped,
        ...(isBundled && { budget: atMost(0, outcome.dropped, '0') }),
      },
      { what: `${who}: commit -> applied`, unit: 'ms', measured: outcome.delays },
      {
        what: `${who}: after the last change, until all equal the database`,
        unit: 's',
        measured: outcome.convergence.equal,
        budget: atMost(CHECK_SECONDS, outcome.convergence.equal, `<= ${CHECK_SECONDS} s, a check`),
      },
      {
        what: `${who}: after the last change, until nobody is live wrongly`,
        unit: 's',
        measured: outcome.convergence.honest,
        budget: atMost(
          CHECK_SECONDS + GRACE_SECONDS,
          outcome.convergence.honest,
          `<= ${CHECK_SECONDS + GRACE_SECONDS} s, a check and its grace`,
        ),
      },
    ];
  });
  const plot = drawPlot({
    title: `Messages a second to ${VIEWERS.toLocaleString('en')} viewers, ${CHANGES_A_MINUTE} changes a minute`,
    x: 'seconds',
    y: '1/s',
    series: Object.entries(outcomes).map(([name, { received }]) => ({ name, points: received })),
    limits: [{ name: 'the plan, on average over a minute', y: PLAN.messagesPerSecond }],
  });
  return { rows, files: { 'crowd.svg': plot } };
};

async function meet(gapMs: number): Promise<Outcome> {
  const sandbox = await startSandbox({ limits: PLAN });
  const provider = 'crowded';
  const providerId = await addProvider(sandbox.query, { slug: provider, slotMinutes: 30, windowDays: 21, gapMs });
  const options = {
    kind: 'core',
    url: sandbox.url,
    key: sandbox.publishableKey,
    provider,
    providerId,
    count: VIEWERS,
    presence: true,
  } as const;
  const viewers = await Viewers.open(options);
  // The worker does this every second: it broadcasts the changes that waited for the end of a gap.
  const flush = setInterval(() => void sandbox.query('select openslot.flush_broadcasts()'), FLUSH_MS);
  try {
    const sampling = sample(viewers);
    const delays = await bookAndHold(sandbox, provider, providerId, viewers);
    const stoppedAt = machineNow();
    const received = await sampling;
    const convergence = await converge(sandbox, provider, viewers, stoppedAt, PATIENCE_MS);
    const { overLimit: dropped } = sandbox.realtime.faults.lost;
    return { received, dropped, delays: spreadOf(await delays()), convergence };
  } finally {
    clearInterval(flush);
    await viewers.close();
    await sandbox.stop();
  }
}

/** Each time is held, then booked by its holder. @returns a function that returns the delays of the watched changes */
async function bookAndHold(
  sandbox: Sandbox,
  provider: string,
  providerId: string,
  viewers: Viewers,
): Promise<() => Promise<number[]>> {
  const pauseMs = 60_000 / CHANGES_A_MINUTE;
  const changes = Math.floor(DURATION_MS / pauseMs);
  const slots = await openSlots(sandbox.query, providerId, changes);
  const started = machineNow();
  const delays: number[] = [];
  let watching: Promise<void> | null = null;
  let visitor = '';
  for (let change = 0; change < changes; change++) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + change * pauseMs - machineNow())));
    const slot = slots[Math.floor(change / 2)]!;
    const isHold = change % 2 === 0;
    if (isHold) visitor = crypto.randomUUID();
    const watched: { seen: Promise<number[]> } | null =
      change % WATCH_EVERY === 0 && !watching ? await viewers.watch(slot.id, true) : null;
    await (isHold
      ? sandbox.query(`select openslot_hold($1, 'visit', $2, $3)`, [provider, slot.start, visitor])
      : sandbox.query(`select openslot_book($1, 'visit', $2, $3, gen_random_uuid(), $4)`, [
          provider,
          slot.start,
          PATIENT,
          visitor,
        ]));
    const committedAt = machineNow();
    watching =
      watched?.seen.then(
        (times) => {
          delays.push(...times.map((at) => Math.max(0, at - committedAt)));
          watching = null;
        },
        () => undefined,
      ) ?? watching;
  }
  return async () => {
    await watching;
    return delays;
  };
}

const PATIENT = JSON.stringify({ name: 'Karin Holm', email: 'karin.holm@example.com' });

/** @returns seconds, and the number of messages received in the second before */
async function sample(viewers: Viewers): Promise<[number, number][]> {
  const samples: [number, number][] = [];
  const started = machineNow();
  let [before, at] = [(await viewers.report()).messages, started];
  while (at - started < DURATION_MS) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    const [{ messages }, now] = [await viewers.report(), machineNow()];
    samples.push([(now - started) / 1_000, ((messages - before) * 1_000) / (now - at)]);
    [before, at] = [messages, now];
  }
  return samples;
}
