import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { TestClient } from './client.ts';
import { createRealtime, type RealtimeOptions, type RealtimeServer } from '../../index.ts';

const JWT_SECRET = 'a-secret-that-only-these-tests-use-0123456789';
export const PUBLISHABLE_KEY = 'sb_publishable_test';
export const SECRET_KEY = 'sb_secret_test';

export function signToken(claims: Record<string, unknown>, secret = JWT_SECRET): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret));
}

/** Value of `exp`. `now` is in milliseconds since 1970. */
export function inSeconds(seconds: number, now = Date.now()): number {
  return Math.floor(now / 1000) + seconds;
}

export const ANON_KEY = await signToken({ iss: 'supabase', role: 'anon', exp: Date.UTC(2100, 0) / 1000 });

/** A Realtime server on a free port of its own. */
export class TestServer {
  /** As realtime-js takes it. */
  readonly endpoint: string;
  readonly realtime: RealtimeServer;
  #http: Server;

  private constructor(http: Server, realtime: RealtimeServer) {
    this.endpoint = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/realtime/v1`;
    this.realtime = realtime;
    this.#http = http;
  }

  static async start(databaseUrl: string, options: Partial<RealtimeOptions> = {}, port = 0): Promise<TestServer> {
    const realtime = createRealtime({
      databaseUrl,
      jwtSecret: JWT_SECRET,
      publishableKey: PUBLISHABLE_KEY,
      secretKey: SECRET_KEY,
      anonKey: ANON_KEY,
      ...options,
    });
    await realtime.start();
    const http = createServer().on('upgrade', (request, socket, head) => realtime.upgrade(request, socket, head));
    await once(http.listen(port, '127.0.0.1'), 'listening');
    return new TestServer(http, realtime);
  }

  /** URL of a WebSocket; without `vsn` or `apikey` where they are left out. */
  url(params: { vsn?: string; apikey?: string }): string {
    return `${this.endpoint}/websocket?${new URLSearchParams(params)}`;
  }

  /** A bare client of protocol 2.0.0, as `anon` unless another key is given. */
  connect(apikey = ANON_KEY): Promise<TestClient> {
    return TestClient.open(this.url({ vsn: '2.0.0', apikey }));
  }

  async stop(): Promise<void> {
    await this.realtime.stop();
    this.#http.close();
  }
}
