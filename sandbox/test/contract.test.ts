/**
 * The behaviour of a hosted project where stock @supabase/lite differs from it, one group per difference. These tests fail if
 * an upgrade brings a difference back, or if a correction has no effect any more (for Auth: in auth.test.ts).
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { call, rpc, type AuthSession, type Refusal } from './support/api.ts';

let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox();
});

after(() => sandbox.stop());

/** Runs SQL as a migration does: as `postgres`, with its default privileges. */
async function migrate(sql: string): Promise<void> {
  await sandbox.query(`set role postgres; ${sql}; reset role`);
}

async function signUp(email: string): Promise<{ token: string; id: string }> {
  const { body } = await call<AuthSession>(sandbox, '/auth/v1/signup', {
    json: { email, password: 'correct horse' },
  });
  return { token: body.access_token, id: body.user.id };
}

describe('database errors become statuses', () => {
  before(() =>
    migrate(`
      create function public.raise(code text) returns void language plpgsql as $$
        begin
          raise exception 'reason' using errcode = code, detail = '{"field":"x"}', hint = 'try again';
        end $$;
      create table public.rooms (
        id integer primary key,
        floor integer check (floor > 0),
        during int4range,
        exclude using gist (during with &&)
      );
      create table public.beds (room integer references public.rooms);
      create table public.closed (id integer);
      insert into public.rooms values (1, 1, '[1,5)');
      grant select, insert on public.rooms, public.beds to anon, authenticated;
    `),
  );

  for (const [code, status] of Object.entries({
    PT409: 409,
    PT422: 422,
    PT429: 429,
    P0001: 400,
    '23P01': 400,
    '23514': 400,
    '23505': 409,
    '23503': 409,
    OP001: 400,
    '40001': 500,
    '57014': 500,
  })) {
    test(`a function that raises ${code} answers ${status}`, async () => {
      const answer = await rpc(sandbox, 'raise', { code });
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { code, message: 'reason', details: '{"field":"x"}', hint: 'try again' });
    });
  }

  const refusals = [
    { title: 'a check', path: 'rooms', json: { id: 2, floor: 0 }, code: '23514', status: 400 },
    { title: 'an exclusion constraint', path: 'rooms', json: { id: 2, during: '[4,6)' }, code: '23P01', status: 400 },
    { title: 'a unique key', path: 'rooms', json: { id: 1 }, code: '23505', status: 409 },
    { title: 'a foreign key', path: 'beds', json: { room: 9 }, code: '23503', status: 409 },
    { title: 'a missing grant', path: 'closed', json: { id: 1 }, code: '42501', status: 401 },
  ];
  for (const { title, path, json, code, status } of refusals) {
    test(`${title} of a table answers ${status}`, async () => {
      const answer = await call<Refusal>(sandbox, `/rest/v1/${path}`, { json });
      assert.equal(answer.status, status);
      assert.equal(answer.body.code, code);
    });
  }

  test('a missing grant is 403 for a signed-in user', async () => {
    const { token } = await signUp('grants@example.com');
    const answer = await call<Refusal>(sandbox, '/rest/v1/closed', { token });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, '42501');
  });
});

describe('grants and policies', () => {
  test('no request makes a grant', async () => {
    const grants = `select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants
      where grantee in ('anon', 'authenticated', 'service_role', 'PUBLIC') order by 1, 2, 3, 4`;
    await migrate('create table public.locked (id integer); alter table public.locked enable row level security');
    const { rows: before } = await sandbox.query(grants);
    assert.equal((await call(sandbox, '/rest/v1/locked')).status, 401);
    assert.equal((await call(sandbox, '/rest/v1/locked', { key: sandbox.secretKey })).status, 403);
    const { rows: after } = await sandbox.query(grants);
    assert.deepEqual(after, before);
  });

  test('a policy that is created after the first request applies', async () => {
    await migrate(`create table public.notes (id integer, owner uuid); grant select on public.notes to anon, authenticated;
      insert into public.notes values (1, null)`);
    assert.deepEqual((await call(sandbox, '/rest/v1/notes?select=id')).body, [{ id: 1 }]);
    const { token, id } = await signUp('policies@example.com');
    await sandbox.query('insert into public.notes values (2, $1)', [id]);
    await migrate(`alter table public.notes enable row level security;
      create policy "Owners read their notes" on public.notes for select using (owner = auth.uid())`);
    assert.deepEqual((await call(sandbox, '/rest/v1/notes?select=id')).body, []);
    assert.deepEqual((await call(sandbox, '/rest/v1/notes?select=id', { token })).body, [{ id: 2 }]);
  });

  test('no caller is ever superuser', async () => {
    await migrate(`create view public.me with (security_invoker) as
        select current_user::text as role, current_setting('is_superuser') as super, auth.uid() as uid;
      grant select on public.me to anon, authenticated, service_role`);
    assert.deepEqual((await call(sandbox, '/rest/v1/me')).body, [{ role: 'anon', super: 'off', uid: null }]);
    const { body } = await call(sandbox, '/rest/v1/me', { key: sandbox.secretKey });
    assert.deepEqual(body, [{ role: 'service_role', super: 'off', uid: null }]);
  });

  test('concurrent requests keep their identities', async () => {
    const [first, second] = await Promise.all([signUp('first@example.com'), signUp('second@example.com')]);
    const callers = [
      { options: {}, uid: null },
      { options: { token: first.token }, uid: first.id },
      { options: { token: second.token }, uid: second.id },
    ];
    const requests = Array.from({ length: 90 }, async (_, index) => {
      const caller = callers[index % callers.length];
      const { body } = await call<{ uid: string | null }[]>(sandbox, '/rest/v1/me', caller?.options);
      return [body[0]?.uid, caller?.uid];
    });
    for (const [seen, expected] of await Promise.all(requests)) assert.equal(seen, expected);
  });
});

describe('values', () => {
  before(() =>
    migrate(`
      create table public.visits (
        id integer primary key generated always as identity,
        at timestamptz not null default '2030-01-01 10:00+00',
        fraction timestamptz not null default '2030-01-01 10:00:00.25+00',
        many timestamptz[] not null default '{2030-01-01 10:00+00}',
        about jsonb,
        price numeric not null default 12.5
      );
      grant select, insert, update on public.visits to anon;
      create function public.next_visit() returns timestamptz language sql as $$ select timestamptz '2030-01-01 10:00+00' $$;
      create function public.kind(value jsonb) returns jsonb language sql as
        $$ select jsonb_build_object('kind', jsonb_typeof(value), 'value', value) $$;
    `),
  );

  test('times are ISO 8601 with a T and a whole offset', async () => {
    const { body } = await call(sandbox, '/rest/v1/visits?select=at,fraction,many', {
      json: { price: 20 },
      headers: { prefer: 'return=representation' },
    });
    assert.deepEqual(body, [
      {
        at: '2030-01-01T10:00:00+00:00',
        fraction: '2030-01-01T10:00:00.25+00:00',
        many: ['2030-01-01T10:00:00+00:00'],
      },
    ]);
    assert.equal((await rpc(sandbox, 'next_visit')).body, '2030-01-01T10:00:00+00:00');
  });

  const documents: [string, unknown][] = [
    ['object', { a: [1, 'é', null] }],
    ['array', ['a', { b: 1 }]],
    ['string', '{"quoted"}'],
    ['number', 1.5],
    ['boolean', false],
  ];
  for (const [kind, value] of documents) {
    test(`JSON arrives as JSON: ${kind}`, async () => {
      assert.deepEqual((await rpc(sandbox, 'kind', { value })).body, { kind, value });

      const made = await call<{ id: number; about: unknown }[]>(sandbox, '/rest/v1/visits?select=id,about', {
        json: { about: value },
        headers: { prefer: 'return=representation' },
      });
      assert.deepEqual(made.body[0]?.about, value);

      const changed = await call(sandbox, `/rest/v1/visits?select=about&id=eq.${made.body[0]?.id}`, {
        method: 'PATCH',
        json: { about: [value] },
        headers: { prefer: 'return=representation' },
      });
      assert.deepEqual(changed.body, [{ about: [value] }]);
    });
  }
});

describe('CORS', () => {
  test('a preflight of a function with arguments is answered', async () => {
    const response = await fetch(`${sandbox.url}/rest/v1/rpc/openslot_book`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://clinic.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apikey,content-profile,content-type,x-client-info',
      },
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(response.headers.get('access-control-allow-methods') ?? '', /\bPOST\b/);
    assert.match(response.headers.get('access-control-allow-headers') ?? '', /x-client-info/);
  });

  test('any page may read an answer, errors included', async () => {
    for (const key of [sandbox.publishableKey, 'wrong', null]) {
      const { headers } = await call(sandbox, '/rest/v1/rpc/openslot_schema_version', { json: {}, key });
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.match(headers.get('access-control-expose-headers') ?? '', /Content-Range/);
    }
  });
});

describe('embedding', () => {
  test('a unique index alone does not make a relation one-to-one, a constraint does', async () => {
    await migrate(`
      create table public.doctors (id integer primary key);
      create table public.badges (doctor integer references public.doctors, lost boolean not null default false);
      create unique index one_badge on public.badges (doctor);
      create table public.desks (doctor integer unique references public.doctors);
      insert into public.doctors values (1);
      insert into public.badges values (1);
      insert into public.desks values (1);
      grant select on public.doctors, public.badges, public.desks to anon;
    `);
    const { body } = await call(sandbox, '/rest/v1/doctors?select=id,badges(doctor),desks(doctor)');
    assert.deepEqual(body, [{ id: 1, badges: [{ doctor: 1 }], desks: { doctor: 1 } }]);
  });
});

describe('the process', () => {
  test('warnings that are errors are still emitted', async () => {
    const warned = new Promise((resolve) => process.once('warning', resolve));
    const warning = new Error('a warning');
    process.emitWarning(warning);
    assert.equal(await warned, warning);
  });
});
