/** The work of a patient's browser: until times are painted, when one slot changes, and over a long visit. */
import { type Bench, BenchPage, openBench, type Work } from '../browser/bench-page.ts';
import {
  addWidgets,
  countChangedNodes,
  installMounting,
  mountAndUnmount,
  notePainting,
  requestsBeforePainting,
  type Widget,
} from '../browser/in-page.ts';
import { addProvider, openSlots } from '../provider.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf } from '../report/spread.ts';

const [ROUND_TRIP_MS, COLD_STARTS] = [150, 15];
/** 53 days of 96 slots. */
const BIG = { slug: 'thousands', slotMinutes: 15, windowDays: 53 };
const [CHANGES, SETTLE_MS, MOST_NODES] = [40, 800, 20];
const WIDGETS = 200;
const MOUNTS = 1_000;
const FLAT_MB = 0.25;
/** A calendar lives for a second after the last widget has left, its socket for a few heartbeats at most. */
const [GRACE_MS, PATIENCE_MS] = [2_000, 40_000];

export const browser: Part = async (log) => {
  const bench = await openBench(log);
  try {
    log(`${COLD_STARTS} cold starts`);
    const cold = await coldStarts(bench);
    log('one slot of 5,000 changes');
    const change = await oneSlotChanges(bench);
    log(`${WIDGETS} widgets`);
    const many = await manyWidgets(bench);
    log(`${MOUNTS} mounts`);
    return { rows: [...cold, ...change, ...many, ...(await longVisit(bench))] };
  } finally {
    await bench.stop();
  }
};

async function coldStarts(bench: Bench): Promise<Row[]> {
  const painted: number[] = [];
  let requests = { scripts: 0, calls: 0 };
  for (let start = 0; start <= COLD_STARTS; start++) {
    const tab = await BenchPage.open(bench);
    await tab.slowDown(ROUND_TRIP_MS);
    await tab.page.addInitScript(notePainting);
    await tab.page.goto(`${bench.sandbox.url}/widget`);
    const paintedAt = await tab.page.waitForFunction(() => window.paintedAt);
    // The first visit fills the server's caches, so it doesn't count.
    if (start > 0) painted.push((await paintedAt.jsonValue())!);
    requests = await tab.page.evaluate(requestsBeforePainting);
    await tab.close();
  }
  const note = `cold, ${ROUND_TRIP_MS} ms a round trip, a page with nothing else`;
  return [
    { what: 'navigation -> times painted', unit: 'ms', measured: spreadOf(painted), note },
    {
      what: 'scripts requested before times are painted',
      unit: 'requests',
      measured: requests.scripts,
      budget: atMost(2, requests.scripts, '1 script (+1 chunk)'),
    },
    {
      what: 'calls before times are painted',
      unit: 'requests',
      measured: requests.calls,
      budget: atMost(1, requests.calls, '1 RPC'),
    },
  ];
}

async function oneSlotChanges(bench: Bench): Promise<Row[]> {
  const { query } = bench.sandbox;
  const providerId = await addProvider(query, BIG);
  const [slot] = await openSlots(query, providerId, 1);
  const tab = await openBare(bench);
  await tab.page.evaluate(addWidgets, { ...widgetOf(bench, BIG.slug), count: 1 });
  await tab.pause(GRACE_MS);
  await tab.page.evaluate(countChangedNodes);
  const visitor = crypto.randomUUID();
  const nodes: number[] = [];
  const works: Work[] = [];
  for (let change = 0; change < CHANGES; change++) {
    await tab.page.evaluate(() => (window.changedNodes = 0));
    const before = await tab.worked();
    if (change % 2 === 0) await query(`select openslot_hold($1, 'visit', $2, $3)`, [BIG.slug, slot!.start, visitor]);
    else await query('select openslot_release($1)', [visitor]);
    await tab.pause(SETTLE_MS);
    const after = await tab.worked();
    works.push({
      script: after.script - before.script,
      drawing: after.drawing - before.drawing,
      all: after.all - before.all,
    });
    nodes.push((await tab.page.evaluate(() => window.changedNodes))!);
  }
  await query('select openslot_release($1)', [visitor]);
  await tab.close();
  const what = 'one slot of 5,000 changes';
  const note = 'thread time; a time on the page is held, or let go of';
  const changed = spreadOf(nodes);
  return [
    { what: `${what}: script`, unit: 'ms', measured: spreadOf(works.map(({ script }) => script)), note },
    { what: `${what}: style and layout`, unit: 'ms', measured: spreadOf(works.map(({ drawing }) => drawing)) },
    {
      what: `${what}: main thread in all, the animation's frames included`,
      unit: 'ms',
      measured: spreadOf(works.map(({ all }) => all)),
    },
    {
      what: `${what}: DOM nodes added or removed`,
      unit: 'nodes',
      measured: changed,
      budget: atMost(MOST_NODES, changed.max, `no full re-render: <= ${MOST_NODES}`),
    },
  ];
}

async function manyWidgets(bench: Bench): Promise<Row[]> {
  const tab = await openBare(bench);
  const widget = widgetOf(bench);
  const empty = await tab.memory();
  await tab.page.evaluate(addWidgets, { ...widget, count: 1 });
  await tab.pause(GRACE_MS);
  const one = await tab.memory();
  await tab.page.evaluate(addWidgets, { ...widget, count: WIDGETS - 1 });
  await tab.pause(GRACE_MS);
  const all = await tab.memory();
  const { sockets } = tab;
  await tab.close();
  return [
    { what: 'first widget on a page: JavaScript heap', unit: 'MB', measured: one.heapMb - empty.heapMb },
    { what: `${WIDGETS} widgets on a page: JavaScript heap`, unit: 'MB', measured: all.heapMb - empty.heapMb },
    { what: 'each further one', unit: 'KB', measured: ((all.heapMb - one.heapMb) * 1_000) / (WIDGETS - 1) },
    {
      what: `${WIDGETS} widgets on a page: sockets`,
      unit: 'sockets',
      measured: sockets,
      budget: atMost(1, sockets, '1, shared'),
    },
  ];
}

async function longVisit(bench: Bench): Promise<Row[]> {
  const tab = await openBare(bench);
  const widget = widgetOf(bench);
  const visit = async (times: number) => {
    await tab.page.evaluate(mountAndUnmount, { ...widget, times });
    await tab.pause(GRACE_MS);
    return tab.memory();
  };
  // The first thousand mounts include code and data that are kept afterwards, so they don't count.
  const first = await visit(MOUNTS);
  const last = await visit(MOUNTS);
  const grown = last.heapMb - first.heapMb;
  const nodes = last.nodes - first.nodes;
  for (let waited = 0; tab.sockets > 0 && waited < PATIENCE_MS; waited += GRACE_MS) await tab.pause(GRACE_MS);
  const { sockets } = tab;
  await tab.close();
  const note = `after ${MOUNTS} before them; heap then ${first.heapMb.toFixed(2)} MB`;
  return [
    {
      what: `heap growth over ${MOUNTS} mounts and unmounts`,
      unit: 'MB',
      measured: grown,
      budget: atMost(FLAT_MB, grown, `flat: <= ${FLAT_MB} MB`),
      note,
    },
    {
      what: `DOM nodes left by ${MOUNTS} mounts and unmounts`,
      unit: 'nodes',
      measured: nodes,
      budget: atMost(0, nodes, '0'),
    },
    {
      what: 'sockets left afterwards, and channels with them',
      unit: 'sockets',
      measured: sockets,
      budget: atMost(0, sockets, '0'),
    },
  ];
}

async function openBare(bench: Bench): Promise<BenchPage> {
  const tab = await BenchPage.open(bench);
  await tab.page.addInitScript(installMounting);
  await tab.page.goto(`${bench.sandbox.url}/bare`);
  return tab;
}

function widgetOf({ sandbox }: Bench, provider = 'mira-lindqvist'): Widget {
  return { url: sandbox.url, key: sandbox.publishableKey, provider };
}
