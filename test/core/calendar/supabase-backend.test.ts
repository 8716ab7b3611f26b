import { expect } from '@open-wc/testing';
import { type ErrorCode, isOpenslotError, type OpenslotError } from '../../../src/core/errors.ts';
import { createSupabaseBackend } from '../../../src/core/calendar/supabase-backend.ts';
import type { SupabaseClientLike } from '../../../src/core/supabase/project.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject } from '../../support/memory/memory-backend.ts';
import { packSnapshot } from '../../support/memory/pack.ts';

const project = { supabaseUrl: 'https://clinic.supabase.co/', supabaseKey: 'sb_publishable_abc' };
const clock = createFakeClock();
const snapshot = packSnapshot(createMemoryProject({ clock }).database.calendar({ provider: 'mira-lindqvist' }));

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A project that always gives the same answer. */
function answering(status: number, body: unknown) {
  const sent: Sent[] = [];
  const fetch = (input: RequestInfo | URL, init: RequestInit = {}) => {
    sent.push({ url: input as string, init });
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  };
  return { sent, backend: createSupabaseBackend(project, { fetch, clock }) };
}

function failure(promise: Promise<unknown>): Promise<OpenslotError> {
  return promise.then(
    () => expect.fail('expected a failure'),
    (error: unknown) => {
      expect(isOpenslotError(error)).to.equal(true);
      return error as OpenslotError;
    },
  );
}

const postgrest = (code: string, message: string, details: string | null = null) => ({
  code,
  message,
  details,
  hint: null,
});

/** Bodies as PostgREST 14 and the gateway in front of it send them. */
const REFUSALS: readonly [ErrorCode, number, unknown, Record<string, unknown>?][] = [
  ['slot_taken', 409, postgrest('PT409', 'slot_taken', '{}')],
  ['invalid_argument', 422, postgrest('PT422', 'invalid_argument', '{"field": "email"}'), { field: 'email' }],
  [
    'rate_limited',
    429,
    postgrest('PT429', 'rate_limited', '{"retry_after_seconds": 1800}'),
    { retry_after_seconds: 1800 },
  ],
  ['provider_not_found', 404, postgrest('PT404', 'provider_not_found', '{}')],
  ['invalid_argument', 400, postgrest('22P02', 'invalid input syntax for type uuid: "x"')],
  [
    'not_installed',
    404,
    postgrest('PGRST202', 'Could not find the function public.openslot_calendar(provider) in the schema cache'),
  ],
  ['not_installed', 406, postgrest('PGRST106', 'The schema must be one of the following: api')],
  ['not_installed', 401, postgrest('42501', 'permission denied for function openslot_calendar')],
  [
    'invalid_key',
    401,
    { message: 'Invalid API key', hint: 'Double check your Supabase `anon` or `service_role` API key.' },
  ],
  ['invalid_key', 401, postgrest('PGRST301', 'No suitable key or wrong key type')],
  ['project_unavailable', 503, postgrest('PGRST002', 'Could not query the database for the schema cache. Retrying.')],
  ['project_unavailable', 500, postgrest('57014', 'canceling statement due to statement timeout')],
  ['project_unavailable', 500, postgrest('40P01', 'deadlock detected')],
  ['project_unavailable', 540, { message: 'Project paused' }],
  ['project_unavailable', 522, '<html><title>Connection timed out</title></html>'],
  ['rate_limited', 429, { message: 'API rate limit exceeded' }],
  ['invalid_config', 404, '<h1>Not Found</h1>', { name: 'supabase-url' }],
  ['invalid_config', 404, { message: 'no Route matched with those values' }, { name: 'supabase-url' }],
  ['unknown', 400, postgrest('P0001', 'something of the clinic’s own')],
  ['unknown', 418, postgrest('PT418', 'teapot')],
  ['bad_response', 200, '<html>a captive portal</html>'],
  ['bad_response', 200, ''],
  ['bad_response', 200, 'null'],
  ['bad_response', 200, []],
  ['bad_response', 200, { ...snapshot, runs: [{ id: 1 }] }],
  ['bad_response', 200, { ...snapshot, server_time: 'soon' }],
  ['schema_outdated', 200, { ...snapshot, schema_version: 1 }, { found: 1, needed: 2 }],
];

describe('a project’s answers', () => {
  for (const [code, status, body, detail] of REFUSALS) {
    it(`${status} ${typeof body === 'string' ? body : JSON.stringify(body).slice(0, 60)} is ${code}`, async () => {
      const error = await failure(answering(status, body).backend.calendar({ provider: 'mira-lindqvist' }));
      expect(error.code).to.equal(code);
      if (status >= 400) expect(error.status).to.equal(status);
      if (detail) expect(error.detail).to.deep.equal(detail);
    });
  }

  it('are taken from a schema that is newer than this SDK', async () => {
    const { backend } = answering(200, { ...snapshot, schema_version: 3, something: 'new' });
    expect((await backend.calendar({ provider: 'mira-lindqvist' })).revision).to.equal(snapshot.revision);
  });

  it('that are only half there count as none', async () => {
    const hold = { held_until: null, extendable_until: null, change: {}, server_time: snapshot.server_time };
    expect((await failure(answering(200, hold).backend.release({ visitor: 'v' }))).code).to.equal('bad_response');
    expect((await failure(answering(200, hold).backend.cancel({ token: 't', reason: null }))).code).to.equal(
      'bad_response',
    );
    expect((await failure(answering(200, hold).backend.appointment({ token: 't' }))).code).to.equal('bad_response');
    expect((await failure(answering(200, hold).backend.changes({ provider: 'p', after: 1 }))).code).to.equal(
      'bad_response',
    );
  });
});

describe('a request', () => {
  it('calls the function by name, with the publishable key where it belongs', async () => {
    const { sent, backend } = answering(200, snapshot);
    await backend.calendar({ provider: 'mira-lindqvist' });
    const [{ url, init }] = sent as [Sent];
    expect(url).to.equal('https://clinic.supabase.co/rest/v1/rpc/openslot_calendar');
    expect(init.body).to.equal('{"provider":"mira-lindqvist"}');
    expect(init.headers).to.deep.include({ apikey: 'sb_publishable_abc', 'Content-Profile': 'public' });
    expect(Object.keys(init.headers ?? {}).map((name) => name.toLowerCase())).to.not.include('authorization');
  });

  it('that lets go of a hold outlives the page', async () => {
    const { sent, backend } = answering(200, {
      held_until: null,
      extendable_until: null,
      change: null,
      server_time: snapshot.server_time,
    });
    await backend.release({ visitor: 'v' });
    expect(sent[0]?.init.keepalive).to.equal(true);
  });

  it('without an answer is a network failure', async () => {
    const backend = createSupabaseBackend(project, {
      clock,
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    const error = await failure(backend.calendar({ provider: 'p' }));
    expect([error.code, error.transient]).to.deep.equal(['network', true]);
  });

  it('gives up after ten seconds', async () => {
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    const lost = failure(createSupabaseBackend(project, { clock, fetch }).calendar({ provider: 'p' }));
    await clock.advance(10_000);
    expect((await lost).code).to.equal('network');
    expect(clock.pending).to.equal(0);
  });

  it('ends when its caller says so', async () => {
    const stop = new AbortController();
    const { backend } = answering(200, snapshot);
    const asked = failure(backend.calendar({ provider: 'p' }, stop.signal));
    stop.abort();
    expect((await asked).code).to.equal('aborted');
  });

  it('goes through the page’s own client when there is one', async () => {
    const called: unknown[] = [];
    const client = {
      rpc: (name: string, args: object) => {
        called.push([name, args]);
        return { abortSignal: () => Promise.resolve({ data: snapshot, error: null, status: 200 }) };
      },
      realtime: {} as SupabaseClientLike['realtime'],
    };
    await createSupabaseBackend({ client }, { clock }).calendar({ provider: 'mira-lindqvist' });
    expect(called).to.deep.equal([['openslot_calendar', { provider: 'mira-lindqvist' }]]);
  });
});

describe('a configuration', () => {
  const jwt = (role: string) =>
    `eyJhbGciOiJIUzI1NiJ9.${btoa(JSON.stringify({ role })).replaceAll('=', '')}.c2lnbmF0dXJl`;

  function fault(changed: Partial<typeof project>): unknown {
    try {
      createSupabaseBackend({ ...project, ...changed });
      return null;
    } catch (error) {
      const { code, detail } = error as OpenslotError;
      return [code, detail['name']];
    }
  }

  it('needs a URL and a key', () => {
    expect(fault({ supabaseUrl: '' })).to.deep.equal(['missing_config', 'supabase-url']);
    expect(fault({ supabaseKey: '' })).to.deep.equal(['missing_config', 'supabase-key']);
    for (const supabaseUrl of ['clinic', 'ftp://clinic.example', 'javascript:alert(1)']) {
      expect(fault({ supabaseUrl })).to.deep.equal(['invalid_config', 'supabase-url']);
    }
  });

  it('never takes a secret key', () => {
    expect(fault({ supabaseKey: 'sb_secret_abc' })).to.deep.equal(['invalid_config', 'supabase-key']);
    expect(fault({ supabaseKey: jwt('service_role') })).to.deep.equal(['invalid_config', 'supabase-key']);
    expect(fault({ supabaseKey: jwt('anon') })).to.equal(null);
  });
});
