/**
 * Bookings per second: 500 callers who want the same time, and callers who want different ones, over HTTP and in SQL. For
 * comparison, the minimum of any system: an insert into a table with a unique index, without holds, services, hours, limits,
 * idempotency or notifications.
 */
import pg from 'pg';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { type Call, Callers } from '../callers/callers.ts';
import { addProvider, openSlots } from '../provider.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf } from '../report/spread.ts';

const CONTENDERS = 500;
const [ROUNDS, BOOKINGS, CALLERS] = [7, 300, 20];

const NAIVE = `
  create table public.naive_bookings (
    id uuid primary key default gen_random_uuid(), provider text not null, start timestamptz not null,
    patient jsonb not null, unique (provider, start)
  );
  create function public.naive_book(provider text, start timestamptz, patient jsonb) returns jsonb
  language plpgsql security definer set search_path = '' as $$
  begin
    insert into public.naive_bookings (provider, start, patient) values (naive_book.provider, naive_book.start, naive_book.patient);
    return '{}';
  exception when unique_violation then
    raise exception 'slot_taken' using errcode = 'PT409';
  end $$;
  grant execute on function public.naive_book to anon;`;

const PATIENT = { name: 'Karin Holm', email: 'karin.holm@example.com' };

interface Way {
  readonly name: string;
  readonly call: (start: string) => Call;
}

const openslot: Way = {
  name: 'openslot',
  call: (start) => ({
    name: 'openslot_book',
    args: { provider: 'busy', service: 'visit', start, patient: PATIENT, request_id: crypto.randomUUID() },
  }),
};
const naive: Way = {
  name: 'naive insert',
  call: (start) => ({ name: 'naive_book', args: { provider: 'busy', start, patient: PATIENT } }),
};

export const booking: Part = async (log) => {
  const sandbox = await startSandbox();
  const callers = new Callers({ url: sandbox.url, key: sandbox.publishableKey });
  const pool = new pg.Pool({ connectionString: sandbox.databaseUrl, max: CALLERS });
  // The database may end before the last of its connections.
  pool.on('error', () => undefined);
  try {
    await sandbox.query(NAIVE);
    const providerId = await addProvider(sandbox.query, { slug: 'busy', slotMinutes: 15, windowDays: 90 });
    const slots = await openSlots(sandbox.query, providerId, (ROUNDS + 1) * (1 + 2 * BOOKINGS));
    const rows: Row[] = [];
    for (const way of [openslot, naive]) {
      const unused = slots.map(({ start }) => start);
      log(`${way.name}: ${CONTENDERS} for one time`);
      rows.push(...(await contended(callers, way, unused.splice(0, ROUNDS + 1))));
      log(`${way.name}: different times`);
      rows.push(
        await uncontended(`${way.name}: bookings of different times, HTTP`, unused, (some) =>
          callers.call(some.map(way.call), CALLERS),
        ),
      );
      rows.push(
        await uncontended(`${way.name}: bookings of different times, SQL`, unused, (some) =>
          inSql(pool, some.map(way.call)),
        ),
      );
    }
    await expectConsistent(sandbox);
    return { rows };
  } finally {
    callers.stop();
    await pool.end();
    await sandbox.stop();
  }
};

async function contended(callers: Callers, way: Way, starts: string[]): Promise<Row[]> {
  const times: number[] = [];
  const rates: number[] = [];
  let [winners, refused] = [0, 0];
  for (const [round, start] of starts.entries()) {
    const calls = Array.from({ length: CONTENDERS }, () => way.call(start));
    const done = await callers.call(calls, CONTENDERS);
    if (round === 0) continue;
    winners += done.codes['ok'] ?? 0;
    refused += done.codes['slot_taken'] ?? 0;
    times.push(...done.times);
    rates.push((CONTENDERS * 1_000) / done.elapsed);
  }
  const others = ROUNDS * CONTENDERS - winners - refused;
  const met = winners === ROUNDS && others === 0;
  const what = `${way.name}: ${CONTENDERS} callers, one time`;
  return [
    {
      what: `${what}: winners in ${ROUNDS} rounds`,
      unit: 'bookings',
      measured: winners,
      budget: { text: `${ROUNDS}, 1 a round`, met },
    },
    { what: `${what}: errors but slot_taken`, unit: 'errors', measured: others, budget: atMost(0, others, '0') },
    { what: `${what}: answers`, unit: '1/s', measured: spreadOf(rates) },
    { what: `${what}: until the answer`, unit: 'ms', measured: spreadOf(times) },
  ];
}

async function uncontended(
  what: string,
  starts: string[],
  book: (starts: string[]) => Promise<{ elapsed: number }>,
): Promise<Row> {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { elapsed } = await book(starts.splice(0, BOOKINGS));
    if (round > 0) rates.push((BOOKINGS * 1_000) / elapsed);
  }
  return { what, unit: '1/s', measured: spreadOf(rates), note: `one provider, ${CALLERS} callers` };
}

async function inSql(pool: pg.Pool, calls: readonly Call[]): Promise<{ elapsed: number }> {
  const started = performance.now();
  await Promise.all(
    calls.map(({ name, args }) => {
      const names = Object.keys(args);
      const values = Object.values(args).map((value) => (typeof value === 'object' ? JSON.stringify(value) : value));
      return pool.query({
        name,
        text: `select ${name}(${names.map((key, index) => `${key} => $${index + 1}`).join(', ')})`,
        values,
      });
    }),
  );
  return { elapsed: performance.now() - started };
}

/** Checks that the result is right, because fast but wrong bookings would prove nothing. */
async function expectConsistent(sandbox: Sandbox): Promise<void> {
  const { rows } = await sandbox.query<{ booked: number; confirmed: number }>(
    `select (select count(*)::integer from openslot.availability_slots where status = 'booked' and provider_id = provider.id) as booked,
       (select count(*)::integer from openslot.appointments where status = 'confirmed' and provider_id = provider.id) as confirmed
     from openslot.providers provider where slug = 'busy'`,
  );
  if (rows[0]?.booked !== rows[0]?.confirmed)
    throw new Error(`Slots and appointments differ: ${JSON.stringify(rows[0])}`);
}
