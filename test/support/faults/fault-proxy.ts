/**
 * A proxy between a client and the sandbox that misbehaves on request, as hotel Wi-Fi, sleeping laptops and overloaded
 * gateways do. HTTP requests and WebSocket messages pass unchanged until a test sets a fault.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpFault, relayHttp } from './fault-http.ts';
import { type FrameFault, SocketRelay } from './fault-sockets.ts';

export { type HttpFault, skewServerTime } from './fault-http.ts';
export type { FrameFault } from './fault-sockets.ts';

export interface FaultProxy {
  readonly url: string;
  /** Decides about each request by its path, e.g. `/rest/v1/rpc/openslot_book`. */
  http: (path: string) => HttpFault;
  /** Decides about each WebSocket message, as text (binary broadcasts included). */
  frame: (message: string, direction: 'up' | 'down') => FrameFault;
  /** WebSockets stay open, nothing passes in either direction and new ones hang. HTTP goes on. */
  silent: boolean;
  /** New WebSocket connections are cut, or answered with this HTTP status in place of an upgrade. */
  refuseSockets: boolean | number;
  /** How fast answers and, from their opening on, WebSockets trickle. Messages of a slow one can't be looked into. */
  bytesPerSecond: number;
  /** Replaces parameters of the address of WebSockets that are opened from now on, e.g. `apikey`. */
  socketParameters: Readonly<Record<string, string>>;
  /** Closes every WebSocket: with a code as the server would, without one as a cut cable would. */
  cutSockets(code?: number): void;
  /** Those WebSockets that are open now stay open, and nothing passes any more. New ones are well. */
  silenceSockets(): void;
  /**
   * Says something to every client that joined a topic, in the server's name.
   * @param topic without its prefix `realtime:`
   * @param joinRef in place of that of the client's latest join
   */
  say(topic: string, event: string, payload: object, joinRef?: string): void;
  readonly openSockets: number;
  /** Requests that the server is answering or may still get. */
  readonly openRequests: number;
  /** Paths of requests that the client gave up before they were answered, though nothing was wrong with the network. */
  readonly givenUp: readonly string[];
  stop(): Promise<void>;
}

/** @param target URL of the sandbox */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', target).pathname;
    const fault = request.method === 'OPTIONS' ? 'pass' : proxy.http(path);
    openRequests++;
    response.once('close', () => {
      if (fault === 'pass' && !response.writableFinished) givenUp.push(path);
    });
    void relayHttp(target, request, response, fault, proxy.bytesPerSecond).finally(() => openRequests--);
  });
  let openRequests = 0;
  const givenUp: string[] = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    http: () => 'pass',
    frame: () => 'pass',
    silent: false,
    refuseSockets: false,
    bytesPerSecond: Infinity,
    socketParameters: {},
    cutSockets: (code) => relay.cut(code),
    silenceSockets: () => relay.silence(),
    say: (topic, event, payload, joinRef) => relay.say(`realtime:${topic}`, event, payload, joinRef),
    get openSockets() {
      return relay.open;
    },
    get openRequests() {
      return openRequests;
    },
    givenUp,
    async stop() {
      relay.cut();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const relay = new SocketRelay(target, proxy);
  server.on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
  return proxy;
}
