/**
 * Time from a commit until 5,000 live viewers of one provider show it. The clock starts before COMMIT is sent, so that the
 * commit and its round trip count, and stops when the state that a widget would draw has changed.
 */
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { machineNow } from '../report/machine.ts';
import { type Spread, spreadOf } from '../report/spread.ts';
import { drawPlot } from '../report/plot.ts';
import { openTarget, type Target } from '../target.ts';
import { Viewers } from '../viewers/viewers.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../src/core/wire.ts';
import type { ViewersOptions } from '../viewers/protocol.ts';

const VIEWERS = Number(process.env['OPENSLOT_BENCH_VIEWERS'] ?? 5_000);
/** Full clients among bare sockets: each gets as much of this machine's time as a widget gets of its own machine. */
const FULL_CLIENTS = 100;
const [WARM_UP, ROUNDS] = [10, 40];
/** Pause between rounds, so that a round doesn't wait for the work of the round before. */
const PAUSE_MS = 300;
const BUDGET_MS = 200;

const DAY_MS = 86_400_000;

interface Slot {
  readonly id: number;
  readonly start: string;
}

export const fanOut: Part = async (log) => {
  const target = await openTarget();
  try {
    const providerId = await providerIdOf(target);
    const common = { url: target.url, key: target.key, provider: target.provider, providerId, count: VIEWERS };
    const amidst = { count: FULL_CLIENTS, bystanders: VIEWERS - FULL_CLIENTS };
    const few = await measure(target, { ...common, ...amidst, kind: 'core', presence: true }, log);
    const core = await measure(target, { ...common, kind: 'core', presence: true }, log);
    const quiet = await measure(target, { ...common, kind: 'core', presence: false }, log);
    const bare = await measure(target, { ...common, kind: 'bare', presence: false }, log);
    const fewSpread = spreadOf(few.flat());
    const all = [core, quiet, bare].map((rounds) => spreadOf(rounds.flat())) as [Spread, Spread, Spread];
    const who = `${VIEWERS.toLocaleString('en')} viewers, ${target.name}`;
    const rows: Row[] = [
      {
        what: `commit -> applied, ${FULL_CLIENTS} core clients among ${who}`,
        unit: 'ms',
        measured: fewSpread,
        budget: atMost(BUDGET_MS, fewSpread.p95, `p95 < ${BUDGET_MS} ms`),
      },
      {
        what: `commit -> applied, core clients alone, ${who}`,
        unit: 'ms',
        measured: all[0],
        budget: atMost(BUDGET_MS, all[0].p95, `p95 < ${BUDGET_MS} ms`),
      },
      {
        what: `the p95 of each round, ${ROUNDS} rounds`,
        unit: 'ms',
        measured: spreadOf(core.map((round) => spreadOf(round).p95)),
      },
      {
        what: 'the same without presence',
        unit: 'ms',
        measured: all[1],
        budget: atMost(BUDGET_MS, all[1].p95, `p95 < ${BUDGET_MS} ms`),
      },
      { what: 'the same, bare ws sockets', unit: 'ms', measured: all[2] },
      { what: 'core with presence : bare socket, p95', unit: 'times', measured: all[0].p95 / all[2].p95 },
    ];
    const plot = drawPlot({
      title: `Commit to applied, ${who}`,
      x: 'share of viewers, %',
      y: 'ms',
      series: [
        { name: `${FULL_CLIENTS} core among bare`, points: percentiles(few.flat()) },
        { name: 'core', points: percentiles(core.flat()) },
        { name: 'core without presence', points: percentiles(quiet.flat()) },
        { name: 'bare ws', points: percentiles(bare.flat()) },
      ],
      limits: [{ name: 'budget, at 95 %', y: BUDGET_MS }],
    });
    return { rows, files: { 'fan-out.svg': plot } };
  } finally {
    await target.stop();
  }
};

async function providerIdOf({ database, url, provider }: Target): Promise<string> {
  const { rows } = await database.query<{ id: string }>("select openslot_calendar($1) -> 'provider' ->> 'id' as id", [
    provider,
  ]);
  if (!rows[0]) throw new Error(`${url} has no provider ${provider}`);
  return rows[0].id;
}

/** Holds and releases a slot in turns. @returns the ms of each viewer, by round */
async function measure(target: Target, options: ViewersOptions, log: (line: string) => void): Promise<number[][]> {
  log(`opening ${options.count} ${options.kind} viewers${options.presence ? ' with presence' : ''}`);
  const viewers = await Viewers.open(options);
  try {
    const slot = await freeSlot(target);
    const visitor = crypto.randomUUID();
    const hold = `select openslot_hold($1, 'consultation', $2, $3)`;
    const rounds: number[][] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const gone = round % 2 === 0;
      const { seen } = await viewers.watch(slot.id, gone);
      const times = gone
        ? await commit(target, hold, [target.provider, slot.start, visitor])
        : await commit(target, 'select openslot_release($1)', [visitor]);
      const arrivals = (await seen).map((at) => at - times);
      if (round >= 0) rounds.push(arrivals);
      if (round >= 0 && round % 10 === 0) log(`round ${round}: p95 ${spreadOf(arrivals).p95.toFixed(0)} ms`);
    }
    await target.database.query('select openslot_release($1)', [visitor]);
    return rounds;
  } finally {
    await viewers.close();
  }
}

async function freeSlot({ database, provider }: Target): Promise<Slot> {
  const { rows } = await database.query<{ calendar: PackedSnapshot }>('select openslot_calendar($1) as calendar', [
    provider,
  ]);
  const soon = Date.now() + 2 * DAY_MS;
  const slot = unpackSnapshot(rows[0]!.calendar).slots.find(
    ({ status, start }) => status === 'open' && Date.parse(start) > soon,
  );
  if (!slot) throw new Error(`${provider} has no open time`);
  return slot;
}

/** @returns `machineNow()` just before COMMIT was sent */
async function commit({ database }: Target, statement: string, values: unknown[]): Promise<number> {
  const client = await database.connect();
  try {
    await client.query('begin');
    await client.query(statement, values);
    const at = machineNow();
    await client.query('commit');
    return at;
  } finally {
    client.release();
  }
}

function percentiles(values: readonly number[]): [number, number][] {
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: 101 }, (_, share) => [
    share,
    sorted[Math.min(sorted.length - 1, Math.floor((share / 100) * sorted.length))] as number,
  ]);
}
