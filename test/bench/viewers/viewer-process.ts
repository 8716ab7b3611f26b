/** A process of viewers, controlled by messages (protocol.ts). See viewers.ts. */
import { WebSocket } from 'ws';
import { machineNow } from '../report/machine.ts';
import { openBareViewer } from './bare-viewer.ts';
import { openCoreViewer } from './core-viewer.ts';
import { isBroadcast, isPoolRefusal } from './frames.ts';
import type { Reply, Request, ViewersOptions, ViewersReport } from './protocol.ts';
import type { Viewer } from './viewer.ts';

/** So many viewers open at once, as on a busy page; more would only measure their queue. */
const OPENING = 100;

const sockets = new Set<WebSocket>();
let messages = 0;
let refused = 0;

/**
 * Counts messages before the client handles them. It also replaces Node's own WebSocket, which costs several times as much
 * per message: in reality, 5,000 widgets don't share two cores.
 */
class CountingWebSocket extends WebSocket {
  constructor(address: string, protocols?: string[]) {
    super(address, protocols, { perMessageDeflate: false });
    sockets.add(this);
    this.on('close', () => sockets.delete(this));
    this.on('message', (data, isBinary) => {
      if (isBinary && isBroadcast(data)) messages++;
      else if (!isBinary && isPoolRefusal((data as Buffer).toString())) refused++;
    });
  }
}
Object.assign(globalThis, { WebSocket: CountingWebSocket });

const viewers: Viewer[] = [];
const bystanders: Viewer[] = [];

async function open(options: ViewersOptions): Promise<void> {
  await openMany(options.bystanders ?? 0, bystanders, () => openBareViewer(options));
  const openViewer = options.kind === 'core' ? openCoreViewer : openBareViewer;
  await openMany(options.count, viewers, () => openViewer(options));
}

async function openMany(count: number, into: Viewer[], openOne: () => Promise<Viewer>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: OPENING }, async () => {
      while (next++ < count) into.push(await openOne());
    }),
  );
}

function watch(slotId: number, gone: boolean): void {
  const times: number[] = [];
  for (const viewer of viewers) {
    viewer.watch(slotId, gone, () => {
      times.push(machineNow());
      if (times.length === viewers.length) tell({ type: 'seen', times });
    });
  }
  tell({ type: 'watching' });
}

function report(truth: string | null): ViewersReport {
  const different = truth === null ? [] : viewers.filter((viewer) => viewer.picture !== truth);
  return {
    connections: tally(viewers.map((viewer) => viewer.connection)),
    different: different.length,
    wronglyLive: different.filter((viewer) => viewer.connection === 'live').length,
    messages,
    refused,
  };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function tell(reply: Reply): void {
  process.send?.(reply);
}

async function answer(request: Request): Promise<void> {
  if (request.type === 'open') {
    await open(request.options);
    tell({ type: 'opened', count: viewers.length });
  } else if (request.type === 'watch') {
    watch(request.slotId, request.gone);
  } else if (request.type === 'report') {
    tell({ type: 'report', ...report(request.truth) });
  } else if (request.type === 'cut') {
    for (const socket of sockets) socket.terminate();
    tell({ type: 'cut' });
  } else {
    for (const viewer of [...viewers.splice(0), ...bystanders.splice(0)]) viewer.close();
    process.disconnect();
  }
}

process.on('message', (request: Request) => void answer(request));
// The bench has ended, so end this process, too.
process.on('disconnect', () => process.exit());
