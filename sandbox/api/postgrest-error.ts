import type pg from 'pg';

export interface PostgrestErrorBody {
  code: string;
  message: string;
  details: string | null;
  hint: string | null;
}

/** A response in the form of the Data API's errors. */
export function postgrestError(status: number, body: PostgrestErrorBody): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'proxy-status': `PostgREST; error=${body.code}`,
  };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return new Response(JSON.stringify(body), { status, headers });
}

/**
 * The Data API's answer to an error of the database.
 * @param role the caller's role: for `anon`, a missing privilege means "log in", not "forbidden"
 */
export function databaseError(error: pg.DatabaseError, role: string): Response {
  const { code = 'XX000', message, detail, hint } = error;
  return postgrestError(statusOf(code, message, role === 'anon'), {
    code,
    message,
    details: detail ?? null,
    hint: hint ?? null,
  });
}

/** PostgREST's table of SQLSTATEs, in its order; an entry of two characters stands for a whole class. */
function statusOf(code: string, message: string, anonymous: boolean): number {
  const raised = /^PT(\d{3})$/.exec(code);
  if (raised) return Number(raised[1]);
  const exact = STATUS_OF_CODE[code];
  if (exact !== undefined) return exact;
  if (code === '42501') return anonymous ? 401 : 403;
  if (code === '21000') return message.endsWith('requires a WHERE clause') ? 400 : 500;
  if (code === '22023') return /^role ".*" does not exist$/.test(message) ? 401 : 400;
  return STATUS_OF_CLASS[code.slice(0, 2)] ?? 400;
}

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  '57P01': 503,
  P0001: 400,
};

const STATUS_OF_CLASS: Readonly<Record<string, number>> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
};
