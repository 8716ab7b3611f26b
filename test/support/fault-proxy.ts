/**
 * A proxy between a client and the sandbox that misbehaves on request, as hotel Wi-Fi, sleeping laptops and overloaded
 * gateways do. HTTP requests and WebSocket messages pass unchanged until a test sets a fault.
 */
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

/** What happens to one HTTP request. */
export type HttpFault =
  | 'pass'
  /** The connection closes before the request reaches the server. */
  | 'refuse'
  /** The server does what was asked; its answer never arrives. */
  | 'lose-answer'
  /** Nothing happens until the proxy stops or the client gives up. */
  | 'hang'
  /** The proxy answers in the server's place. */
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  /** The answer is held back until the promise settles. */
  | { readonly answerAfter: Promise<unknown> };

/** What happens to one WebSocket message: it is sent on as often as it is listed. */
export type FrameFault = 'pass' | 'drop' | 'duplicate';

export interface FaultProxy {
  readonly url: string;
  /** Decides about each request by its path, e.g. `/rest/v1/rpc/openslot_book`. */
  http: (path: string) => HttpFault;
  /** Decides about each message, as text (binary broadcasts included). */
  frame: (message: string, direction: 'up' | 'down') => FrameFault;
  /** Sockets stay open, nothing passes in either direction and new ones hang. */
  silent: boolean;
  /** New WebSocket connections are cut. */
  refuseSockets: boolean;
  /** Closes every WebSocket: with a code as the server would, without one as a cut cable would. */
  cutSockets(code?: number): void;
  readonly openSockets: number;
  stop(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const upstream = new URL(target);
  const pairs = new Set<{ down: WebSocket; up: WebSocket }>();
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => void relayHttp(request, response));

  async function relayHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = request.method === 'OPTIONS' ? 'pass' : proxy.http(new URL(request.url ?? '/', target).pathname);
    if (fault === 'hang') return;
    if (fault === 'refuse') {
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'object' && 'status' in fault) {
      request.resume();
      response.writeHead(fault.status, { 'access-control-allow-origin': '*', 'content-type': 'application/json', ...fault.headers });
      response.end(fault.body);
      return;
    }
    const forwarded = httpRequest({
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, host: upstream.host },
    });
    forwarded.on('error', () => request.socket.destroy());
    request.pipe(forwarded);
    const [answer] = (await once(forwarded, 'response').catch(() => [])) as [IncomingMessage?];
    if (!answer) return;
    if (fault === 'lose-answer') {
      answer.resume();
      await once(answer, 'end').catch(() => undefined);
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'object') await fault.answerAfter.catch(() => undefined);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  }

  server.on('upgrade', (request, socket, head) => {
    if (proxy.refuseSockets) {
      socket.destroy();
      return;
    }
    if (proxy.silent) return;
    sockets.handleUpgrade(request, socket, head, (down) => {
      const up = new WebSocket(new URL(request.url ?? '/', target.replace(/^http/, 'ws')), {
        headers: { 'user-agent': request.headers['user-agent'] ?? '' },
      });
      const pair = { down, up };
      pairs.add(pair);
      const waiting: [RawData, boolean][] = [];
      const send = (to: WebSocket, data: RawData, binary: boolean, direction: 'up' | 'down') => {
        if (proxy.silent) return;
        const fault = proxy.frame(textOf(data), direction);
        const times = fault === 'drop' ? 0 : fault === 'duplicate' ? 2 : 1;
        for (let i = 0; i < times && to.readyState === WebSocket.OPEN; i++) to.send(data, { binary });
      };
      down.on('message', (data, binary) => {
        if (up.readyState === WebSocket.CONNECTING) waiting.push([data, binary]);
        else send(up, data, binary, 'up');
      });
      up.on('open', () => waiting.forEach(([data, binary]) => send(up, data, binary, 'up')));
      up.on('message', (data, binary) => send(down, data, binary, 'down'));
      up.on('close', (code, reason) => end(down, code, reason));
      down.on('close', (code, reason) => end(up, code, reason));
      const forget = () => {
        pairs.delete(pair);
        down.terminate();
        up.terminate();
      };
      up.on('error', forget);
      down.on('error', forget);
      up.on('close', () => pairs.delete(pair));
    });
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    http: () => 'pass',
    frame: () => 'pass',
    silent: false,
    refuseSockets: false,
    cutSockets(code) {
      for (const { down, up } of pairs) {
        if (code === undefined) down.terminate();
        else down.close(code);
        up.terminate();
      }
      pairs.clear();
    },
    get openSockets() {
      return pairs.size;
    },
    async stop() {
      proxy.cutSockets();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Passes a close on where its code may be sent; codes such as 1006 only exist as the lack of a close frame. */
function end(socket: WebSocket, code: number, reason: Buffer): void {
  const sendable = code === 1000 || (code >= 1001 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;
  if (sendable) socket.close(code, reason);
  else socket.terminate();
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');
}
