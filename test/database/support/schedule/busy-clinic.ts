/** A clinic with two providers whose schedules patients, staff and statements by hand change at once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { signJwt } from '../../../../sandbox/api/keys.ts';
import { unpackSnapshot } from '../../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../../src/core/wire.ts';
import type { Clinic, Reply } from '../clinic.ts';
import { pick } from '../random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Most wishes are for the next days, so that callers want the same times and days become full. */
const DAYS_WANTED = 3;

const DAILY_LIMIT = 3;

/** Services of both providers. */
export const SERVICES = [
  { slug: 'short', minutes: 20, before: 0, after: 0 },
  { slug: 'long', minutes: 45, before: 15, after: 10 },
  { slug: 'awkward', minutes: 35, before: 0, after: 5 },
] as const;
export type Service = (typeof SERVICES)[number];

export interface BusyProvider {
  readonly id: string;
  readonly slug: string;
  /** Its daily limit and zone never change, and staff, whom no limit binds, book nothing: so no day may exceed the limit. */
  readonly keepsLimit: boolean;
}

export interface Wish {
  readonly provider: BusyProvider;
  readonly service: Service;
  readonly start: string;
}

/** A call, or a statement by hand, and its answer: null for success, else the code of the error. */
export interface Attempt {
  readonly what: string;
  readonly code: string | null;
}

export class BusyClinic {
  readonly clinic: Clinic;
  readonly providers: readonly BusyProvider[];
  readonly attempts: Attempt[] = [];
  readonly #session: string;

  private constructor(clinic: Clinic, providers: readonly BusyProvider[], session: string) {
    this.clinic = clinic;
    this.providers = providers;
    this.#session = session;
  }

  /** @param name unique among the clinics of the project */
  static async open(clinic: Clinic, name: string): Promise<BusyClinic> {
    const { id: tenant } = await clinic.row<{ id: string }>(
      `insert into openslot.tenants (slug, name, rate_limit_per_hour, hold_minutes, hold_max_minutes)
       values ($1, $2, null, 1, 2) returning id`,
      [name, name],
    );
    const providers = [
      await openProvider(clinic, tenant, `${name}-limited`, 'America/New_York', 20),
      await openProvider(clinic, tenant, `${name}-varied`, 'Asia/Kathmandu', 15),
    ];
    const user = randomUUID();
    await clinic.sandbox.query(
      `insert into auth.users (id, email, raw_app_meta_data, raw_user_meta_data) values ($1, $2, '{}', '{}')`,
      [user, `${name}@example.com`],
    );
    await clinic.sandbox.query(
      `insert into openslot.tenant_members (tenant_id, user_id, role) values ($1, $2, 'staff')`,
      [tenant, user],
    );
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: user, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 6 * 3600 };
    return new BusyClinic(
      clinic,
      providers.map((provider, index) => ({ ...provider, keepsLimit: index === 0 })),
      await signJwt({ ...claims, is_anonymous: false }, clinic.sandbox.jwtSecret),
    );
  }

  get ids(): readonly string[] {
    return this.providers.map(({ id }) => id);
  }

  /** Calls a function over HTTP with the public key. */
  async asPatient<Body>(name: string, args: object): Promise<Reply<Body>> {
    const reply = await this.clinic.call<Body>(name, args);
    this.attempts.push({ what: name, code: reply.code });
    return reply;
  }

  /** Calls a function over HTTP with a member's session. */
  async asStaff<Body>(name: string, args: object): Promise<Reply<Body>> {
    const reply = await this.clinic.call<Body>(name, args, { authorization: `Bearer ${this.#session}` });
    this.attempts.push({ what: name, code: reply.code });
    return reply;
  }

  /** Runs one statement, as an operator does. Returns the number of rows. */
  async byHand(sql: string, params: unknown[] = []): Promise<number> {
    try {
      const { rowCount } = await this.clinic.sandbox.query(sql, params);
      this.attempts.push({ what: 'by hand', code: null });
      return rowCount ?? 0;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      this.attempts.push({ what: 'by hand', code: `${code} ${message}` });
      return 0;
    }
  }

  /** A time that a patient or a member of staff may want: mostly one that the calendar shows as open. */
  async wish(random: () => number, among: readonly BusyProvider[] = this.providers): Promise<Wish> {
    const provider = pick(random, among);
    const service = pick(random, SERVICES);
    return { provider, service, start: await this.start(random, provider, service) };
  }

  async start(random: () => number, { slug }: BusyProvider, { before }: Service): Promise<string> {
    const kind = random();
    if (kind < 0.02) return iso(Date.now() - 10 * MINUTE_MS);
    if (kind < 0.05) return iso(Date.now() + (20 + random() * 5) * DAY_MS);
    if (kind < 0.2) return iso(someInstant(random));
    const { body } = await this.asPatient<PackedSnapshot>('openslot_calendar', { provider: slug });
    const latest = Date.now() + DAYS_WANTED * DAY_MS;
    const open = unpackSnapshot(body)
      .slots.filter(({ status }) => status === 'open')
      .map(({ start }) => Date.parse(start))
      .filter((start) => start > Date.now() + 2 * HOUR_MS && start < latest);
    return iso(open.length > 0 ? pick(random, open) + before * MINUTE_MS : someInstant(random));
  }

  /** What must never be, at any moment: one line per violation. One statement, so that it sees one moment. */
  async violations(): Promise<readonly string[]> {
    const { rows } = await this.clinic.sandbox.query<{ violation: string }>(
      `select format('appointments %s and %s overlap', one.id, other.id) as violation
       from openslot.appointments one join openslot.appointments other
         on other.provider_id = one.provider_id and other.id > one.id and other.busy && one.busy
       where one.provider_id = any ($1) and one.status <> 'cancelled' and other.status <> 'cancelled'
       union all
       select format('a hold from %s takes the time of appointment %s', hold.start_time, appointment.id)
       from openslot.holds hold join openslot.appointments appointment
         on appointment.provider_id = hold.provider_id and appointment.busy && hold.busy
       where hold.provider_id = any ($1) and appointment.status <> 'cancelled' and hold.held_until > clock_timestamp()
       union all
       select format('holds from %s and %s overlap', one.start_time, other.start_time)
       from openslot.holds one join openslot.holds other
         on other.provider_id = one.provider_id and other.holder > one.holder and other.busy && one.busy
       where one.provider_id = any ($1) and one.held_until > clock_timestamp() and other.held_until > clock_timestamp()
       union all
       select format('%s has %s appointments and holds', day, count(*))
       from (
         select (start_time at time zone time_zone)::date as day
         from openslot.appointments appointment join openslot.providers provider on provider.id = provider_id
         where provider_id = $2 and status <> 'cancelled'
         union all
         select (start_time at time zone time_zone)::date
         from openslot.holds join openslot.providers provider on provider.id = provider_id
         where provider_id = $2 and held_until > clock_timestamp()
       ) as taken
       group by day having count(*) > $3
       union all
       select format('revision %s of %s was not announced', revision, provider_id)
       from openslot.calendars where provider_id = any ($1) and announced_revision <> revision
       union all
       select format('%s: %s', provider_id, difference)
       from unnest($1::uuid[]) as provider_id, openslot.check_calendar(provider_id) difference`,
      [this.ids, this.providers.find(({ keepsLimit }) => keepsLimit)!.id, DAILY_LIMIT],
    );
    return rows.map(({ violation }) => violation);
  }
}

async function openProvider(
  clinic: Clinic,
  tenant: string,
  slug: string,
  zone: string,
  slotMinutes: number,
): Promise<{ id: string; slug: string }> {
  const { id } = await clinic.row<{ id: string }>(
    `insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit)
     values ($1, $2, $3, $4, $5, 0, 14, $6) returning id`,
    [tenant, slug, slug, zone, slotMinutes, DAILY_LIMIT],
  );
  for (const { slug: service, minutes, before, after } of SERVICES) {
    await clinic.sandbox.query(
      `insert into openslot.services (provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, service, service, minutes, before, after],
    );
  }
  await clinic.sandbox.query(
    `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
     select $1, weekday, '09:00', '16:00' from generate_series(1, 7) as weekday`,
    [id],
  );
  return { id, slug };
}

/** An instant on a multiple of five minutes in the next days. None is so near that it passes while the test runs. */
export function someInstant(random: () => number): number {
  const at = Date.now() + 3 * HOUR_MS + random() * DAYS_WANTED * DAY_MS;
  return at - (at % (5 * MINUTE_MS));
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** @throws {AssertionError} with the number of each answer that none of the allowed ones is */
export function assertAnswers(
  attempts: readonly Attempt[],
  allowed: Readonly<Record<string, readonly string[]>>,
): void {
  const unexpected = attempts
    .filter(({ what, code }) => code !== null && !allowed[what]?.includes(code))
    .map(({ what, code }) => `${what}: ${code}`);
  assert.deepEqual(unexpected, []);
}
