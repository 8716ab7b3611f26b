import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { HoldResult, MissedChanges, PackedChange, PackedSnapshot } from '../../src/core/wire.ts';
import { AMARA, Clinic, MIRA } from './support/clinic.ts';

// The rights of a caller who has only what is in the page: the project's URL and its public key.

const FUNCTIONS = [
  'public.openslot_appointment',
  'public.openslot_book',
  'public.openslot_calendar',
  'public.openslot_cancel',
  'public.openslot_changes',
  'public.openslot_hold',
  'public.openslot_notifications',
  'public.openslot_push_subscribe',
  'public.openslot_push_unsubscribe',
  'public.openslot_read_notifications',
  'public.openslot_release',
  'public.openslot_reschedule',
  'public.openslot_schema_version',
];

describe('the public key', { timeout: 300_000 }, () => {
  let clinic: Clinic;

  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  /** The current public key, and the JWT of older projects. */
  function strangers(): Record<string, string>[] {
    const { publishableKey, anonKey } = clinic.sandbox;
    return [{ apikey: publishableKey }, { apikey: anonKey, authorization: `Bearer ${anonKey}` }];
  }

  /** Without these headers, the Data API uses schema `public`. */
  function inSchema(schema: string): Record<string, string> {
    return schema === 'public' ? {} : { 'accept-profile': schema, 'content-profile': schema };
  }

  /** Status and code of the Data API's answer for a table, or its rows. */
  async function request(method: 'GET' | 'POST', path: string, headers: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${clinic.sandbox.url}/rest/v1/${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{"title":"Mine"}' }),
    });
    const answer = (await response.json()) as { code?: string };
    return response.ok ? answer : `${response.status} ${answer.code}`;
  }

  it('gives access only to the schema of the functions, and to no table in it', async () => {
    const { rows: tables } = await clinic.sandbox.query<{ schema: string; name: string }>(
      `select nspname as schema, relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('r', 'p', 'v', 'm', 'f') and nspname !~ '^pg_' and nspname <> 'information_schema'`,
    );
    assert.ok(tables.some((table) => table.schema === 'openslot' && table.name === 'appointments'));
    assert.deepEqual(
      tables.filter(({ schema }) => schema === 'public'),
      [],
    );
    for (const key of strangers()) {
      for (const { schema, name } of tables) {
        const answers = [
          await request('GET', name, { ...key, ...inSchema(schema) }),
          await request('POST', name, { ...key, ...inSchema(schema) }),
        ];
        assert.deepEqual(answers, ['406 PGRST106', '406 PGRST106'], `${schema}.${name}`);
      }
      assert.equal(await request('GET', 'appointments', key), '404 PGRST205');
    }
  });

  it('would give access to a granted table in that schema', async () => {
    await clinic.sandbox.query(`
      create table public.leaflets as select 'Opening hours' as title;
      grant select on public.leaflets to anon;`);
    for (const key of strangers()) {
      assert.deepEqual(await request('GET', 'leaflets', key), [{ title: 'Opening hours' }]);
      assert.equal(await request('POST', 'leaflets', key), '401 42501');
    }
    await clinic.sandbox.query('drop table public.leaflets');
  });

  it('writes no table of Openslot and reads none but slots, even if a project exposes its schema', async () => {
    const { rows: tables } = await clinic.sandbox.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'openslot'`,
    );
    for (const { name } of tables) {
      for (const statement of name === 'availability_slots' ? ['delete from'] : ['select * from', 'delete from']) {
        const sql = `${statement} openslot.${name}`;
        await assert.rejects(clinic.sandbox.queryAs({ role: 'anon' }, sql), { code: '42501' }, sql);
      }
    }
  });

  it('can call the functions of the contract and no others', async () => {
    const { rows: functions } = await clinic.sandbox.query<{
      schema: string;
      name: string;
      args: Record<string, null>;
    }>(
      `select nspname as schema, proname as name, coalesce(jsonb_object_agg(argument, null) filter (where argument <> ''), '{}') as args
       from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
       left join lateral unnest(proargnames[1:pronargs]) as argument on true
       where nspname in ('public', 'openslot', 'realtime', 'auth')
       group by pg_proc.oid, nspname, proname`,
    );
    const callable = new Set<string>();
    await Promise.all(
      functions.flatMap(({ schema, name, args }) =>
        (schema === 'public' ? strangers() : strangers().slice(0, 1)).map(async (key) => {
          const reply = await clinic.call(name, args, { ...key, ...inSchema(schema) });
          assert.ok(reply.status < 500, `${schema}.${name}: ${reply.status}`);
          // The function or the schema is hidden or forbidden; every error of a function itself has another code.
          if (reply.code === null || !/^(PGRST\d+|42501)$/.test(reply.code)) callable.add(`${schema}.${name}`);
        }),
      ),
    );
    assert.deepEqual([...callable].sort(), FUNCTIONS);
  });

  it("gets no patient data from calendars, changes and other visitors' calls", async () => {
    const patient = {
      name: 'Zebulon Quist',
      email: 'zq@example.org',
      phone: '+99 111 222 333',
      note: 'a rare complaint',
    };
    const start = (await clinic.openStarts(MIRA.slug))[12]!;
    const booked = await clinic.book(MIRA.slug, 'consultation', start, { patient, visitor: randomUUID() });
    assert.equal(booked.code, null);

    const visitor = randomUUID();
    const later = (await clinic.openStarts(MIRA.slug))[14]!;
    const answers: { body: unknown }[] = [
      await clinic.call<HoldResult>('openslot_hold', {
        provider: MIRA.slug,
        service: 'consultation',
        start: later,
        visitor,
      }),
      await clinic.call<HoldResult>('openslot_release', { visitor }),
      await clinic.call('openslot_hold', { provider: MIRA.slug, service: 'consultation', start, visitor }),
      await clinic.book(MIRA.slug, 'consultation', start),
    ];
    for (const provider of [MIRA, AMARA]) {
      const { reload_revision: after } = await clinic.row<{ reload_revision: string }>(
        'select reload_revision from openslot.calendars where provider_id = $1',
        [provider.id],
      );
      answers.push(
        await clinic.call<PackedSnapshot>('openslot_calendar', { provider: provider.slug }),
        await clinic.call<PackedChange<MissedChanges>>('openslot_changes', {
          provider: provider.id,
          after: Number(after),
        }),
      );
    }
    const said = JSON.stringify(answers).toLowerCase();
    assert.ok(said.includes(',1,0]') && said.includes('"slot_taken"'), 'the answers contain times that are gone');

    const { rows } = await clinic.sandbox.query<{ fact: string }>(
      `select distinct lower(fact) as fact from openslot.appointments,
         unnest(array[id::text, patient_name, patient_email, patient_phone, patient_note]) as fact where fact is not null`,
    );
    assert.ok(rows.some(({ fact }) => fact === 'a rare complaint'));
    assert.deepEqual(
      rows.filter(({ fact }) => said.includes(fact)),
      [],
    );
    assert.ok(!said.includes(booked.body.manage_token.toLowerCase()));
  });

  it('never causes a server error, whatever the arguments', async () => {
    const nonsense = [
      ['openslot_calendar', { provider: {} }],
      ['openslot_calendar', { provider: 'x'.repeat(10_000) }],
      ['openslot_changes', { provider: MIRA.slug, after: 'yesterday' }],
      ['openslot_changes', { provider: MIRA.slug, after: 9_007_199_254_740_991 }],
      ['openslot_hold', { provider: MIRA.slug, service: 'consultation', start: 'soon', visitor: randomUUID() }],
      [
        'openslot_hold',
        { provider: MIRA.slug, service: 'consultation', start: '9999-12-31T23:59:59Z', visitor: randomUUID() },
      ],
      ['openslot_release', { visitor: 'me' }],
      ['openslot_book', { provider: MIRA.slug, service: 'consultation', start: null, patient: null, request_id: null }],
      [
        'openslot_book',
        {
          provider: "'; drop schema openslot; --",
          service: '%',
          start: 'infinity',
          patient: 7,
          request_id: randomUUID(),
        },
      ],
      ['openslot_appointment', { token: '\u0001'.repeat(100) }],
      ['openslot_cancel', { token: 'x', reason: 'y'.repeat(100_000) }],
      ['openslot_reschedule', { token: 'x', start: '-infinity', request_id: randomUUID() }],
    ] as const;
    for (const [name, args] of nonsense) {
      const { status } = await clinic.call(name, args);
      assert.ok(status < 500, `${name} ${JSON.stringify(args).slice(0, 200)}: ${status}`);
    }
  });
});
