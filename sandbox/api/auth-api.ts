import type pg from 'pg';
import { createLiteApp, type LiteApp } from '../lite.ts';
import { AdminUsers } from './admin-users.ts';
import type { AuthRequest } from './auth-request.ts';
import type { LiteConnection } from './lite-connection.ts';
import { SessionTokens } from './session-tokens.ts';

export interface AuthOptions {
  admin: pg.Pool;
  connection: LiteConnection;
  jwtSecret: string;
  /** Origin of the sandbox; the issuer of its tokens. */
  url: string;
}

/** /auth/v1: lite's Auth, plus the claims of a hosted project's tokens, anonymous sign-in and the administration of users. */
export class AuthApi {
  readonly #lite: LiteApp;
  readonly #tokens: SessionTokens;
  readonly #users: AdminUsers;

  constructor({ admin, connection, jwtSecret, url }: AuthOptions) {
    this.#lite = createLiteApp({
      connection,
      api: { enabled: false },
      auth: {
        enabled: true,
        jwt_secret: jwtSecret,
        site_url: url,
        email: { enable_signup: true, enable_confirmations: false },
      },
    });
    this.#tokens = new SessionTokens(admin, jwtSecret, `${url}/auth/v1`);
    this.#users = new AdminUsers(admin, (id) => this.#showUser(id));
  }

  async handle(url: URL, body: Uint8Array, request: AuthRequest): Promise<Response> {
    const text = new TextDecoder().decode(body);
    const json = parseObject(text);
    if (request.path.startsWith('/admin/')) return this.#users.handle(url, json, request);
    if (request.path === '/signup' && request.method === 'POST' && json && !json['email'] && !json['phone']) {
      return this.#signInAnonymously(json['data']);
    }
    const response = await this.#lite.fetch(
      new Request(url, {
        method: request.method,
        headers: request.headers,
        ...(text ? { body: text } : {}),
        redirect: 'manual',
      }),
    );
    return this.#complete(response);
  }

  async #signInAnonymously(data: unknown): Promise<Response> {
    const session = await this.#tokens.startAnonymous(data ?? {});
    return Response.json({ ...session, user: await this.#showUser(session.user_id) });
  }

  /** Replaces the access tokens in lite's answer, in its body or in the address of its redirect. */
  async #complete(response: Response): Promise<Response> {
    const headers = new Headers(response.headers);
    headers.delete('content-length');
    const location = headers.get('location');
    const sparse = location && /[#&]access_token=([^&]+)/.exec(location)?.[1];
    if (location && sparse)
      headers.set('location', location.replace(sparse, (await this.#tokens.complete(sparse)).token));
    const text = await response.text();
    const session = parseObject(text);
    if (typeof session?.['access_token'] !== 'string') {
      return new Response(text || null, { status: response.status, headers });
    }
    const { token, isAnonymous } = await this.#tokens.complete(session['access_token']);
    const user = { ...(session['user'] as object), is_anonymous: isAnonymous };
    return new Response(JSON.stringify({ ...session, access_token: token, user }), {
      status: response.status,
      headers,
    });
  }

  /** A user as lite's Auth answers it, so that only one place describes users. */
  async #showUser(id: string): Promise<Record<string, unknown>> {
    const { token, isAnonymous } = await this.#tokens.forUser(id);
    const headers = { authorization: `Bearer ${token}` };
    const response = await this.#lite.fetch(new Request('http://127.0.0.1/auth/v1/user', { headers }));
    return { ...((await response.json()) as object), is_anonymous: isAnonymous };
  }
}

/** An empty text counts as an empty object; a text that is no JSON object becomes `null`. */
function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
