import { expect } from '@open-wc/testing';
import { type ErrorCode } from '../../../src/core/errors.ts';
import { restError } from '../../../src/core/supabase/rest-errors.ts';

/** By SQLSTATE: the status that PostgREST 14 gives it, and what it is to a caller. */
const SQLSTATES: readonly [sqlstate: string, status: number, code: ErrorCode, what: string][] = [
  ['08006', 503, 'project_unavailable', 'connection failure'],
  ['09000', 500, 'project_unavailable', 'triggered action exception'],
  ['0L000', 403, 'invalid_key', 'invalid grantor'],
  ['0P000', 403, 'invalid_key', 'invalid role'],
  ['22P02', 400, 'invalid_argument', 'a text that is no uuid'],
  ['22008', 400, 'invalid_argument', 'a date outside the calendar'],
  ['22023', 401, 'invalid_key', 'the token’s role does not exist'],
  ['23502', 400, 'unknown', 'not-null violation'],
  ['23503', 409, 'unknown', 'foreign key violation'],
  ['23505', 409, 'unknown', 'unique violation'],
  ['25006', 405, 'project_unavailable', 'read-only transaction: the disk is full'],
  ['25P02', 500, 'project_unavailable', 'in a failed transaction'],
  ['28000', 403, 'invalid_key', 'invalid authorization'],
  ['2D000', 500, 'project_unavailable', 'invalid transaction termination'],
  ['38000', 500, 'project_unavailable', 'external routine exception'],
  ['39000', 500, 'project_unavailable', 'external routine invocation'],
  ['3B001', 500, 'project_unavailable', 'savepoint exception'],
  ['3F000', 400, 'not_installed', 'schema does not exist'],
  ['40001', 500, 'project_unavailable', 'serialization failure'],
  ['40P01', 500, 'project_unavailable', 'deadlock'],
  ['42501', 401, 'not_installed', 'no privilege, as anon'],
  ['42501', 403, 'not_installed', 'no privilege, signed in'],
  ['42601', 400, 'not_installed', 'syntax error'],
  ['42703', 400, 'not_installed', 'column does not exist'],
  ['42804', 400, 'not_installed', 'wrong type'],
  ['42883', 404, 'not_installed', 'function does not exist'],
  ['42P01', 404, 'not_installed', 'table does not exist'],
  ['42P17', 500, 'not_installed', 'infinite recursion in a policy'],
  ['53300', 503, 'project_unavailable', 'too many connections'],
  ['53400', 500, 'project_unavailable', 'configuration limit exceeded'],
  ['54001', 500, 'project_unavailable', 'too complex'],
  ['55P03', 500, 'project_unavailable', 'lock not available'],
  ['57014', 500, 'project_unavailable', 'statement timeout'],
  ['57P01', 503, 'project_unavailable', 'admin shutdown'],
  ['58030', 500, 'project_unavailable', 'disk error'],
  ['F0000', 500, 'project_unavailable', 'config file error'],
  ['HV000', 500, 'project_unavailable', 'foreign data wrapper error'],
  ['P0001', 400, 'unknown', 'raised by a trigger of the clinic’s own'],
  ['P0002', 500, 'project_unavailable', 'no data found'],
  ['XX000', 500, 'project_unavailable', 'internal error'],
  ['PT402', 402, 'unknown', 'a status of somebody else’s function'],
  ['PT404', 404, 'unknown', 'another, which is no wrong address'],
  ['PT429', 429, 'rate_limited', 'too many, says the project’s own pre-request function'],
];

const POSTGREST: readonly [code: string, status: number, mapped: ErrorCode, what: string][] = [
  ['PGRST000', 503, 'project_unavailable', 'no database'],
  ['PGRST003', 504, 'project_unavailable', 'no connection left in its pool'],
  ['PGRST102', 400, 'unknown', 'malformed body'],
  ['PGRST106', 406, 'not_installed', 'schema not exposed'],
  ['PGRST202', 404, 'not_installed', 'function missing'],
  ['PGRST203', 300, 'not_installed', 'two functions of that name'],
  ['PGRST300', 500, 'project_unavailable', 'no JWT secret'],
  ['PGRST301', 401, 'invalid_key', 'JWT refused'],
  ['PGRST302', 401, 'invalid_key', 'no anonymous role'],
  ['PGRST303', 401, 'invalid_key', 'JWT expired'],
  ['PGRSTX00', 500, 'project_unavailable', 'internal error'],
];

describe('an error of the Data API', () => {
  for (const [code, status, expected, what] of [...SQLSTATES, ...POSTGREST]) {
    it(`${code} with ${status} (${what}) is ${expected}`, () => {
      const error = restError({ code, message: what, details: null, hint: null }, status);
      expect([error.code, error.message, error.status]).to.deep.equal([expected, what, status]);
      expect(error.detail).to.deep.equal({ code });
    });
  }

  it('that an installation is broken does not pass by asking again', () => {
    expect(restError({ code: '42883' }, 404).transient).to.equal(false);
    expect(restError({ code: '25006' }, 405).transient).to.equal(true);
  });

  it('names the address as wrong where nothing of a project’s is served', () => {
    const name = 'supabase-url';
    for (const [body, status, detail] of [
      [{ message: '<h1>Not Found</h1>' }, 404, { name }],
      [{ code: 404, error_code: 'not_found', msg: 'of Auth' } as object, 404, { name }],
      [{ code: 'PGRST125', message: 'Invalid path specified in request URL' }, 404, { name, code: 'PGRST125' }],
    ] as const) {
      const error = restError(body, status);
      expect([error.code, error.detail]).to.deep.equal(['invalid_config', detail]);
    }
  });
});
