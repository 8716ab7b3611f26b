import { compactVerify, errors } from 'jose';
import type { Clock } from './clock.ts';
import { isObject, parseJson, type JsonObject } from './json.ts';

/** The claims of a token. `exp` is in seconds since 1970. */
export interface Claims extends JsonObject {
  role: string;
  exp: number;
}

export type TokenErrorCode = 'MalformedJWT' | 'JwtSignatureError' | 'InvalidJWTToken';

/** The texts are the real server's: it words the same failure differently for a connection, a join and an open channel. */
export class TokenError extends Error {
  readonly code: TokenErrorCode;
  /** The text in the HTTP answer to a connection. */
  readonly onConnect: string;
  /** The text in the last message to a channel that received the token as its new one. */
  readonly onRefresh: string;

  constructor(code: TokenErrorCode, message: string, { onConnect = message, onRefresh = message } = {}) {
    super(message);
    this.name = 'TokenError';
    this.code = code;
    this.onConnect = onConnect;
    this.onRefresh = onRefresh;
  }
}

export class Tokens {
  #secret: Uint8Array;
  #clock: Clock;
  #keyLife: number;

  /** @param keyLife life of the claims from `issue`, in milliseconds */
  constructor(secret: string, clock: Clock, keyLife: number) {
    this.#secret = new TextEncoder().encode(secret);
    this.#clock = clock;
    this.#keyLife = keyLife;
  }

  /**
   * Claims for a connection with a key instead of a token: those of `template`, with another role and life.
   * @throws {TokenError} when the template is no valid token
   */
  async issue(template: string, role: string): Promise<Claims> {
    const now = this.#clock.now();
    const claims = await this.verify(template);
    return { ...claims, role, iat: Math.floor(now / 1000), exp: Math.floor((now + this.#keyLife) / 1000) };
  }

  /** @throws {TokenError} */
  async verify(token: string): Promise<Claims> {
    const claims = await this.#claimsOf(token);
    if (typeof claims['role'] !== 'string' || !Number.isInteger(claims['exp'])) {
      throw new TokenError('InvalidJWTToken', 'Fields `role` and `exp` are required in JWT');
    }
    this.checkExpiry(claims as Claims);
    return claims as Claims;
  }

  /** @throws {TokenError} when the claims have expired by now */
  checkExpiry({ exp }: Claims): void {
    const age = Math.floor(this.#clock.now() / 1000) - exp;
    if (age < 0) return;
    const onConnect = 'Token has expired';
    throw new TokenError('InvalidJWTToken', `Token has expired ${age} seconds ago`, { onConnect });
  }

  async #claimsOf(token: string): Promise<JsonObject> {
    try {
      const { payload } = await compactVerify(token, this.#secret, { algorithms: ['HS256'] });
      const claims = parseJson(new TextDecoder().decode(payload));
      if (isObject(claims)) return claims;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) {
        const onRefresh = ':signature_error';
        throw new TokenError('JwtSignatureError', 'Failed to validate JWT signature', { onRefresh });
      }
    }
    throw new TokenError('MalformedJWT', 'The token provided is not a valid JWT');
  }
}
