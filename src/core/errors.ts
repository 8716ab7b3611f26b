/**
 * The SDK's only error class. Callers branch on `code`. `message` is for developers' logs and never shown to patients: the
 * sentence that a patient reads comes from `locales/`.
 */

/** Codes that the database raises (SQLSTATE `PTnnn`, the code as message). */
export const SERVER_CODES = [
  'invalid_argument',
  'provider_not_found',
  'service_not_found',
  'appointment_not_found',
  'slot_taken',
  'outside_hours',
  'outside_window',
  'too_soon',
  'daily_limit_reached',
  'hold_limit_reached',
  'request_id_reused',
  'appointment_cancelled',
  'appointment_past',
  'too_late_to_change',
  'rate_limited',
] as const;

/** Codes that the database raises for members only. */
export const STAFF_CODES = [
  'not_signed_in',
  'not_allowed',
  'appointment_changed',
  'hours_changed',
  'already_member',
  'last_owner',
  'invitation_not_found',
  'member_not_found',
  'tenant_not_found',
] as const;

/** Codes of failures while a member signs in. */
type SessionErrorCode =
  'wrong_password' | 'wrong_code' | 'weak_password' | 'already_registered' | 'email_not_confirmed' | 'sign_up_closed';

/** Codes of the SDK itself. */
export const CLIENT_CODES = [
  /** A required attribute or option is missing. `detail.name` names it. */
  'missing_config',
  /** An attribute or option has a value that can't work. `detail.name` names it. */
  'invalid_config',
  /** The project refuses the key. */
  'invalid_key',
  /** The project answers, but Openslot's functions, or what they use in the database, are missing. */
  'not_installed',
  /** The project has an older schema than this SDK needs. `detail` has `found` and `needed`. */
  'schema_outdated',
  /** The project is paused, restarting or overloaded (5xx). */
  'project_unavailable',
  /** No answer at all: offline, DNS, CORS, CSP, time-out. */
  'network',
  /** The answer hasn't the shape that the SDK expects. */
  'bad_response',
  /** Realtime refused or closed the channel. The widget polls meanwhile. */
  'realtime_refused',
  /** The element left the page, or a newer request replaced this one. */
  'aborted',
  'unknown',
] as const;

/** Codes that only moving and cancelling can fail with. */
export type ChangeErrorCode = 'appointment_cancelled' | 'appointment_past' | 'too_late_to_change';
/** Codes that a patient's widget may show. */
export type PatientErrorCode = (typeof SERVER_CODES)[number] | (typeof CLIENT_CODES)[number];
export type StaffErrorCode = (typeof STAFF_CODES)[number] | SessionErrorCode;
export type ErrorCode = PatientErrorCode | StaffErrorCode;

export interface ErrorOptions {
  readonly cause?: unknown;
  /** HTTP status, when there was one. */
  readonly status?: number;
  /** Machine-readable facts, by code: `{ name }`, `{ field }`, `{ retry_after_seconds }`, ... */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const BRAND = Symbol.for('openslot.error');

export class OpenslotError extends Error {
  readonly code: ErrorCode;
  readonly status: number | null;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message?: string, options: ErrorOptions = {}) {
    super(message ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OpenslotError';
    this.code = code;
    this.status = options.status ?? null;
    this.detail = options.detail ?? {};
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether the same call may succeed later although nothing was repaired. */
  get transient(): boolean {
    return this.code === 'network' || this.code === 'project_unavailable' || this.code === 'bad_response';
  }

  toJSON(): {
    name: string;
    code: ErrorCode;
    message: string;
    status: number | null;
    detail: Readonly<Record<string, unknown>>;
  } {
    return { name: this.name, code: this.code, message: this.message, status: this.status, detail: this.detail };
  }
}

/** The attribute or option that an error is about; null if the error names none. */
export function attributeOf({ detail }: OpenslotError): string | null {
  const { name } = detail;
  return typeof name === 'string' ? name : null;
}

/** True for an `OpenslotError` of any copy of this SDK on the page. */
export function isOpenslotError(value: unknown): value is OpenslotError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** The thrown value if it is an error of the SDK, else an error `unknown` with the value as its cause. */
export function toOpenslotError(value: unknown): OpenslotError {
  return isOpenslotError(value) ? value : new OpenslotError('unknown', undefined, { cause: value });
}
