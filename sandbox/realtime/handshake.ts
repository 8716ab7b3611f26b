import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Protocol } from './frames.ts';
import type { Bearer } from './join.ts';
import type { RealtimeOptions } from './options.ts';
import { TokenError, type Tokens } from './tokens.ts';

const PATH = '/realtime/v1/websocket';

/** Answers an upgrade request with an HTTP error instead of a WebSocket. */
export class ConnectionRefused extends Error {
  readonly status: number;
  /** The real server delays these answers (`Timings.connectError`), to slow down clients that retry. */
  readonly isDelayed: boolean;

  constructor(status: number, message = '') {
    super(message);
    this.status = status;
    this.isDelayed = message !== '';
  }

  answer(socket: Duplex): void {
    const body = this.message && JSON.stringify({ error: this.message });
    const head = [
      `HTTP/1.1 ${this.status} ${STATUS_CODES[this.status]}`,
      'cache-control: max-age=0, private, must-revalidate',
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
}

/** Reads the client's identity and protocol from the request. */
export class Handshake {
  #options: RealtimeOptions;
  #tokens: Tokens;

  constructor(options: RealtimeOptions, tokens: Tokens) {
    this.#options = options;
    this.#tokens = tokens;
  }

  /** @throws {ConnectionRefused} */
  async accept(request: IncomingMessage): Promise<{ protocol: Protocol; bearer: Bearer }> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== PATH) throw new ConnectionRefused(404);
    const protocol = url.searchParams.get('vsn') ?? '1.0.0';
    if (protocol !== '1.0.0' && protocol !== '2.0.0') throw new ConnectionRefused(403);
    const key = request.headers['x-api-key'] ?? request.headers['apikey'] ?? url.searchParams.get('apikey');
    if (typeof key !== 'string') throw new ConnectionRefused(401, 'API key is missing');
    return { protocol, bearer: await this.#identify(key) };
  }

  /** A hosted project's gateway exchanges the new keys for short-lived tokens; clients never see these tokens. */
  async #identify(key: string): Promise<Bearer> {
    const { publishableKey, secretKey, anonKey } = this.#options;
    try {
      if (key === publishableKey) return { token: key, claims: await this.#tokens.issue(anonKey, 'anon') };
      if (key === secretKey) return { token: key, claims: await this.#tokens.issue(anonKey, 'service_role') };
      return { token: key, claims: await this.#tokens.verify(key) };
    } catch (error) {
      if (error instanceof TokenError) throw new ConnectionRefused(401, error.onConnect);
      throw error;
    }
  }
}
