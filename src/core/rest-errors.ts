/** What the Data API and the gateway before it answer when they refuse, as the SDK's codes. */
import { type ErrorCode, OpenslotError, SERVER_CODES } from './errors.ts';

/** The body of PostgREST's errors; the gateway's have a message at most. */
export interface RestError {
  readonly message?: string;
  readonly code?: string | null;
  readonly details?: unknown;
  readonly hint?: unknown;
}

/** No schema cache entry: neither the function nor, with these arguments, another of its name. */
const FUNCTION_MISSING = 'PGRST202';
/** The schema `public` isn't among the exposed ones. */
const SCHEMA_HIDDEN = 'PGRST106';
const PERMISSION_DENIED = '42501';
/** The class of values that PostgreSQL can't read as what they should be. */
const DATA_EXCEPTION = '22';

/**
 * @param status HTTP status; 0 when no answer came
 * @param codes that the functions asked may raise
 */
export function restError(error: RestError, status: number, codes: readonly ErrorCode[] = SERVER_CODES): OpenslotError {
  const { message = '', code } = error;
  if (code?.startsWith('PT') && isOneOf(codes, message)) {
    return new OpenslotError(message, undefined, { status, detail: detailOf(error.details), cause: error });
  }
  return new OpenslotError(codeOf(status, code ?? ''), message || undefined, {
    status,
    cause: error,
    detail: hintOf(status, code ?? ''),
  });
}

function codeOf(status: number, code: string): ErrorCode {
  if (code === FUNCTION_MISSING || code === SCHEMA_HIDDEN || code === PERMISSION_DENIED) return 'not_installed';
  if (code.startsWith(DATA_EXCEPTION)) return 'invalid_argument';
  if (status === 0) return 'network';
  if (status >= 500) return 'project_unavailable';
  if (status === 401 || status === 403) return 'invalid_key';
  if (status === 429) return 'rate_limited';
  // Not PostgREST's own: another server answers at this address.
  if (status === 404) return 'invalid_config';
  return status < 300 ? 'bad_response' : 'unknown';
}

function hintOf(status: number, code: string): Record<string, unknown> {
  if (code) return { code };
  return status === 404 ? { name: 'supabase-url' } : {};
}

function isOneOf(codes: readonly ErrorCode[], message: string): message is ErrorCode {
  return (codes as readonly string[]).includes(message);
}

function detailOf(details: unknown): Record<string, unknown> {
  try {
    const detail: unknown = typeof details === 'string' ? JSON.parse(details) : details;
    return typeof detail === 'object' && detail !== null ? { ...detail } : {};
  } catch {
    return {};
  }
}
