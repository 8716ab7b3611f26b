/** All views of one provider: a widget, the provider's desk, the bells of staff and of a patient, and the patient's page. */
import assert from 'node:assert/strict';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Sandbox } from '../../../sandbox/index.ts';
import { createOpenslotClient } from '../../../src/core/client.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { createDeskClient } from '../../../src/core/desk/client.ts';
import { createInbox } from '../../../src/core/inbox/client.ts';
import type { InboxState, NotificationsResult } from '../../../src/core/inbox/types.ts';
import type { Calendar } from '../../../src/core/calendar/types.ts';
import type { Connection } from '../../../src/core/sync/refresher.ts';
import type { LiveAppointment } from '../../../src/core/appointment/types.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { AppointmentResult, BookingResult, PackedSnapshot } from '../../../src/core/wire.ts';
import type { Agenda } from '../../../src/core/desk/types.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { assertShows } from './picture.ts';
import { SHORT, type TestProvider } from './provider.ts';

const PASSWORD = 'a-password-of-the-test';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Watcher {
  readonly name: string;
  readonly connection: Connection;
  /** @throws {AssertionError} when it shows another state than the database's */
  isEqual(): Promise<void>;
  close(): void;
}

export class Clinic {
  readonly watchers: readonly Watcher[];
  readonly booked: BookingResult;
  readonly #sandbox: Sandbox;
  readonly #provider: TestProvider;
  readonly #staff: SupabaseClient;

  private constructor(
    sandbox: Sandbox,
    provider: TestProvider,
    staff: SupabaseClient,
    booked: BookingResult,
    watchers: readonly Watcher[],
  ) {
    this.#sandbox = sandbox;
    this.#provider = provider;
    this.#staff = staff;
    this.booked = booked;
    this.watchers = watchers;
  }

  static async open(sandbox: Sandbox, provider: TestProvider, clock: Clock): Promise<Clinic> {
    const staff = await signIn(sandbox, provider);
    const [start] = await freeTimes(sandbox, provider);
    const booked = await book(sandbox, provider, start!, 'The patient');
    const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.publishableKey };
    const environment = { clock, page: createFakePage() };
    const client = createOpenslotClient(project, environment);
    const token = booked.manage_token;
    const watchers = [
      watchCalendar(sandbox, provider, client.calendar({ provider: provider.slug }), () => client.close()),
      watchDesk(staff, provider, environment),
      watchInbox('the bell of staff', createInbox({ client: staff }, environment), () =>
        rpc<NotificationsResult>(staff, 'openslot_notifications'),
      ),
      watchInbox('the bell of the patient', createInbox({ ...project, token }, environment), () =>
        rpc<NotificationsResult>(staff, 'openslot_notifications', { token }),
      ),
      watchAppointment(await client.liveAppointment({ token }), () =>
        rpc<AppointmentResult>(staff, 'openslot_appointment', { token }),
      ),
    ];
    return new Clinic(sandbox, provider, staff, booked, watchers);
  }

  get connections(): readonly string[] {
    return this.watchers.map(({ name, connection }) => `${name}: ${connection}`);
  }

  /** @throws {AssertionError} unless each view has this connection state and shows the database's state */
  async all(connection: Connection): Promise<void> {
    const expected = this.watchers.map(({ name }) => `${name}: ${connection}`);
    assert.deepEqual(this.connections, expected);
    for (const watcher of this.watchers) await watcher.isEqual();
    assert.deepEqual(this.connections, expected);
  }

  /** Makes two changes of the provider's slots. */
  async holdAndRelease(): Promise<void> {
    const [start] = await freeTimes(this.#sandbox, this.#provider);
    const visitor = crypto.randomUUID();
    await this.#sandbox.query('select openslot_hold($1, $2, $3, $4)', [this.#provider.slug, SHORT, start, visitor]);
    await this.#sandbox.query('select openslot_release($1)', [visitor]);
  }

  /** Books for another patient, which notifies staff. */
  async book(): Promise<void> {
    const [start] = await freeTimes(this.#sandbox, this.#provider);
    await book(this.#sandbox, this.#provider, start!, 'Another patient');
  }

  /** Moves the patient's appointment, which notifies all views. */
  async move(): Promise<void> {
    const [start] = await freeTimes(this.#sandbox, this.#provider);
    const { id } = this.booked.appointment;
    const { rows } = await this.#sandbox.query<{ version: number }>(
      'select version from openslot.appointments where id = $1',
      [id],
    );
    const request_id = crypto.randomUUID();
    await rpc(this.#staff, 'openslot_staff_reschedule', {
      appointment: id,
      start,
      version: rows[0]!.version,
      request_id,
    });
  }

  async close(): Promise<void> {
    for (const watcher of this.watchers) watcher.close();
    await this.#staff.removeAllChannels();
    await this.#staff.realtime.disconnect();
  }
}

async function signIn({ url, publishableKey, secretKey, query }: Sandbox, { id, slug }: TestProvider) {
  const credentials = { email: `${slug}@example.com`, password: PASSWORD };
  const made = await fetch(`${url}/auth/v1/admin/users`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...credentials, email_confirm: true }),
  });
  assert.ok(made.ok, await made.text());
  await query(
    `insert into openslot.tenant_members (tenant_id, user_id, role, provider_id)
     select provider.tenant_id, account.id, 'provider', provider.id
     from openslot.providers provider, auth.users account where provider.id = $1 and account.email = $2`,
    [id, credentials.email],
  );
  const client = createClient(url, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await client.auth.signInWithPassword(credentials);
  assert.equal(error, null);
  return client;
}

async function rpc<T>(client: SupabaseClient, name: string, args: object = {}): Promise<T> {
  const answer = await client.rpc(name, args);
  assert.equal(answer.error, null, name);
  return answer.data as T;
}

async function freeTimes({ query }: Sandbox, { slug }: TestProvider): Promise<readonly string[]> {
  const { rows } = await query<{ calendar: PackedSnapshot }>('select openslot_calendar($1) as calendar', [slug]);
  const soon = Date.now() + HOUR_MS;
  const { slots, fullDays } = unpackSnapshot(rows[0]!.calendar);
  const isFree = (at: number) => at > soon && !fullDays.some(({ from, to }) => from <= at && at < to);
  const free = slots
    .filter(({ status, start }) => status === 'open' && isFree(Date.parse(start)))
    .map(({ start }) => start);
  assert.ok(free.length > 0, 'no free time');
  return free;
}

async function book({ query }: Sandbox, { slug }: TestProvider, start: string, name: string): Promise<BookingResult> {
  const patient = JSON.stringify({ name, email: 'patient@example.com' });
  const { rows } = await query<{ booked: BookingResult }>(
    'select openslot_book($1, $2, $3, $4, gen_random_uuid()) as booked',
    [slug, SHORT, start, patient],
  );
  return rows[0]!.booked;
}

function watchCalendar(sandbox: Sandbox, { id }: TestProvider, calendar: Calendar, close: () => void): Watcher {
  calendar.subscribe(() => undefined);
  return {
    name: 'the widget',
    get connection() {
      return calendar.getState().connection;
    },
    async isEqual() {
      const { rows } = await sandbox.query<{ snapshot: PackedSnapshot; now: number }>(
        'select public.openslot_calendar($1) as snapshot, extract(epoch from clock_timestamp())::float8 * 1000 as now',
        [id],
      );
      const { snapshot, now } = rows[0]!;
      assertShows(calendar.getState(), { snapshot: unpackSnapshot(snapshot), now }, 'the widget');
    },
    close,
  };
}

function watchDesk(
  staff: SupabaseClient,
  { id }: TestProvider,
  environment: Parameters<typeof createDeskClient>[1],
): Watcher {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const range = { from: day(Date.now() - DAY_MS), to: day(Date.now() + 5 * DAY_MS) };
  const client = createDeskClient({ client: staff }, environment);
  const desk = client.desk(id, range);
  desk.subscribe(() => undefined);
  return {
    name: 'the desk',
    get connection() {
      return desk.getState().connection;
    },
    async isEqual() {
      const agenda = await rpc<Agenda>(staff, 'openslot_agenda', {
        provider: id,
        from_date: range.from,
        to_date: range.to,
      });
      const { slots, appointments } = desk.getState();
      assert.deepEqual(
        [slots, appointments],
        [agenda.slots, agenda.appointments],
        'the desk shows the database’s state',
      );
    },
    close() {
      desk.close();
      client.close();
    },
  };
}

function watchInbox(
  name: string,
  inbox: { getState(): InboxState; subscribe(listener: () => void): () => void },
  fetchAll: () => Promise<NotificationsResult>,
): Watcher {
  const leave = inbox.subscribe(() => undefined);
  return {
    name,
    get connection() {
      return inbox.getState().connection;
    },
    async isEqual() {
      const { notifications } = await fetchAll();
      assert.deepEqual(
        inbox.getState().notifications.map(({ id }) => id),
        notifications.map(({ id }) => id),
        `${name} shows what is there`,
      );
    },
    close: leave,
  };
}

function watchAppointment(live: LiveAppointment, fetchIt: () => Promise<AppointmentResult>): Watcher {
  const leave = live.subscribe(() => undefined);
  return {
    name: 'the patient’s page',
    get connection() {
      return live.getState().connection;
    },
    async isEqual() {
      const { appointment } = await fetchIt();
      assert.deepEqual(live.getState().appointment, appointment, 'the patient’s page shows the database’s state');
    },
    close: leave,
  };
}
