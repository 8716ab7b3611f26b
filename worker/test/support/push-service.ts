import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ece from 'http_ece';

export interface ReceivedPush {
  readonly message: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The claims of the sender's token. The service has checked its signature. */
  readonly claims: Record<string, unknown>;
}

/** A push service and the browser behind it: it checks the sender, decrypts the message, and answers with `status`. */
export class PushService {
  readonly received: ReceivedPush[] = [];
  status = 201;
  readonly #browser = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly #server: Server;

  private constructor() {
    this.#browser.generateKeys();
    this.#server = createServer((request, response) => {
      void buffer(request).then((body) => {
        if (this.status < 300) this.received.push(this.#open(body, request.headers));
        response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<PushService> {
    const service = new PushService();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The result of `PushSubscription.toJSON()` in that browser. */
  subscription(path = '/push'): object {
    return {
      endpoint: `${this.origin}${path}`,
      expirationTime: null,
      keys: { p256dh: this.#browser.getPublicKey('base64url'), auth: this.#auth.toString('base64url') },
    };
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #open(body: Buffer, headers: ReceivedPush['headers']): ReceivedPush {
    const plain = ece.decrypt(body, {
      version: 'aes128gcm',
      privateKey: this.#browser,
      authSecret: this.#auth.toString('base64url'),
    });
    return { message: JSON.parse(plain.toString()) as ReceivedPush['message'], headers, claims: claimsOf(headers) };
  }
}

/** RFC 8292: `vapid t=<JWT>, k=<public key>`. @throws if the signature doesn't belong to that key */
function claimsOf({ authorization = '' }: ReceivedPush['headers']): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(authorization)) ?? [];
  const [header = '', payload = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const isTheirs = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isTheirs) throw new Error('the sender’s signature is wrong');
  return { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), k: key };
}
