import type { AuthApi } from './auth-api.ts';
import type { DataApi } from './data-api.ts';
import { verifyJwt, type Claims, type Keys } from './keys.ts';
import { postgrestError } from './postgrest-error.ts';

export interface GatewayRequest {
  method: string;
  url: URL;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** The client's IP address. */
  peer: string;
}

type Caller = { claims: Claims; authorization: string } | { refused: Response };

const DATA_API = '/rest/v1';
const AUTH_API = '/auth/v1';
/** Links in e-mails and redirects open these paths, and carry no key. */
const KEYLESS = /^\/auth\/v1\/(verify|callback|authorize|\.well-known\/.*)$/;
const BROWSER = /^mozilla\/5\.0/i;

const ALLOW_METHODS = 'GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT';
const EXPOSE_HEADERS =
  'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit';

/**
 * Plays the gateway in front of a hosted project's APIs: checks the API key, exchanges an opaque key for the JWT of its role,
 * and answers cross-origin requests.
 */
export class Gateway {
  readonly #keys: Keys;
  readonly #dataApi: DataApi;
  readonly #authApi: AuthApi;

  constructor(keys: Keys, dataApi: DataApi, authApi: AuthApi) {
    this.#keys = keys;
    this.#dataApi = dataApi;
    this.#authApi = authApi;
  }

  async handle(request: GatewayRequest): Promise<Response> {
    const { pathname } = request.url;
    const isApi = [DATA_API, AUTH_API].some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
    if (!isApi) return Response.json({ error: 'requested path is invalid' }, { status: 404 });
    if (request.method === 'OPTIONS') return preflight(request.headers);
    const response = await this.#answer(request);
    response.headers.set('access-control-allow-origin', '*');
    response.headers.set('access-control-expose-headers', EXPOSE_HEADERS);
    return response;
  }

  async #answer(request: GatewayRequest): Promise<Response> {
    const { url, body, method } = request;
    const caller = KEYLESS.test(url.pathname) ? { claims: {}, authorization: '' } : await this.#identify(request);
    if ('refused' in caller) return caller.refused;
    url.searchParams.delete('apikey');
    const headers = forwardedHeaders(request, caller.authorization);
    if (url.pathname.startsWith(AUTH_API)) {
      return this.#authApi.handle(url, body, {
        method,
        path: url.pathname.slice(AUTH_API.length),
        headers,
        claims: caller.claims,
      });
    }
    const role = caller.claims.role ?? 'anon';
    const path = url.pathname.slice(DATA_API.length) || '/';
    return this.#dataApi.handle(url, body, { method, path, headers, role, claims: caller.claims });
  }

  /** The key decides whether a request may pass. The bearer token, if there is one, says which user sends it. */
  async #identify({ headers, url }: GatewayRequest): Promise<Caller> {
    const key = headers['apikey'] ?? url.searchParams.get('apikey');
    if (!key) return refuseKey('No API key found in request', 'No `apikey` request header or url param was found.');
    const keyJwt = this.#jwtOf(key);
    if (!keyJwt) {
      return refuseKey('Invalid API key', 'Double check your Supabase `anon` or `service_role` API key.');
    }
    if (key === this.#keys.secretKey && BROWSER.test(headers['user-agent'] ?? '')) {
      return refuseKey('Forbidden use of secret API key in browser', 'Secret API keys belong on servers.');
    }
    const bearer = /^Bearer\s+(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
    // An opaque key is no JWT. Clients still send it as a bearer token when no user is signed in.
    const token = bearer && !bearer.startsWith('sb_') ? bearer : keyJwt;
    const verified = await verifyJwt(token, this.#keys.jwtSecret);
    if ('refusal' in verified) {
      return { refused: postgrestError(401, { ...verified.refusal, hint: null }) };
    }
    return { claims: verified.claims, authorization: `Bearer ${token}` };
  }

  #jwtOf(key: string): string | undefined {
    const { publishableKey, secretKey, anonKey, serviceKey } = this.#keys;
    return { [publishableKey]: anonKey, [secretKey]: serviceKey, [anonKey]: anonKey, [serviceKey]: serviceKey }[key];
  }
}

function refuseKey(message: string, hint: string): Caller {
  return { refused: Response.json({ message, hint }, { status: 401 }) };
}

function preflight(headers: Record<string, string>): Response {
  return new Response(null, {
    status: 200,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': ALLOW_METHODS,
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '3600',
      vary: 'Access-Control-Request-Headers',
    },
  });
}

/** A proxy appends the address that it saw to the client's own claim; only the edge's header can't be forged. */
function forwardedHeaders({ headers, peer }: GatewayRequest, authorization: string): Record<string, string> {
  const claimed = headers['x-forwarded-for'];
  return {
    ...headers,
    'x-forwarded-for': claimed ? `${claimed}, ${peer}` : peer,
    'cf-connecting-ip': peer,
    ...(authorization ? { authorization } : {}),
  };
}
