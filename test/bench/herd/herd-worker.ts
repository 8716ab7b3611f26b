/**
 * Thousands of clients of the core, with Supabase's own socket client, in one thread and on fake time: they start within a
 * minute, become live, lose their project, and reconnect. The thread is separate because its global timers and socket are
 * fake.
 */
import { mock } from 'node:test';
import { parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '../../../src/core/time/clock.ts';
import { createOpenslotClient } from '../../../src/core/client.ts';
import { seededRandom } from '../../support/fakes/fake-clock.ts';
import type { HerdOptions, HerdResult } from './herd.ts';
import { SimulatedProject, SimulatedSocket } from './simulated-project.ts';

const { clients, jitter, outageMs, watchMs } = workerData as HerdOptions;
const [ARRIVAL_MS, SETTLE_MS] = [60_000, 30_000];
const STEP_MS = 20;

const runEverythingDue = (() => {
  const { setImmediate } = globalThis;
  return () => new Promise((resolve) => setImmediate(resolve));
})();

const project = new SimulatedProject();
SimulatedSocket.project = project;
Object.assign(globalThis, { WebSocket: SimulatedSocket, fetch: project.fetch });
// Load now what the core loads on demand, because loading takes real time.
await Promise.all([
  import('../../../src/core/realtime/connections.ts'),
  import('../../../src/core/supabase/realtime-client.ts'),
]);
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.UTC(2030, 0, 7) });

const random = seededRandom(1);
const clock: Clock = {
  now: () => Date.now(),
  // Without jitter, every wait is its mean: the total wait is the same, but all clients wait equally long.
  random: jitter ? random : () => 0.5,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const calendars = Array.from({ length: clients }, () =>
  createOpenslotClient({ supabaseUrl: 'http://project', supabaseKey: 'sb_publishable_x' }, { clock }).calendar({
    provider: 'provider',
  }),
);
for (const calendar of calendars) setTimeout(() => calendar.subscribe(() => undefined), random() * ARRIVAL_MS);

async function pass(ms: number, eachStep?: () => void): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    mock.timers.tick(STEP_MS);
    await runEverythingDue();
    eachStep?.();
  }
}

const liveClients = () => calendars.filter((calendar) => calendar.getState().connection === 'live').length;

await pass(ARRIVAL_MS + SETTLE_MS);
if (liveClients() !== clients) throw new Error(`Only ${liveClients()} of ${clients} clients are live`);

const stoppedAt = Date.now();
const live: [number, number][] = [];
project.stop();
setTimeout(() => project.start(), outageMs);
let nextLook = 0;
await pass(watchMs, () => {
  const passed = Date.now() - stoppedAt;
  if (passed < nextLook) return;
  nextLook += 500;
  live.push([passed / 1_000, liveClients()]);
});
const since = (times: readonly number[]) => times.map((time) => time - stoppedAt).filter((time) => time >= 0);
const { connects, joins, calls } = project.counted;
const result: HerdResult = { connects: since(connects), joins: since(joins), calls: since(calls), live };
parentPort?.postMessage(result);
