import { jwtVerify, SignJWT, errors } from 'jose';

/** The keys that a project's settings page lists. */
export interface Keys {
  /** Opaque key for browsers, with role `anon`. */
  publishableKey: string;
  /** Opaque key for servers, with role `service_role`. The gateway refuses it from browsers. */
  secretKey: string;
  /** The legacy form of the same two keys: JWTs that in practice never expire. */
  anonKey: string;
  serviceKey: string;
  /** HS256 secret of all JWTs. */
  jwtSecret: string;
}

export interface Claims {
  role?: string;
  sub?: string;
  [claim: string]: unknown;
}

/** The same in every sandbox, so that pages and tools may store them. They protect only a database on loopback. */
export const PUBLISHABLE_KEY = 'sb_publishable_openslot-local-sandbox';
const SECRET_KEY = 'sb_secret_openslot-local-sandbox';
/** The Supabase CLI's well-known secret. */
const JWT_SECRET = 'super-secret-jwt-token-with-at-least-32-characters-long';
const ISSUED = Date.UTC(2026, 0, 1) / 1000;
const EXPIRES = Date.UTC(2056, 0, 1) / 1000;
const CLOCK_TOLERANCE_SECONDS = 30;

export async function makeKeys(): Promise<Keys> {
  return {
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
    anonKey: await signJwt({ role: 'anon', iss: 'supabase', ref: 'sandbox', iat: ISSUED, exp: EXPIRES }, JWT_SECRET),
    serviceKey: await signJwt(
      { role: 'service_role', iss: 'supabase', ref: 'sandbox', iat: ISSUED, exp: EXPIRES },
      JWT_SECRET,
    ),
    jwtSecret: JWT_SECRET,
  };
}

export function signJwt(claims: Claims, secret: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret));
}

/** The reason for refusing a JWT, in the Data API's words. */
export interface JwtRefusal {
  code: 'PGRST301' | 'PGRST303';
  message: string;
  details: string | null;
}

export async function verifyJwt(token: string, secret: string): Promise<{ claims: Claims } | { refusal: JwtRefusal }> {
  const parts = token.split('.').length;
  if (parts !== 3) return refuse('PGRST301', `Expected 3 parts in JWT; got ${parts}`);
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return { claims: payload };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuse('PGRST303', 'JWT expired');
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
      return refuse('PGRST303', 'JWT not yet valid');
    }
    return refuse('PGRST301', 'No suitable key or wrong key type', 'None of the keys was able to decode the JWT');
  }
}

function refuse(code: JwtRefusal['code'], message: string, details: string | null = null): { refusal: JwtRefusal } {
  return { refusal: { code, message, details } };
}
