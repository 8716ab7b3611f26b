/** What can go wrong with WebSockets, for the fault proxy. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import type { FaultProxy } from './fault-proxy.ts';
import { trickle } from './trickle.ts';

/** What happens to one WebSocket message. */
export type FrameFault =
  | 'pass'
  | 'drop'
  | 'duplicate'
  /** It arrives once the promise settles; those behind it don't wait. */
  | { readonly after: Promise<unknown> };

interface Relayed {
  /** Refs of the client's latest joins, by topic. */
  readonly joins: Map<string, string>;
  say(message: string): void;
  cut(code?: number): void;
  /** Leaves it open on both sides, and nothing passes any more, not even the handshake of its closing. */
  silence(): void;
}

type Faults = Pick<FaultProxy, 'frame' | 'silent' | 'refuseSockets' | 'bytesPerSecond' | 'socketParameters'>;

export class SocketRelay {
  private readonly target: URL;
  private readonly faults: Faults;
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly relayed = new Set<Relayed>();
  /** Those that hang in their opening. */
  private readonly hanging = new Set<Duplex>();

  constructor(target: string, faults: Faults) {
    this.target = new URL(target.replace(/^http/, 'ws'));
    this.faults = faults;
  }

  get open(): number {
    return this.relayed.size;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { refuseSockets, silent, bytesPerSecond } = this.faults;
    socket.on('error', () => socket.destroy());
    if (refuseSockets === true) socket.destroy();
    else if (refuseSockets !== false) refuse(socket, refuseSockets);
    else if (silent) this.hang(socket);
    else if (bytesPerSecond < Infinity) this.tunnel(request, socket, bytesPerSecond);
    else this.server.handleUpgrade(request, socket, head, (down) => this.relay(request, down));
  }

  cut(code?: number): void {
    for (const relayed of [...this.relayed]) relayed.cut(code);
    for (const socket of this.hanging) socket.destroy();
  }

  silence(): void {
    for (const relayed of this.relayed) relayed.silence();
  }

  say(topic: string, event: string, payload: object, joinRef?: string): void {
    for (const { joins, say } of this.relayed) {
      const ref = joinRef ?? joins.get(topic);
      if (!joins.has(topic) || ref === undefined) continue;
      // The last message of a channel carries the ref of its join.
      say(JSON.stringify([ref, event === 'phx_close' ? ref : null, topic, event, payload]));
    }
  }

  private hang(socket: Duplex): void {
    this.hanging.add(socket);
    socket.on('close', () => this.hanging.delete(socket));
  }

  private relay(request: IncomingMessage, down: WebSocket): void {
    const up = new WebSocket(this.address(request), { headers: { 'user-agent': request.headers['user-agent'] ?? '' } });
    const joins = new Map<string, string>();
    let silent = false;
    const relayed: Relayed = {
      joins,
      silence() {
        silent = true;
        down.pause();
      },
      say: (message) => down.send(message),
      cut(code) {
        up.off('close', passOn);
        if (code === undefined) down.terminate();
        else down.close(code);
        up.terminate();
      },
    };
    const passOn = (code: number, reason: Buffer) => end(down, code, reason);
    this.relayed.add(relayed);

    const pass = (to: WebSocket, data: RawData, binary: boolean, direction: 'up' | 'down') => {
      if (!silent && !this.faults.silent) this.pass(to, data, binary, direction);
    };
    const waiting: (() => void)[] = [];
    down.on('message', (data, binary) => {
      noteJoin(joins, textOf(data));
      if (up.readyState === WebSocket.CONNECTING) waiting.push(() => pass(up, data, binary, 'up'));
      else pass(up, data, binary, 'up');
    });
    up.on('open', () => waiting.forEach((send) => send()));
    up.on('message', (data, binary) => pass(down, data, binary, 'down'));
    up.on('close', passOn);
    down.on('close', (code, reason) => {
      this.relayed.delete(relayed);
      end(up, code, reason);
    });
    const drop = () => {
      down.terminate();
      up.terminate();
    };
    up.on('error', drop);
    down.on('error', drop);
  }

  private pass(to: WebSocket, data: RawData, binary: boolean, direction: 'up' | 'down'): void {
    const send = () => {
      if (to.readyState === WebSocket.OPEN) to.send(data, { binary });
    };
    const fault = this.faults.frame(textOf(data), direction);
    if (typeof fault === 'object') void fault.after.then(send, send);
    else if (fault !== 'drop') send();
    if (fault === 'duplicate') send();
  }

  /** Below the WebSocket, where bytes can be counted. */
  private tunnel(request: IncomingMessage, down: Duplex, bytesPerSecond: number): void {
    const { pathname, search } = this.address(request);
    const up = connect(Number(this.target.port), this.target.hostname);
    const relayed: Relayed = {
      joins: new Map(),
      silence: () => down.pause(),
      say: () => undefined,
      cut: () => down.destroy(),
    };
    this.relayed.add(relayed);
    const ended = () => {
      this.relayed.delete(relayed);
      up.destroy();
      down.destroy();
    };
    up.write(`GET ${pathname}${search} HTTP/1.1\r\n${headerLines(request)}\r\n\r\n`);
    pipeline(down, trickle(bytesPerSecond), up, ended);
    pipeline(up, trickle(bytesPerSecond), down, ended);
  }

  private address(request: IncomingMessage): URL {
    const url = new URL(request.url ?? '/', this.target);
    for (const [name, value] of Object.entries(this.faults.socketParameters)) url.searchParams.set(name, value);
    return url;
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** `[join_ref, ref, topic, event, payload]` */
function noteJoin(joins: Map<string, string>, message: string): void {
  if (!message.includes('"phx_join"')) return;
  const [joinRef, , topic] = JSON.parse(message) as [string, string, string];
  joins.set(topic, joinRef);
}

function headerLines({ rawHeaders }: IncomingMessage): string {
  return rawHeaders
    .map((text, index) => (index % 2 === 0 ? `${text}: ${rawHeaders[index + 1]}` : ''))
    .filter(Boolean)
    .join('\r\n');
}

/** Passes a close on where its code may be sent; codes such as 1006 only exist as the lack of a close frame. */
function end(socket: WebSocket, code: number, reason: Buffer): void {
  const sendable =
    code === 1000 || (code >= 1001 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;
  if (sendable) socket.close(code, reason);
  else socket.terminate();
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');
}
