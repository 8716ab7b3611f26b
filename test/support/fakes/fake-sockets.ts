/**
 * The page's WebSockets and timers in the hands of a test: Supabase's own client runs over them in fake time, against a
 * Realtime server that can be gone, or wait for its database.
 */
import type { FakeClock } from './fake-clock.ts';

const TRIP_MS = 5;

type Frame = readonly [joinRef: string | null, ref: string | null, topic: string, event: string, payload: object];

export class FakeServer {
  /** No server answers at its address. */
  gone = false;
  /** Ms that a join takes; until then nothing else on its socket is answered. */
  joinTakes = 0;
  joins: 'ok' | 'error' = 'ok';
  /** When sockets were opened, and when joins were requested, by the clock. */
  readonly openings: number[] = [];
  readonly joinings: number[] = [];
  private readonly sockets = new Set<FakeSocket>();
  private readonly clock: FakeClock;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  /** Sockets that are open stay so, and nothing passes any more, not even the handshake of their closing. */
  silence(): void {
    for (const socket of this.sockets) socket.silent = true;
  }

  /** Ends every socket, as a server that is killed does. */
  end(): void {
    for (const socket of [...this.sockets]) socket.end(1006);
  }

  /** Sends a message to every client that joined a topic. */
  broadcast(topic: string, event: string, payload: object): void {
    for (const socket of this.sockets) {
      if (socket.topics.has(`realtime:${topic}`))
        socket.receive([null, null, `realtime:${topic}`, 'broadcast', { type: 'broadcast', event, payload }]);
    }
  }

  open(socket: FakeSocket): void {
    this.openings.push(this.clock.now());
    this.clock.after(TRIP_MS, () => {
      if (this.gone) socket.end(1006);
      else if (socket.readyState === WebSocket.CONNECTING) {
        this.sockets.add(socket);
        socket.opened();
      }
    });
  }

  leave(socket: FakeSocket): void {
    this.sockets.delete(socket);
  }

  /** When a message that came now would be answered, and its answer. */
  answer([joinRef, ref, topic, event]: Frame, socket: FakeSocket): readonly [ms: number, answer: Frame] {
    const reply = (status: string): Frame => [joinRef, ref, topic, 'phx_reply', { status, response: {} }];
    if (event !== 'phx_join') return [TRIP_MS, reply('ok')];
    this.joinings.push(this.clock.now());
    if (this.joins === 'ok') socket.topics.add(topic);
    return [TRIP_MS + this.joinTakes, reply(this.joins)];
  }
}

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  readonly bufferedAmount = 0;
  readonly topics = new Set<string>();
  silent = false;
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  private busyUntil = 0;
  private readonly server: FakeServer;
  private readonly clock: FakeClock;

  constructor(server: FakeServer, clock: FakeClock) {
    this.server = server;
    this.clock = clock;
    server.open(this);
  }

  send(message: string): void {
    const [ms, answer] = this.server.answer(JSON.parse(message) as Frame, this);
    // One message after the other.
    this.busyUntil = Math.max(this.busyUntil, this.clock.now()) + ms;
    this.clock.after(this.busyUntil - this.clock.now(), () => this.receive(answer));
  }

  close(code = 1005): void {
    if (this.silent) this.readyState = WebSocket.CLOSING;
    else this.end(code);
  }

  opened(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen();
  }

  receive(frame: Frame): void {
    if (this.readyState === WebSocket.OPEN && !this.silent) this.onmessage({ data: JSON.stringify(frame) });
  }

  end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.server.leave(this);
    this.onclose({ code });
  }
}

/** @returns the server that every WebSocket reaches from now on, and what gives the page its own ones back */
export function fakeSockets(clock: FakeClock): { server: FakeServer; restore: () => void } {
  const { WebSocket: nativeSocket, setTimeout: nativeSet, clearTimeout: nativeClear } = window;
  const server = new FakeServer(clock);
  const cancels = new Map<number, () => void>();
  let timers = 0;
  class PageSocket extends FakeSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    constructor() {
      super(server, clock);
    }
  }
  Object.assign(window, {
    WebSocket: PageSocket,
    setTimeout(run: () => void, ms = 0) {
      cancels.set(++timers, clock.after(ms, run));
      return timers;
    },
    clearTimeout: (timer: number) => cancels.get(timer)?.(),
  });
  return {
    server,
    restore: () => Object.assign(window, { WebSocket: nativeSocket, setTimeout: nativeSet, clearTimeout: nativeClear }),
  };
}
