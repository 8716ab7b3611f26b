import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { createRealtime, type Faults, type RealtimeOptions, type RealtimeServer } from '../../index.ts';
import { TestClient } from './client.ts';

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

/** A Realtime server on a free port. */
export class TestServer {
  /** The URL in the form that realtime-js expects. */
  readonly endpoint: string;
  #http: Server;
  #options: RealtimeOptions;
  /** `null` while the server restarts: connections are dropped. */
  #realtime: RealtimeServer | null = null;

  private constructor(http: Server, options: RealtimeOptions) {
    this.endpoint = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/realtime/v1`;
    this.#http = http;
    this.#options = options;
    http.on('upgrade', (request, socket, head) => {
      if (this.#realtime) this.#realtime.upgrade(request, socket, head);
      else socket.destroy();
    });
  }

  static async start(databaseUrl: string, options: Partial<RealtimeOptions> = {}): Promise<TestServer> {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new TestServer(http, {
      databaseUrl,
      jwtSecret: JWT_SECRET,
      publishableKey: PUBLISHABLE_KEY,
      secretKey: SECRET_KEY,
      anonKey: ANON_KEY,
      ...options,
    });
    await server.startRealtime();
    return server;
  }

  get faults(): Faults {
    return this.#realtime!.faults;
  }

  async startRealtime(): Promise<void> {
    const realtime = createRealtime(this.#options);
    await realtime.start();
    this.#realtime = realtime;
  }

  async stopRealtime(): Promise<void> {
    const realtime = this.#realtime;
    this.#realtime = null;
    await realtime?.stop();
  }

  /** URL of a WebSocket; without `vsn` or `apikey` if they are missing. */
  url(params: { vsn?: string; apikey?: string }): string {
    return `${this.endpoint}/websocket?${new URLSearchParams(params)}`;
  }

  /** A bare client of protocol 2.0.0, as `anon` unless the test gives another key. */
  connect(apikey = ANON_KEY): Promise<TestClient> {
    return TestClient.open(this.url({ vsn: '2.0.0', apikey }));
  }

  async stop(): Promise<void> {
    await this.stopRealtime();
    this.#http.close();
  }
}
