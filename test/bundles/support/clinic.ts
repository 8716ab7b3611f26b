/**
 * A clinic on a real project, PostgreSQL and sockets included, and the actions of people elsewhere than on the tested page.
 * It runs beside the test runner; a test calls it through `elsewhere.ts`.
 */
import { log } from 'node:console';
import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import type { TestRunnerPlugin } from '@web/test-runner';
import { buildDemo } from '../../../sandbox/demo/demo.ts';
import { addDemoStaff, DEMO_PASSWORD } from '../../../sandbox/demo/staff.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { BookingResult } from '../../../src/core/wire.ts';

const PROVIDER = 'mira-lindqvist';
const STAFF = { email: 'mira@northside.example', password: DEMO_PASSWORD };

export interface Booking {
  /** The patient's name. */
  readonly name: string;
  /** ISO instant; if missing, a free time of the week after this one, in the provider's calendar. */
  readonly start?: string;
}

/** The actions that a test may call. Each takes one value and answers with one value, which are sent as JSON. */
export type Acts = ReturnType<typeof actsOf>;

/** Starts the clinic with the test runner, and answers the commands that are named like its actions. */
export function clinicPlugin(): TestRunnerPlugin {
  let sandbox: Sandbox | null = null;
  let acts: Partial<Record<string, (payload: never) => Promise<unknown>>> = {};
  return {
    name: 'clinic',
    async serverStart() {
      await buildDemo(log);
      sandbox = await startSandbox();
      await addDemoStaff(sandbox);
      acts = actsOf(sandbox);
    },
    serverStop: () => sandbox?.stop(),
    executeCommand: ({ command, payload }) => acts[command]?.(payload as never),
  };
}

function actsOf(sandbox: Sandbox) {
  const { url, publishableKey } = sandbox;

  const connect = () =>
    createClient(url, publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    });

  async function call<Answer>(client: ReturnType<typeof connect>, name: string, args: object): Promise<Answer> {
    const { data, error } = (await client.rpc(name, args)) as { data: Answer; error: Error | null };
    if (error) throw new Error(`${name}: ${error.message}`);
    return data;
  }

  async function freeStart(): Promise<string> {
    const { rows } = await sandbox.query<{ start: string }>(
      `select to_json(slot.start_time) as start from openslot.availability_slots slot
       join openslot.providers provider on provider.id = slot.provider_id and provider.slug = $1
       where slot.status = 'open' and date_trunc('week', slot.start_time at time zone provider.time_zone)
         = date_trunc('week', now() at time zone provider.time_zone) + interval '1 week'
       order by slot.start_time limit 1`,
      [PROVIDER],
    );
    if (!rows[0]) throw new Error('Next week has no free time left.');
    return rows[0].start;
  }

  return {
    /** The attributes that the site's owner writes on the page. */
    project: () => Promise.resolve({ url, key: publishableKey }),

    staff: () => Promise.resolve(STAFF),

    /** A patient books on another machine. */
    book: async ({ name, start }: Booking) =>
      call<BookingResult>(connect(), 'openslot_book', {
        provider: PROVIDER,
        service: 'consultation',
        start: start ?? (await freeStart()),
        patient: { name, email: 'patient@example.com' },
        request_id: randomUUID(),
      }),

    /** A patient cancels on another machine. */
    cancel: ({ token }: { readonly token: string }) => call<BookingResult>(connect(), 'openslot_cancel', { token }),

    /** Staff cancel an appointment on another machine, with a message to the patient. */
    async cancelAsStaff({ appointment, message }: { readonly appointment: string; readonly message: string }) {
      const client = connect();
      const { error } = await client.auth.signInWithPassword(STAFF);
      if (error) throw error;
      const { rows } = await sandbox.query<{ version: number }>(
        'select version from openslot.appointments where id = $1',
        [appointment],
      );
      return call<object>(client, 'openslot_staff_cancel', { appointment, message, version: rows[0]?.version });
    },

    /** A patient's appointments in the database. */
    async appointments({ name }: Pick<Booking, 'name'>) {
      const { rows } = await sandbox.query<{ status: string; start: string }>(
        'select status, to_json(start_time) as start from openslot.appointments where patient_name = $1',
        [name],
      );
      return rows.map(({ status, start }) => ({ status, start: new Date(start).toISOString() }));
    },
  };
}
