import { after, before, describe, it } from 'node:test';
import { RunningClock } from './support/clock.ts';
import { TestDatabase } from './support/database.ts';
import { Replay } from './support/replay.ts';
import { ANON_KEY, inSeconds, signToken, TestServer } from './support/server.ts';

// Sessions recorded from supabase/realtime 2.129.8 with realtime-js 2.119.1 and bare sockets.

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

const MINUTE = 60_000;
/** The server answers without its delays, except for those that a fixture passes with `advance`. */
const TIMINGS = {
  connectError: 1,
  joinError: 1,
  changesPoll: 1,
  resubscribe: 1,
  idle: 1_440 * MINUTE,
  changesReconnect: { first: MINUTE, longest: MINUTE },
  broadcastsReconnect: { first: 10 * MINUTE, longest: 10 * MINUTE },
};

describe('recorded sessions', { timeout: 300_000 }, () => {
  let database: TestDatabase | undefined;
  let server: TestServer | undefined;
  let replay: Replay;

  before(async () => {
    const clock = new RunningClock();
    database = await TestDatabase.start();
    await database.query(SCHEMA);
    server = await TestServer.start(database.url, { clock, random: () => 0, timings: TIMINGS });
    replay = new Replay({ server, database, clock, tokens: () => makeTokens(clock.now()) });
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
    'postgres-changes-errors': 'table changes: refused bindings, several conditions, selected columns',
    'token-refresh': 'new tokens: good ones, bad ones, none in time',
    'leave-and-rejoin': 'leaving, joining again, a killed socket',
    'leave-and-rejoin-raw': 'leaving with the wrong reference, twice, at once, joining twice',
    restarts: 'restarts of the database and of the server',
  };
  for (const [fixture, title] of Object.entries(fixtures)) {
    it(title, async (t) => {
      for (const [why, count] of await replay.run(fixture)) t.diagnostic(`${count} frames skipped: ${why}`);
    });
  }
});

/** @param now milliseconds since 1970 */
async function makeTokens(now: number): Promise<Record<string, string>> {
  const user = { role: 'authenticated', sub: '3f0b3f57-9a0a-4c0e-9d0a-4e2f0f5d9b11' };
  const inAnHour = inSeconds(3_600, now);
  const expiring = (seconds: number): Promise<string> => signToken({ role: 'anon', exp: inSeconds(seconds, now) });
  return {
    anon: ANON_KEY,
    authenticated: await signToken({ ...user, exp: inAnHour }),
    'authenticated-anew': await signToken({ ...user, exp: inAnHour + 1 }),
    service_role: await signToken({ role: 'service_role', exp: inAnHour }),
    'unknown-role': await signToken({ role: 'nobody_in_the_database', exp: inAnHour }),
    'no-role': await signToken({ exp: inAnHour }),
    'no-exp': await signToken({ role: 'anon' }),
    expired: await expiring(-70),
    'expires-in-10-min': await expiring(600),
    'expires-in-20-min': await expiring(1_200),
    'wrong-signature': await signToken({ role: 'anon', exp: inAnHour }, 'another-secret-0123456789-0123456789'),
    garbage: 'abc',
    'three-parts': 'a.b.c',
  };
}
