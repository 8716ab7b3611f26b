import { after, before, describe, it } from 'node:test';
import { TestDatabase } from './support/database.ts';
import { Replay } from './support/replay.ts';
import { ANON_KEY, inSeconds, signToken, TestServer } from './support/server.ts';

// Sessions recorded against supabase/realtime 2.129.8 with realtime-js 2.119.1 and bare sockets.

const SCHEMA = `
  create table public.bookings (
    id uuid primary key default gen_random_uuid(), provider_id uuid, starts_at timestamptz,
    status text default 'pending', price numeric, seats integer, meta jsonb, tags text[], note text
  );
  create table public.bookings_full (like public.bookings including all);
  alter table public.bookings_full replica identity full;
  grant select on public.bookings, public.bookings_full to anon, authenticated;
  alter publication supabase_realtime add table public.bookings, public.bookings_full;

  create table public.bc (id integer, provider_id uuid, note text);
  create function public.announce() returns trigger language plpgsql security definer as $$
  begin
    perform realtime.broadcast_changes('room-bookings', tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
    return null;
  end
  $$;
  create trigger announce after insert or update or delete on public.bc for each row execute function public.announce();

  create policy "rooms are read by users" on realtime.messages for select to authenticated
    using (realtime.topic() like 'room-%' or realtime.topic() like 'ro-%');
  create policy "rooms are written by users" on realtime.messages for insert to authenticated
    with check (realtime.topic() like 'room-%');
`;

describe('recorded sessions', { timeout: 60_000 }, () => {
  let database: TestDatabase | undefined;
  let server: TestServer | undefined;
  let replay: Replay;

  before(async () => {
    database = await TestDatabase.start();
    await database.query(SCHEMA);
    server = await TestServer.start(database.url, { timings: { connectError: 1, joinError: 1, changesPoll: 1 } });
    const exp = inSeconds(3600);
    replay = new Replay(server, database, {
      anon: ANON_KEY,
      authenticated: await signToken({ role: 'authenticated', sub: '3f0b3f57-9a0a-4c0e-9d0a-4e2f0f5d9b11', exp }),
      service_role: await signToken({ role: 'service_role', exp }),
      'unknown-role': await signToken({ role: 'nobody_in_the_database', exp }),
      'no-role': await signToken({ exp }),
      'no-exp': await signToken({ role: 'anon' }),
      expired: await signToken({ role: 'anon', exp: inSeconds(-70) }),
      'wrong-signature': await signToken({ role: 'anon', exp }, 'another-secret-0123456789-0123456789'),
      garbage: 'abc',
      'three-parts': 'a.b.c',
    });
  });

  after(async () => {
    await server?.stop();
    await database?.stop();
  });

  const fixtures = {
    'connect-errors': 'connections refused for their key',
    'join-errors': 'joins refused, and what waits behind them',
    frames: 'heartbeats, malformed frames, unknown topics, versions',
    'broadcast-1': 'broadcasts in protocol 1.0.0',
    'broadcast-2': 'broadcasts in protocol 2.0.0',
    presence: 'presence: state, diffs, updates, one key twice, a killed socket',
    'postgres-changes': 'table changes: types, filters, replica identities',
    'leave-and-rejoin': 'leaving, joining again, a killed socket',
  };
  for (const [fixture, title] of Object.entries(fixtures)) {
    it(title, () => replay.run(fixture));
  }
});
