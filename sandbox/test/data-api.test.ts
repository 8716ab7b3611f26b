/** The layers between a client and the database: keys, identities, and calls of functions. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { startSandbox, type Sandbox } from '../index.ts';
import { call, rpc, type Refusal } from './support/api.ts';

let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox({ seed: false });
  await sandbox.query(`
    set role postgres;
    create function public.whoami() returns jsonb language sql stable as $$
      select jsonb_build_object('role', current_user, 'claims', auth.jwt(), 'headers', current_setting('request.headers')::jsonb)
    $$;
    create function public.add(a integer, b integer default 10) returns integer language sql as $$ select a + b $$;
    create function public.twice(a text) returns text language sql as $$ select 'text' $$;
    create function public.twice(a integer) returns text language sql as $$ select 'integer' $$;
    create function public.nothing() returns void language sql as $$ select $$;
    create function public.numbers() returns setof integer language sql as $$ select generate_series(1, 3) $$;
    create function public.pairs() returns table (id integer, name text) language sql as $$ values (1, 'a'), (2, 'b') $$;
    create function public.big() returns jsonb language sql as $$ select jsonb '12345678901234567890' $$;
    create function public.pick(list integer[], at integer) returns integer language sql as $$ select list[at] $$;
    create function public.teapot() returns jsonb language plpgsql as $$
      begin
        perform set_config('response.status', '418', true), set_config('response.headers', '[{"x-pot": "round"}]', true);
        return '{}';
      end $$;
    create function public.time_limit() returns text language sql as $$ select current_setting('statement_timeout') $$;
    create function public.hidden() returns void language sql as $$ select $$;
    revoke execute on function public.hidden() from public;
    reset role;
  `);
});

after(() => sandbox.stop());

interface Who {
  role: string;
  claims: Record<string, unknown>;
  headers: Record<string, string>;
}

function sign(claims: Record<string, unknown>, secret = sandbox.jwtSecret): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}

describe('keys', () => {
  test('a publishable and a legacy anon key are anon, a secret key is service_role', async () => {
    for (const [key, role] of [
      [sandbox.publishableKey, 'anon'],
      [sandbox.anonKey, 'anon'],
      [sandbox.secretKey, 'service_role'],
    ] as const) {
      const { body } = await rpc<Who>(sandbox, 'whoami', {}, { key });
      assert.equal(body.role, role);
      assert.equal(body.claims['role'], role);
    }
  });

  test('a wrong key and a missing one get different answers, in the hosted gateway’s words', async () => {
    const wrong = await rpc(sandbox, 'whoami', {}, { key: 'sb_publishable_wrong' });
    assert.equal(wrong.status, 401);
    assert.deepEqual(wrong.body, {
      message: 'Invalid API key',
      hint: 'Double check your Supabase `anon` or `service_role` API key.',
    });
    const missing = await rpc(sandbox, 'whoami', {}, { key: null });
    assert.equal(missing.status, 401);
    assert.deepEqual(missing.body, {
      message: 'No API key found in request',
      hint: 'No `apikey` request header or url param was found.',
    });
    assert.equal((await call(sandbox, '/auth/v1/settings', { key: null })).status, 401);
  });

  test('a key may be in the query string', async () => {
    const path = `/rest/v1/rpc/whoami?apikey=${sandbox.publishableKey}`;
    assert.equal((await call<Who>(sandbox, path, { key: null, json: {} })).body.role, 'anon');
  });

  test('a secret key is refused if it comes from a browser', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    assert.equal((await rpc(sandbox, 'whoami', {}, { key: sandbox.secretKey, headers })).status, 401);
    assert.equal((await rpc(sandbox, 'whoami', {}, { headers })).status, 200);
  });

  test('a key as bearer token stands for no user', async () => {
    const { body } = await rpc<Who>(sandbox, 'whoami', {}, { token: sandbox.publishableKey });
    assert.equal(body.role, 'anon');
  });
});

describe('signed-in callers', () => {
  test('SQL can read their claims', async () => {
    const token = await sign({ role: 'authenticated', sub: '00000000-0000-4000-8000-000000000001', exp: 4e9 });
    const { body } = await rpc<Who>(sandbox, 'whoami', {}, { token });
    assert.equal(body.role, 'authenticated');
    assert.equal(body.claims['sub'], '00000000-0000-4000-8000-000000000001');
  });

  test('a token that is expired, forged or no token at all is refused', async () => {
    const refusals = [
      [await sign({ role: 'authenticated', exp: 1 }), 'PGRST303', 'JWT expired'],
      [
        await sign({ role: 'service_role' }, 'another secret of sufficient length'),
        'PGRST301',
        'No suitable key or wrong key type',
      ],
      ['a.b', 'PGRST301', 'Expected 3 parts in JWT; got 2'],
    ] as const;
    for (const [token, code, message] of refusals) {
      const answer = await rpc<Refusal & { message: string }>(sandbox, 'whoami', {}, { token });
      assert.deepEqual([answer.status, answer.body.code, answer.body.message], [401, code, message]);
    }
  });
});

describe('the address of the caller', () => {
  test('is in the headers, after the caller’s own claim', async () => {
    const plain = await rpc<Who>(sandbox, 'whoami');
    assert.equal(plain.body.headers['x-forwarded-for'], '127.0.0.1');
    const forged = await rpc<Who>(
      sandbox,
      'whoami',
      {},
      { headers: { 'x-forwarded-for': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9' } },
    );
    assert.equal(forged.body.headers['x-forwarded-for'], '203.0.113.9, 127.0.0.1');
    assert.equal(forged.body.headers['cf-connecting-ip'], '127.0.0.1');
  });
});

describe('functions', () => {
  test('are called by named arguments, with defaults and arrays', async () => {
    assert.equal((await rpc(sandbox, 'add', { a: 1 })).body, 11);
    assert.equal((await rpc(sandbox, 'add', { b: 2, a: 1 })).body, 3);
    assert.equal((await rpc(sandbox, 'pick', { list: [7, 8], at: 2 })).body, 8);
    assert.equal((await rpc(sandbox, 'add', { a: null })).body, null);
  });

  test('answer according to their return type', async () => {
    const nothing = await rpc(sandbox, 'nothing');
    assert.deepEqual([nothing.status, nothing.body], [204, '']);
    assert.deepEqual((await rpc(sandbox, 'numbers')).body, [1, 2, 3]);
    assert.deepEqual((await rpc(sandbox, 'pairs')).body, [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ]);
  });

  test('may set status and headers', async () => {
    const { status, headers } = await rpc(sandbox, 'teapot');
    assert.deepEqual([status, headers.get('x-pot')], [418, 'round']);
  });

  test('keep every digit of a number', async () => {
    const response = await fetch(`${sandbox.url}/rest/v1/rpc/big`, {
      method: 'POST',
      headers: { apikey: sandbox.publishableKey },
    });
    assert.equal(await response.text(), '12345678901234567890');
  });

  test('can be filtered, and called by GET', async () => {
    assert.deepEqual((await call(sandbox, '/rest/v1/rpc/pairs?select=name&id=eq.2', { json: {} })).body, [
      { name: 'b' },
    ]);
    assert.equal((await call(sandbox, '/rest/v1/rpc/add?a=1&b=1')).body, 2);
  });

  test('that do not exist with those arguments are named in the error', async () => {
    const { status, body } = await rpc(sandbox, 'add', { a: 1, c: 2 });
    assert.equal(status, 404);
    assert.deepEqual(body, {
      code: 'PGRST202',
      message: 'Could not find the function public.add(a, c) in the schema cache',
      details:
        'Searched for the function public.add with parameters a, c or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
      hint: null,
    });
  });

  test('that are ambiguous are not called', async () => {
    const { status, body } = await rpc<Refusal>(sandbox, 'twice', { a: 1 });
    assert.deepEqual([status, body.code], [300, 'PGRST203']);
  });

  test('that are not granted are refused', async () => {
    const { status, body } = await rpc<Refusal>(sandbox, 'hidden');
    assert.deepEqual([status, body.code], [401, '42501']);
  });

  test('run under the time limit of the role', async () => {
    const token = await sign({ role: 'authenticated' });
    assert.equal((await rpc(sandbox, 'time_limit')).body, '3s');
    assert.equal((await rpc(sandbox, 'time_limit', {}, { token })).body, '8s');
  });
});

describe('schemas', () => {
  test('only public is reachable', async () => {
    for (const headers of [{ 'content-profile': 'openslot' }, { 'content-profile': 'auth' }]) {
      const { status, body } = await rpc(sandbox, 'whoami', {}, { headers });
      assert.equal(status, 406);
      assert.deepEqual(body, {
        code: 'PGRST106',
        message: `Invalid schema: ${headers['content-profile']}`,
        details: null,
        hint: 'Only the following schemas are exposed: public',
      });
    }
    const table = await call<Refusal>(sandbox, '/rest/v1/appointments', { headers: { 'accept-profile': 'openslot' } });
    assert.deepEqual([table.status, table.body.code], [406, 'PGRST106']);
  });

  test('a missing table is named in the error', async () => {
    const { status, body } = await call(sandbox, '/rest/v1/appointments');
    assert.equal(status, 404);
    assert.deepEqual(body, {
      code: 'PGRST205',
      message: "Could not find the table 'public.appointments' in the schema cache",
      details: null,
      hint: null,
    });
  });
});

describe('crowds', () => {
  test('500 simultaneous calls each get their own answer', async () => {
    const client = createClient(sandbox.url, sandbox.publishableKey, { auth: { persistSession: false } });
    const answers = await Promise.all(Array.from({ length: 500 }, (_, a) => client.rpc('add', { a, b: 1 })));
    answers.forEach(({ data, error }, a) => {
      assert.equal(error, null);
      assert.equal(data, a + 1);
    });
  });
});
