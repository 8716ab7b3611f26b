/** Two clinics, each with its own members, patients and secrets, and all kinds of callers for the first one. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { signJwt } from '../../../sandbox/api/keys.ts';
import type { BookingResult } from '../../../src/core/wire.ts';
import { Clinic, type Reply } from './clinic.ts';

/** With the public key alone; signed in without a clinic; and members of one of the two clinics. */
export const CALLERS = [
  'anon',
  'stranger',
  'alphaProvider',
  'alphaStaff',
  'alphaOwner',
  'betaProvider',
  'betaStaff',
  'betaOwner',
] as const;
export type CallerName = (typeof CALLERS)[number];

const { DatabaseError } = pg;

const HOUR = 3600;
const ROLES = { Provider: 'provider', Staff: 'staff', Owner: 'owner' } as const;

export class TwoClinics {
  readonly clinic: Clinic;
  /** By slug: the ids of `alpha-one` and `alpha-two`, providers of one clinic, and of `beta-one`. */
  readonly providers: Readonly<Record<string, string>>;
  readonly tenants: Readonly<Record<string, string>>;
  private readonly users: ReadonlyMap<CallerName, string>;
  private readonly starts = new Map<string, string[]>();
  private made = 0;

  private constructor(
    clinic: Clinic,
    tenants: Readonly<Record<string, string>>,
    providers: Readonly<Record<string, string>>,
    users: ReadonlyMap<CallerName, string>,
  ) {
    this.clinic = clinic;
    this.tenants = tenants;
    this.providers = providers;
    this.users = users;
  }

  static async open(): Promise<TwoClinics> {
    const clinic = await Clinic.open({ seed: false });
    try {
      return await TwoClinics.furnish(clinic);
    } catch (error) {
      await clinic.close();
      throw error;
    }
  }

  private static async furnish(clinic: Clinic): Promise<TwoClinics> {
    const tenants: Record<string, string> = {};
    const providers: Record<string, string> = {};
    for (const slug of ['alpha', 'beta']) {
      const { id } = await clinic.row<{ id: string }>(
        `insert into openslot.tenants (slug, name, rate_limit_per_hour, reply_to) values ($1, $2, null, $3) returning id`,
        [slug, slug, `reply@${slug}.secret.example`],
      );
      tenants[slug] = id;
    }
    for (const slug of ['alpha-one', 'alpha-two', 'beta-one']) {
      const { id } = await clinic.row<{ id: string }>(
        `insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes,
           booking_window_days, email)
         values ($1, $2, $3, 'Europe/Stockholm', 30, 0, 28, $4) returning id`,
        [tenants[slug.split('-')[0]!], slug, slug, `${slug}@secret.example`],
      );
      providers[slug] = id;
      await clinic.sandbox.query(
        `insert into openslot.services (provider_id, slug, name, duration_minutes) values ($1, 'visit', 'Visit', 30)`,
        [id],
      );
      await clinic.sandbox.query(
        `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
         select $1, weekday, '00:00', '24:00' from generate_series(1, 7) as weekday`,
        [id],
      );
      await clinic.sandbox.query(
        `insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at, note)
         values ($1, 'off', current_date + 2, current_date + 3, $2)`,
        [id, `off-note-${slug}`],
      );
    }
    await clinic.sandbox.query('call openslot.extend_horizon()');
    const users = new Map<CallerName, string>();
    const world = new TwoClinics(clinic, tenants, providers, users);
    for (const name of CALLERS) {
      if (name === 'anon') continue;
      const id = await world.addUser(`${name.toLowerCase()}@secret.example`);
      users.set(name, id);
      const [, tenant, role] = /^(alpha|beta)(\w+)$/.exec(name) ?? [];
      if (tenant) await world.join(id, tenant, ROLES[role as keyof typeof ROLES]);
    }
    return world;
  }

  close(): Promise<void> {
    return this.clinic.close();
  }

  /** Calls as a caller of the matrix. The session ends in `expiresIn` seconds; below 0 it is over. */
  async call(as: CallerName, name: string, args: object, expiresIn = HOUR): Promise<Reply<unknown>> {
    const token = await this.tokenOf(as, expiresIn);
    return this.clinic.call(name, args, token ? { authorization: `Bearer ${token}` } : {});
  }

  /** The SQLSTATE with which the database refuses a caller's statement; null when it runs it. */
  async refusalOf(as: CallerName, sql: string): Promise<string | null> {
    const sub = this.users.get(as);
    try {
      await this.clinic.sandbox.queryAs(sub ? { role: 'authenticated', claims: { sub } } : { role: 'anon' }, sql);
      return null;
    } catch (error) {
      if (error instanceof DatabaseError && error.code) return error.code;
      throw error;
    }
  }

  /** The caller's session token; null for the public key alone. */
  async tokenOf(as: CallerName, expiresIn = HOUR): Promise<string | null> {
    const sub = this.users.get(as);
    if (!sub) return null;
    const iat = Math.floor(Date.now() / 1000) - 2 * HOUR;
    const exp = Math.floor(Date.now() / 1000) + expiresIn;
    const claims = { sub, role: 'authenticated', aud: 'authenticated', iat, exp, is_anonymous: false };
    return signJwt(claims, this.clinic.sandbox.jwtSecret);
  }

  /** An account that no caller of the matrix has. */
  addUser(email = `somebody-${this.made++}@secret.example`): Promise<string> {
    return this.clinic
      .row<{ id: string }>(
        `insert into auth.users (id, email, raw_app_meta_data, raw_user_meta_data) values ($1, $2, '{}', '{}') returning id`,
        [randomUUID(), email],
      )
      .then(({ id }) => id);
  }

  /** An account that is a member of a clinic. */
  async addMember(tenant: string): Promise<string> {
    const user = await this.addUser();
    await this.join(user, tenant, 'staff');
    return user;
  }

  /** A free start that no earlier call of this test class returned, far enough ahead to be free. */
  async freshStart(provider: string): Promise<string> {
    const starts = this.starts.get(provider) ?? (await this.clinic.openStarts(provider)).slice(200);
    this.starts.set(provider, starts);
    const start = starts.shift();
    if (!start) throw new Error(`${provider} has no more times.`);
    return start;
  }

  /** A patient's appointment, with secrets in every field. */
  async book(provider: string): Promise<BookingResult> {
    const number = this.made++;
    const { body, code } = await this.clinic.book(provider, 'visit', await this.freshStart(provider), {
      patient: {
        name: `Patient-${provider}-${number}`,
        email: `patient-${provider}-${number}@secret.example`,
        phone: `+99 5550${String(number).padStart(4, '0')}`,
        note: `complaint-${provider}-${number}`,
      },
    });
    if (code) throw new Error(code);
    return body;
  }

  /** An appointment that has begun, so that staff can mark whether its patient came. */
  async bookPast(provider: string): Promise<BookingResult> {
    const booked = await this.book(provider);
    await this.clinic.sandbox.query(
      `update openslot.appointments set start_time = moment, end_time = moment + '30 min', busy = tstzrange(moment, moment + '30 min')
       from (select now() - $2 * interval '1 hour' as moment) as past where id = $1`,
      [booked.appointment.id, this.made],
    );
    return booked;
  }

  /** Marks all notifications as unread. Patients have already read those about changes that they made. */
  async unreadByPatients(): Promise<void> {
    await this.clinic.sandbox.query("update openslot.notifications set read_at = null where audience = 'patient'");
  }

  async versionOf(appointment: string): Promise<number> {
    const { version } = await this.clinic.row<{ version: number }>(
      'select version from openslot.appointments where id = $1',
      [appointment],
    );
    return version;
  }

  /** Texts, in lower case, that only members of the clinic and holders of its tokens may receive. */
  async secretsOf(tenant: string): Promise<readonly string[]> {
    const { rows } = await this.clinic.sandbox.query<{ secret: string }>(
      `select distinct lower(secret) as secret from (
         select unnest(array[appointment.id::text, patient_name, patient_email, patient_phone, patient_note, cancel_reason, message,
           openslot.appointment_topic(appointment.id)])
         from openslot.appointments appointment join openslot.providers provider on provider.id = provider_id where tenant_id = $1
         union all select email from openslot.providers where tenant_id = $1
         union all select note from openslot.availability_exceptions join openslot.providers provider on provider.id = provider_id
           where tenant_id = $1
         union all select unnest(array[user_id::text, account.email]) from openslot.tenant_members
           join auth.users account on account.id = user_id where tenant_id = $1
         union all select unnest(array[id::text, email]) from openslot.invitations where tenant_id = $1
         union all select reply_to from openslot.tenants where id = $1
       ) as private_text (secret) where secret is not null`,
      [this.tenants[tenant]],
    );
    return rows.map(({ secret }) => secret);
  }

  /** A digest of every row of every table of the schema. */
  async fingerprint(): Promise<Readonly<Record<string, string>>> {
    const digests = (await this.tables()).map(
      (table) =>
        `select '${table}' as name, coalesce(sum(hashtextextended(row::text, 0)), 0)::text as digest from openslot.${table} as row`,
    );
    const { rows } = await this.clinic.sandbox.query<{ name: string; digest: string }>(digests.join(' union all '));
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
  }

  async tables(): Promise<readonly string[]> {
    const { rows } = await this.clinic.sandbox.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'openslot' order by 1`,
    );
    return rows.map(({ name }) => name);
  }

  private async join(user: string, tenant: string, role: 'owner' | 'staff' | 'provider'): Promise<void> {
    await this.clinic.sandbox.query(
      'insert into openslot.tenant_members (tenant_id, user_id, role, provider_id) values ($1, $2, $3, $4)',
      [this.tenants[tenant], user, role, role === 'provider' ? this.providers[`${tenant}-one`] : null],
    );
  }
}
