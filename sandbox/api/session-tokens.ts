import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type pg from 'pg';
import { signJwt } from './keys.ts';

const LIFETIME_SECONDS = 3600;

interface UserRow {
  id: string;
  email: string | null;
  phone: string | null;
  role: string;
  app_metadata: Record<string, unknown>;
  user_metadata: Record<string, unknown>;
  is_anonymous: boolean;
}

export interface Session {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user_id: string;
}

/** Makes access tokens with all claims that a hosted project's tokens have; lite's tokens have the few that it needs. */
export class SessionTokens {
  readonly #pool: pg.Pool;
  readonly #secret: string;
  readonly #issuer: string;

  constructor(pool: pg.Pool, secret: string, issuer: string) {
    this.#pool = pool;
    this.#secret = secret;
    this.#issuer = issuer;
  }

  /** @returns the token with the claims that lite left out */
  async complete(token: string): Promise<{ token: string; isAnonymous: boolean }> {
    const claims = decodeJwt(token);
    const user = await this.#read(String(claims.sub));
    return {
      token: await signJwt({ ...claims, ...this.#claimsOf(user) }, this.#secret),
      isAnonymous: user.is_anonymous,
    };
  }

  /** A token for a request that the sandbox itself makes for a user. */
  async forUser(id: string): Promise<{ token: string; isAnonymous: boolean }> {
    return this.complete(await signJwt(this.#lasting({ sub: id }), this.#secret));
  }

  /** Makes a user without e-mail or password, and a session that lite can refresh like any other. */
  async startAnonymous(metadata: unknown): Promise<Session> {
    const [userId, sessionId, refreshToken] = [randomUUID(), randomUUID(), randomUUID()];
    await this.#pool.query(
      `with made_user as (
         insert into auth.users (id, is_anonymous, raw_app_meta_data, raw_user_meta_data, last_sign_in_at)
         values ($1::uuid, true, '{}', $2::jsonb, now()) returning id
       ), made_session as (
         insert into auth.sessions (id, user_id, aal) select $3::uuid, id, 'aal1' from made_user returning id
       )
       insert into auth.refresh_tokens (id, token, user_id, session_id) select $4::text, $4::text, $1::uuid, id from made_session`,
      [userId, JSON.stringify(metadata), sessionId, refreshToken],
    );
    const claims = this.#lasting({ sub: userId, session_id: sessionId, ...this.#claimsOf(await this.#read(userId)) });
    return {
      access_token: await signJwt(claims, this.#secret),
      token_type: 'bearer',
      expires_in: LIFETIME_SECONDS,
      expires_at: Number(claims['exp']),
      refresh_token: refreshToken,
      user_id: userId,
    };
  }

  #lasting(claims: Record<string, unknown>): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    return { ...claims, iat: now, exp: now + LIFETIME_SECONDS };
  }

  #claimsOf(user: UserRow): Record<string, unknown> {
    return {
      iss: this.#issuer,
      aud: 'authenticated',
      role: user.role,
      email: user.email ?? '',
      phone: user.phone ?? '',
      app_metadata: user.app_metadata,
      user_metadata: user.user_metadata,
      aal: 'aal1',
      amr: [{ method: user.is_anonymous ? 'anonymous' : 'password', timestamp: Math.floor(Date.now() / 1000) }],
      is_anonymous: user.is_anonymous,
    };
  }

  async #read(id: string): Promise<UserRow> {
    const { rows } = await this.#pool.query<UserRow>(
      `select id, email, phone, coalesce(role, 'authenticated') as role, is_anonymous,
         coalesce(raw_app_meta_data, '{}') as app_metadata, coalesce(raw_user_meta_data, '{}') as user_metadata
       from auth.users where id = $1`,
      [id],
    );
    if (!rows[0]) throw new Error(`auth.users has no ${id}`);
    return rows[0];
  }
}
