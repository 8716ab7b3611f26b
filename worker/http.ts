import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

/** Resolves to null if the worker is healthy, else to a code for the problem. */
export type Check = () => Promise<string | null>;

export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves `/health` for the supervisor that restarts a sick worker, and `/metrics` for Prometheus. Both show only counts and
 * codes.
 */
export async function serveHttp(
  { host, port }: { host: string; port: number },
  health: Check,
  metrics: Metrics,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, '');
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, 'text/plain', '');
    else if (path === '/health') void answerHealth(response, health);
    else if (path === '/metrics') void answerMetrics(response, metrics);
    else answer(response, 404, 'text/plain', '');
  });
  server.listen({ host, port });
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerHealth(response: ServerResponse, health: Check): Promise<void> {
  const problem = await health();
  const body = JSON.stringify(problem ? { status: 'error', problem } : { status: 'ok' });
  answer(response, problem ? 503 : 200, 'application/json', body);
}

async function answerMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  try {
    answer(response, 200, metrics.contentType, await metrics.text());
  } catch {
    answer(response, 503, 'text/plain', 'database_unreachable');
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
