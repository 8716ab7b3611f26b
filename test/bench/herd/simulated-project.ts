/**
 * A project as 5,000 clients see it: sockets that open, close and join, functions that answer or fail. It has no slots; it
 * counts the requests. All its delays use the global timers, which are fake here.
 */

/** Ms of a round trip. */
const ROUND_TRIP_MS = 60;
/** Seconds that the database requests between two checks of one of 5,000 viewers. */
const CHECK_AFTER_SECONDS = 100;
const SERVICE_RESTART = 1012;
const ABNORMAL_CLOSURE = 1006;

type Frame = [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: { event?: string; config?: { presence?: { key?: string } } },
];

export interface Counted {
  /** Epoch ms of each attempt to connect, join of a channel, and call of a function. */
  readonly connects: number[];
  readonly joins: number[];
  readonly calls: number[];
}

export class SimulatedProject {
  readonly counted: Counted = { connects: [], joins: [], calls: [] };
  readonly sockets = new Set<SimulatedSocket>();
  /** Presence keys of the tracked clients, and the sockets on the viewers' topic. */
  readonly tracked = new Map<string, SimulatedSocket>();
  readonly watching = new Set<SimulatedSocket>();
  isUp = true;

  /** Closes every socket and refuses all requests until `start`. */
  stop(): void {
    this.isUp = false;
    for (const socket of [...this.sockets]) socket.drop(SERVICE_RESTART);
  }

  start(): void {
    this.isUp = true;
  }

  /** Replaces `fetch`. */
  readonly fetch = (async (address: string) => {
    this.counted.calls.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, ROUND_TRIP_MS));
    if (!this.isUp) return { ok: false, status: 503, text: () => Promise.resolve('') };
    const times = { runs: [], full_days: [] };
    const moment = { ...times, revision: 1, announced_revision: 1, server_time: new Date().toISOString() };
    const answer = address.endsWith('openslot_calendar')
      ? { ...moment, schema_version: 2, provider: { id: 'provider', slot_minutes: 20 }, services: [] }
      : { ...moment, after: 1, slot_minutes: 20, check_after_seconds: CHECK_AFTER_SECONDS };
    return { ok: true, status: 200, text: () => Promise.resolve(JSON.stringify(answer)) };
  }) as unknown as typeof fetch;

  receive(socket: SimulatedSocket, [joinRef, ref, topic, event, payload]: Frame): void {
    const reply = () =>
      socket.push([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: { postgres_changes: [] } }]);
    const isViewers = topic.startsWith('realtime:openslot:viewers:');
    if (event === 'phx_join') {
      this.counted.joins.push(Date.now());
      reply();
      if (!isViewers) return;
      this.watching.add(socket);
      socket.presenceKey = payload.config?.presence?.key ?? '';
      const state = Object.fromEntries([...this.tracked.keys()].map((key) => [key, { metas: [{ phx_ref: key }] }]));
      socket.push([joinRef, null, topic, 'presence_state', state]);
    } else if (event === 'phx_leave') {
      reply();
      if (isViewers) this.leaveViewers(socket);
    } else if (event === 'presence') {
      reply();
      this.tracked.set(socket.presenceKey, socket);
      this.#tellViewers(topic, {
        joins: { [socket.presenceKey]: { metas: [{ phx_ref: socket.presenceKey }] } },
        leaves: {},
      });
    } else if (event === 'heartbeat') {
      reply();
    }
  }

  leaveViewers(socket: SimulatedSocket): void {
    this.watching.delete(socket);
    if (!this.tracked.delete(socket.presenceKey) || !this.isUp) return;
    const gone = { [socket.presenceKey]: { metas: [{ phx_ref: socket.presenceKey }] } };
    this.#tellViewers('realtime:openslot:viewers:provider', { joins: {}, leaves: gone });
  }

  #tellViewers(topic: string, diff: unknown): void {
    for (const socket of this.watching) socket.push([null, null, topic, 'presence_diff', diff]);
  }
}

/** The part of a WebSocket that the client library uses. */
export class SimulatedSocket {
  static project: SimulatedProject;

  readyState = 0;
  binaryType = 'arraybuffer';
  bufferedAmount = 0;
  presenceKey = '';
  onopen: () => void = () => undefined;
  onerror: (event: unknown) => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number; reason: string; wasClean: boolean }) => void = () => undefined;

  constructor() {
    const { project } = SimulatedSocket;
    project.counted.connects.push(Date.now());
    setTimeout(() => {
      if (this.readyState !== 0) return;
      if (!project.isUp) {
        this.onerror({ type: 'error' });
        this.drop(ABNORMAL_CLOSURE);
        return;
      }
      this.readyState = 1;
      project.sockets.add(this);
      this.onopen();
    }, ROUND_TRIP_MS);
  }

  send(data: string): void {
    setTimeout(() => {
      if (this.readyState === 1) SimulatedSocket.project.receive(this, JSON.parse(data) as Frame);
    }, ROUND_TRIP_MS / 2);
  }

  push(frame: unknown[]): void {
    setTimeout(() => {
      if (this.readyState === 1) this.onmessage({ data: JSON.stringify(frame) });
    }, ROUND_TRIP_MS / 2);
  }

  close(code = 1000): void {
    this.drop(code);
  }

  drop(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    const { project } = SimulatedSocket;
    project.sockets.delete(this);
    project.leaveViewers(this);
    this.onclose({ code, reason: '', wasClean: code !== ABNORMAL_CLOSURE });
  }
}
