/** The behaviour of a hosted project's Auth where stock @supabase/lite differs from it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { startSandbox, type Sandbox } from '../index.ts';
import { call, type AuthSession, type Refusal } from './support/api.ts';

let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox({ seed: false });
});

after(() => sandbox.stop());

describe('access tokens', () => {
  const claimNames = ['iss', 'sub', 'aud', 'exp', 'iat', 'email', 'phone', 'app_metadata', 'user_metadata', 'role']
    .concat(['aal', 'amr', 'session_id', 'is_anonymous'])
    .sort();

  test('have the claims of a hosted project, also when refreshed', async () => {
    const credentials = { email: 'claims@example.com', password: 'correct horse' };
    await call(sandbox, '/auth/v1/signup', { json: { ...credentials, data: { name: 'Ada' } } });
    const signedIn = await call<AuthSession>(sandbox, '/auth/v1/token?grant_type=password', { json: credentials });
    const refreshed = await call<AuthSession>(sandbox, '/auth/v1/token?grant_type=refresh_token', {
      json: { refresh_token: signedIn.body.refresh_token },
    });
    for (const { status, body } of [signedIn, refreshed]) {
      assert.equal(status, 200);
      const claims = decodeJwt(body.access_token);
      assert.deepEqual(Object.keys(claims).sort(), claimNames);
      assert.equal(claims.iss, `${sandbox.url}/auth/v1`);
      assert.equal(claims['aal'], 'aal1');
      assert.equal(claims['is_anonymous'], false);
      assert.deepEqual(claims['app_metadata'], { provider: 'email', providers: ['email'] });
      assert.equal((claims['user_metadata'] as { name: string }).name, 'Ada');
    }
  });

  test('an anonymous user signs in, is marked as anonymous, and stays so after a refresh', async () => {
    const signedIn = await call<AuthSession>(sandbox, '/auth/v1/signup', { json: { data: {} } });
    assert.equal(signedIn.status, 200);
    assert.equal(signedIn.body.user.is_anonymous, true);
    const refreshed = await call<AuthSession>(sandbox, '/auth/v1/token?grant_type=refresh_token', {
      json: { refresh_token: signedIn.body.refresh_token },
    });
    for (const { body } of [signedIn, refreshed]) {
      const claims = decodeJwt(body.access_token);
      assert.deepEqual(Object.keys(claims).sort(), claimNames);
      assert.equal(claims['is_anonymous'], true);
      assert.equal(claims['role'], 'authenticated');
    }
  });

  test('a secret key administers users, other keys do not', async () => {
    const admin = { key: sandbox.secretKey };
    const made = await call<{ id: string; email: string }>(sandbox, '/auth/v1/admin/users', {
      ...admin,
      json: { email: 'Staff@example.com', password: 'first password', email_confirm: true, app_metadata: { desk: 1 } },
    });
    assert.equal(made.status, 200);
    assert.equal(made.body.email, 'staff@example.com');
    const path = `/auth/v1/admin/users/${made.body.id}`;

    const again = await call<Refusal>(sandbox, '/auth/v1/admin/users', {
      ...admin,
      json: { email: 'staff@example.com' },
    });
    assert.deepEqual([again.status, again.body.error_code], [422, 'email_exists']);

    await call(sandbox, path, { ...admin, method: 'PUT', json: { password: 'second password' } });
    const signIn = (password: string) =>
      call<AuthSession & Refusal>(sandbox, '/auth/v1/token?grant_type=password', {
        json: { email: 'staff@example.com', password },
      });
    assert.equal((await signIn('first password')).body.error_code, 'invalid_credentials');
    const session = await signIn('second password');
    assert.equal(session.status, 200);
    assert.equal(session.body.user.app_metadata.desk, 1);

    const list = await call<{ users: { id: string }[] }>(sandbox, '/auth/v1/admin/users?page=1&per_page=1000', admin);
    assert.ok(list.body.users.some((user) => user.id === made.body.id));
    assert.equal((await call(sandbox, path, { token: session.body.access_token })).status, 403);
    assert.equal((await call(sandbox, path, { ...admin, method: 'DELETE' })).status, 200);
    assert.equal((await call(sandbox, path, admin)).status, 404);
  });
});
