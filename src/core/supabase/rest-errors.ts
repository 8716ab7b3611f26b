/** Turns refusals by the Data API, and by the gateway in front of it, into the SDK's codes. */
import { type ErrorCode, OpenslotError, SERVER_CODES } from '../errors.ts';

/** The body of PostgREST's errors. The gateway's errors have a message at most. */
export interface RestError {
  readonly message?: string;
  readonly code?: string | null;
  readonly details?: unknown;
  readonly hint?: unknown;
}

/**
 * Openslot's functions, or what they use in the database, are missing or forbidden. PostgREST's codes: the schema `public` isn't
 * exposed (106), the function is missing (202), or several functions have its name (203). PostgreSQL's classes, which functions
 * raise as well: missing or forbidden functions, tables and columns (42), and missing schemas (3F).
 */
const NOT_INSTALLED = /^(PGRST106|PGRST202|PGRST203|42...|3F...)$/;
/** PostgreSQL's class for values that it can't convert to the type of an argument. */
const BAD_VALUE = /^22...$/;
/** A database whose disk is full is read-only until its owner adds space. */
const READ_ONLY = '25006';
/** PostgREST's code for a path that it doesn't serve. */
const NO_SUCH_PATH = 'PGRST125';

/**
 * @param status HTTP status; 0 when no answer came
 * @param codes that the called functions may raise
 */
export function restError(error: RestError, status: number, codes: readonly ErrorCode[] = SERVER_CODES): OpenslotError {
  const message = textOf(error.message);
  const code = textOf(error.code);
  if (code.startsWith('PT') && isOneOf(codes, message)) {
    return new OpenslotError(message, undefined, { status, detail: detailOf(error.details), cause: error });
  }
  const found = codeOf(status, code);
  return new OpenslotError(found, message || undefined, {
    status,
    cause: error,
    detail: { ...(code && { code }), ...(found === 'invalid_config' && { name: 'supabase-url' }) },
  });
}

function codeOf(status: number, code: string): ErrorCode {
  if (NOT_INSTALLED.test(code)) return 'not_installed';
  if (status === 0) return 'network';
  if (status === 401 || status === 403) return 'invalid_key';
  if (status === 429) return 'rate_limited';
  if (status >= 500 || code === READ_ONLY) return 'project_unavailable';
  if (BAD_VALUE.test(code)) return 'invalid_argument';
  // Another server answers at this address.
  if (status === 404 && (!code || code === NO_SUCH_PATH)) return 'invalid_config';
  return status < 300 ? 'bad_response' : 'unknown';
}

/** Another server at this address may send a value of another type. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
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
