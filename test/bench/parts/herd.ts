/**
 * How 5,000 widgets reconnect after their project was down for ten seconds: joins and calls per second, with the core's own
 * waits and Supabase's own socket client, on simulated time. For comparison, the same without randomness in the waits.
 */
import { simulateHerd, type HerdResult } from '../herd/herd.ts';
import { drawPlot, ratePerSecond } from '../report/plot.ts';
import type { Part, Row } from '../report/result.ts';

const CLIENTS = 5_000;
const [OUTAGE_MS, WATCH_MS, BIN_MS] = [10_000, 90_000, 250];
const LIVE_SHARE = 0.99;

export const herd: Part = async (log) => {
  const results: Record<string, HerdResult> = {};
  for (const jitter of [true, false]) {
    const name = jitter ? 'openslot' : 'without jitter';
    log(`${CLIENTS} clients, ${name}`);
    results[name] = await simulateHerd({ clients: CLIENTS, jitter, outageMs: OUTAGE_MS, watchMs: WATCH_MS });
  }
  const rows: Row[] = Object.entries(results).flatMap(([name, result]) => [
    { what: `${name}: joins, busiest second`, unit: '1/s', measured: peak(result.joins) },
    { what: `${name}: joins, average of the busiest minute`, unit: '1/s', measured: peak(result.joins, 60_000) / 60 },
    { what: `${name}: calls, busiest second`, unit: '1/s', measured: peak(result.calls) },
    { what: `${name}: attempts to connect, busiest second`, unit: '1/s', measured: peak(result.connects) },
    { what: `${name}: joins, most in ${BIN_MS} ms`, unit: 'joins', measured: peak(result.joins, BIN_MS) },
    { what: `${name}: ${LIVE_SHARE * 100} % live after the project is back`, unit: 's', measured: liveAfter(result) },
  ]);
  const plot = (what: 'joins' | 'calls') =>
    drawPlot({
      title: `${what === 'joins' ? 'Joins' : 'Calls'} a second, ${CLIENTS.toLocaleString('en')} widgets, project down from 0 to ${OUTAGE_MS / 1_000} s`,
      x: 'seconds since the project went down',
      y: '1/s',
      series: Object.entries(results).map(([name, result]) => ({
        name,
        points: ratePerSecond(result[what], 60_000, 1_000),
      })),
    });
  return { rows, files: { 'herd-joins.svg': plot('joins'), 'herd-calls.svg': plot('calls') } };
};

/** The largest number of events within any window of that length. */
function peak(times: readonly number[], windowMs = 1_000): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [most, from] = [0, 0];
  sorted.forEach((time, index) => {
    while (time - (sorted[from] ?? time) >= windowMs) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

function liveAfter({ live }: HerdResult): number {
  const back = OUTAGE_MS / 1_000;
  const reached = live.find(([seconds, count]) => seconds > back && count >= CLIENTS * LIVE_SHARE);
  return reached ? reached[0] - back : Infinity;
}
