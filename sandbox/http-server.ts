import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Gateway } from './api/gateway.ts';

/** Additional pages, tried before the APIs. Resolves to whether they answered the request. */
export type Routes = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** WebSockets of one's own. Returns whether it took the request. */
export type Upgrades = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

export interface Site {
  gateway: Gateway;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  routes: Routes | undefined;
  upgrades: Upgrades | undefined;
}

export interface HttpServer {
  url: string;
  /** From now on requests are answered; before, with 503. */
  open(site: Site): void;
  /** Accepts no more requests. Resolves when the last connection has ended, WebSockets included; clients end those themselves. */
  stop(): Promise<void>;
}

/** Another program has the requested port. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is taken by another program.`);
    this.name = 'PortTakenError';
    this.port = port;
  }
}

const HOST = '127.0.0.1';
const REALTIME = '/realtime/v1/websocket';
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Takes the sandbox's one port, on loopback only. It does so before the servers behind it start, so that a taken port shows
 * at once.
 * @param port 0 for any free one
 * @throws {PortTakenError}
 */
export async function listen(port: number): Promise<HttpServer> {
  let site: Site | null = null;
  const server = createServer((request, response) => {
    if (!site) return void response.writeHead(503).end();
    answer(site, request, response).catch((error: unknown) => {
      // Requests that were under way at the stop have no client any more, so their errors are not logged.
      if (site) console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (site && pathOf(request) === REALTIME) site.upgrade(request, socket, head);
    else if (!site?.upgrades?.(request, socket, head))
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  // Idle connections stay open: after the default of 5 s, a busy process closes them although requests wait in them.
  server.keepAliveTimeout = 0;
  // 5,000 clients may connect at once.
  server.listen({ host: HOST, port, backlog: 4096 });
  await once(server, 'listening').catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTakenError(port) : error;
  });
  const closed = once(server, 'close');
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    open(opened) {
      site = opened;
    },
    async stop() {
      site = null;
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (await site.routes?.(request, response)) return;
  const url = URL.parse(request.url ?? '/', `http://${HOST}:${request.socket.localPort}`);
  if (!url) return void response.writeHead(400).end();
  const body = await readBody(request);
  if (!body) return void response.writeHead(413).end();
  const answered = await site.gateway.handle({
    method: request.method ?? 'GET',
    url,
    headers: singleHeaders(request),
    body,
    peer: request.socket.remoteAddress ?? HOST,
  });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').replace(/\?.*$/, '');
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Without the headers of the connection itself, which end at a proxy. */
function singleHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'te',
  'trailer',
]);
