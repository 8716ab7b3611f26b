import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Case, MATRIX } from './support/matrix.ts';
import { CALLERS, type CallerName, TwoClinics } from './support/two-clinics.ts';
import { tryToListen } from './support/topics.ts';

// Of two clinics in one project, neither can read, change, receive or infer any data of the other: every function, table and
// topic, for every kind of caller.

const INSUFFICIENT_PRIVILEGE = '42501';

describe('two clinics in one project', { timeout: 300_000 }, () => {
  let world: TwoClinics;
  let secrets: readonly string[];

  before(async () => {
    world = await TwoClinics.open();
    await world.book('alpha-one');
    await world.book('alpha-two');
    await world.book('beta-one');
    secrets = await world.secretsOf('alpha');
    assert.ok(secrets.length > 20);
  });
  after(() => world.close());

  /** The code of an answer, `ok`, or `401` when the Data API refuses the session. */
  async function outcome(as: CallerName, name: string, args: object) {
    const reply = await world.call(as, name, args);
    const isGateway = reply.status === 401 && reply.code !== 'not_signed_in';
    return { ...reply, code: isGateway ? '401' : (reply.code ?? 'ok') };
  }

  function leaks(body: unknown, of = secrets): string[] {
    const said = JSON.stringify(body).toLowerCase();
    return of.filter((secret) => said.includes(secret));
  }

  it('have every function listed, with all its required arguments', async () => {
    const { rows } = await world.clinic.sandbox.query<{ name: string; required: string[] }>(
      `select proname as name, coalesce(proargnames[1:pronargs - pronargdefaults], '{}') as required
       from pg_proc where pronamespace = 'public'::regnamespace and proname like 'openslot%' order by 1`,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      Object.keys(MATRIX).sort(),
    );
    for (const { name, required } of rows) {
      for (const { makeArgs } of MATRIX[name]!) {
        const given = Object.keys(await makeArgs(world));
        assert.deepEqual(
          required.filter((argument) => !given.includes(argument)),
          [],
          name,
        );
      }
    }
  });

  for (const [name, cases] of Object.entries(MATRIX)) {
    for (const [index, { may, makeArgs, byToken }] of cases.entries()) {
      it(`answer each caller of ${name} according to their rights${cases.length > 1 ? ` (${index + 1})` : ''}`, async () => {
        const outcomes: Partial<Record<CallerName, string>> = {};
        for (const caller of CALLERS) {
          const args = await makeArgs(world);
          const isRefused = may[caller] !== 'ok';
          const untouched = isRefused ? await world.fingerprint() : null;
          const { code, body } = await outcome(caller, name, args);
          outcomes[caller] = code;
          if (untouched) assert.deepEqual(await world.fingerprint(), untouched, `${name} as ${caller} changes nothing`);
          if (!byToken && !caller.startsWith('alpha')) {
            assert.deepEqual(leaks(body), [], `${name} gives ${caller} only their own data`);
          }
        }
        assert.deepEqual(outcomes, may);
      });
    }
  }

  it('give the same answer for another clinic’s data as for data that doesn’t exist', async () => {
    for (const [name, cases] of Object.entries(MATRIX)) {
      for (const { may, makeArgs, nothing } of cases.filter(hasNothing)) {
        for (const caller of CALLERS) {
          // A member of the clinic may get another answer, which says that their role is not enough.
          if (may[caller] === 'ok' || may[caller] === 'not_allowed') continue;
          const [theirs, nobodys] = [
            await outcome(caller, name, await makeArgs(world)),
            await outcome(caller, name, await nothing(world)),
          ];
          assert.deepEqual(theirs, nobodys, `${name} as ${caller}`);
        }
      }
    }
  });

  it('give a provider no access to a colleague’s calendar', async () => {
    const colleagues = (await world.secretsOf('alpha')).filter((secret) => secret.includes('alpha-two'));
    for (const [name, cases] of Object.entries(MATRIX)) {
      for (const { may, colleague } of cases) {
        if (!colleague) continue;
        const args = await colleague(world);
        const untouched = await world.fingerprint();
        const { code, body } = await outcome('alphaProvider', name, args);
        assert.equal(code, may.stranger, name);
        assert.deepEqual(await world.fingerprint(), untouched, name);
        assert.deepEqual(leaks(body, colleagues), [], name);
        assert.equal((await outcome('alphaStaff', name, args)).code, 'ok', name);
      }
    }
    for (const name of ['openslot_desk', 'openslot_notifications']) {
      const { body } = await outcome('alphaProvider', name, {});
      assert.deepEqual(leaks(body, colleagues), [], name);
      assert.ok(!JSON.stringify(body).includes(world.providers['alpha-two']!), name);
    }
  });

  it('give each caller their own data, so that the missing data above proves a refusal', async () => {
    const { body } = await outcome('alphaOwner', 'openslot_notifications', {});
    assert.ok(leaks(body).some((secret) => secret.startsWith('patient-alpha-two')));
    const { body: members } = await outcome('alphaOwner', 'openslot_members', { tenant: 'alpha' });
    assert.ok(leaks(members).includes('alphastaff@secret.example'));
    const { body: own } = await outcome('betaOwner', 'openslot_desk', {});
    assert.match(JSON.stringify(own), /beta-one/);
  });

  it('let a token open one appointment, not its patient’s or its clinic’s others', async () => {
    const [first, other] = [await world.book('alpha-one'), await world.book('alpha-one')];
    await world.unreadByPatients();
    const others = [other.appointment.id, other.manage_token, other.appointment.patient.email].map((text) =>
      text.toLowerCase(),
    );
    for (const [name, args] of [
      ['openslot_appointment', {}],
      ['openslot_notifications', {}],
      ['openslot_read_notifications', { up_to: 9_000_000 }],
    ] as const) {
      const { code, body } = await outcome('anon', name, { token: first.manage_token, ...args });
      assert.equal(code, 'ok', name);
      assert.deepEqual(leaks(body, others), [], name);
    }
    const { body } = await outcome('anon', 'openslot_notifications', { token: other.manage_token });
    assert.equal((body as { unread: number }).unread, 1, 'reading marks the notifications of one appointment only');
    const forged = `${first.manage_token.slice(0, -1)}${first.manage_token.endsWith('A') ? 'B' : 'A'}`;
    assert.equal((await outcome('anon', 'openslot_appointment', { token: forged })).code, 'appointment_not_found');
  });

  it('refuse a session that is over, or that another key signed', async () => {
    for (const [name, [entry]] of Object.entries(MATRIX)) {
      const args = await entry!.makeArgs(world);
      const untouched = await world.fingerprint();
      const { status } = await world.call('alphaOwner', name, args, -60);
      assert.equal(status, 401, name);
      assert.deepEqual(await world.fingerprint(), untouched, name);
    }
    const [head, claims] = ((await world.tokenOf('alphaOwner')) ?? '').split('.');
    const forged = `${head}.${claims}.${'A'.repeat(43)}`;
    const { status } = await world.clinic.call('openslot_desk', {}, { authorization: `Bearer ${forged}` });
    assert.equal(status, 401);
  });

  it('give no caller access to their tables', async () => {
    const { rows: granted } = await world.clinic.sandbox.query<{ found: string }>(
      `select grantee || ' ' || lower(privilege_type) || ' ' || table_name || coalesce('.' || column_name, '') as found
       from (
         select grantee, privilege_type, table_name, null as column_name from information_schema.role_table_grants
         where table_schema = 'openslot'
         union all
         select grantee, privilege_type, table_name, column_name from information_schema.column_privileges
         where table_schema = 'openslot'
       ) as privileges
       where grantee in ('anon', 'authenticated', 'PUBLIC') order by 1`,
    );
    const columns = ['end_time', 'held_until', 'id', 'provider_id', 'revision', 'start_time', 'status'];
    const expected = ['anon', 'authenticated'].flatMap((role) =>
      columns.map((column) => `${role} select availability_slots.${column}`),
    );
    assert.deepEqual(granted.map(({ found }) => found).sort(), expected.sort());
    const { rows: open } = await world.clinic.sandbox.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'openslot'::regnamespace and relkind in ('r', 'p') and not relrowsecurity
       order by 1`,
    );
    assert.deepEqual(
      open.map(({ relname }) => relname),
      [],
      'each has row level security, too',
    );
    for (const caller of ['anon', 'stranger', 'alphaOwner', 'betaOwner'] as const) {
      for (const table of await world.tables()) {
        // Slots are public, each column of them.
        const statements = table === 'availability_slots' ? ['delete from'] : ['select * from', 'delete from'];
        for (const statement of statements) {
          const refusal = await world.refusalOf(caller, `${statement} openslot.${table}`);
          assert.equal(refusal, INSUFFICIENT_PRIVILEGE, `${caller}: ${statement} ${table}`);
        }
      }
      // So the refusals above come from the tables.
      assert.equal(await world.refusalOf(caller, 'select * from openslot.availability_slots'), null);
    }
  });

  it('let no caller call an internal function', async () => {
    const { rows } = await world.clinic.sandbox.query<{ name: string }>(
      `select distinct role || ' ' || proname as name from pg_proc, unnest(array['anon', 'authenticated']) as role
       where pronamespace = 'openslot'::regnamespace and has_function_privilege(role, pg_proc.oid, 'execute') order by 1`,
    );
    // A policy on Realtime's messages runs this function with the subscriber's rights.
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['authenticated may_listen_to_desk'],
    );
  });

  it('broadcast to their members, and to clients that have an appointment’s secret topic', async () => {
    const { appointment } = await world.book('alpha-one');
    const { topic } = await world.clinic.row<{ topic: string }>('select openslot.appointment_topic($1) as topic', [
      appointment.id,
    ]);
    const listeners = (who: (caller: CallerName) => boolean) => CALLERS.filter(who);
    const alpha = world.providers['alpha-one']!;
    const topics: readonly (readonly [topic: string, who: readonly CallerName[]])[] = [
      [`openslot:provider:${alpha}`, CALLERS],
      [`openslot:viewers:${alpha}`, CALLERS],
      [`openslot:desk:${alpha}`, listeners((caller) => caller.startsWith('alpha'))],
      [`openslot:desk:${world.providers['alpha-two']!}`, ['alphaStaff', 'alphaOwner']],
      [`openslot:desk:${appointment.id}`, []],
      [topic, CALLERS],
      [`openslot:appointment:${appointment.id}`, []],
      [`openslot:tenant:${world.tenants['alpha']!}`, []],
      [`openslot:desk:${alpha}:`, []],
      ['openslot:desk:%', []],
    ];
    await Promise.all(
      topics.flatMap(([name, who]) =>
        CALLERS.map(async (caller) => {
          const expected = who.includes(caller) ? 'joined' : 'refused';
          assert.equal(await tryToListen(world, caller, name), expected, `${caller} on ${name}`);
        }),
      ),
    );
  });

  it('send nothing to a member whose session is over', async () => {
    assert.equal(
      await tryToListen(world, 'alphaOwner', `openslot:desk:${world.providers['alpha-one']!}`, -60),
      'refused',
    );
  });
});

function hasNothing(one: Case): one is Case & Required<Pick<Case, 'nothing'>> {
  return one.nothing !== undefined;
}
