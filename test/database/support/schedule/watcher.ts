import assert from 'node:assert/strict';
import { createClient } from '@supabase/supabase-js';
import type { Sandbox } from '../../../../sandbox/index.ts';
import type { Calendar } from '../../../../src/core/calendar/types.ts';
import { createOpenslotClient, type OpenslotClient } from '../../../../src/core/client.ts';
import { unpackSnapshot } from '../../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../../src/core/wire.ts';
import { assertShows } from '../../../faults/support/picture.ts';
import { createFakePage } from '../../../support/fakes/fake-page.ts';
import { until } from '../../../support/until.ts';
import { disconnect } from '../disconnect.ts';
import type { BusyProvider } from './busy-clinic.ts';

/** A page with a widget for each provider, over HTTP and Realtime. */
export class Watcher {
  readonly #sandbox: Sandbox;
  readonly #supabase: ReturnType<typeof connect>;
  readonly #client: OpenslotClient;
  readonly #calendars: ReadonlyMap<BusyProvider, Calendar>;

  private constructor(sandbox: Sandbox, providers: readonly BusyProvider[]) {
    this.#sandbox = sandbox;
    this.#supabase = connect(sandbox);
    this.#client = createOpenslotClient({ client: this.#supabase }, { page: createFakePage() });
    this.#calendars = new Map(
      providers.map((provider) => [provider, this.#client.calendar({ provider: provider.slug })]),
    );
    for (const calendar of this.#calendars.values()) calendar.subscribe(() => undefined);
  }

  /** Resolves once all of its calendars are live. */
  static async open(sandbox: Sandbox, providers: readonly BusyProvider[]): Promise<Watcher> {
    const watcher = new Watcher(sandbox, providers);
    for (const calendar of watcher.#calendars.values()) {
      await until(() => assert.equal(calendar.getState().connection, 'live'));
    }
    return watcher;
  }

  /** Resolves once it shows what the database says, and is live. */
  async isEqual(): Promise<void> {
    for (const [provider, calendar] of this.#calendars) {
      await until(async () => {
        const { rows } = await this.#sandbox.query<{ snapshot: PackedSnapshot; now: number }>(
          'select public.openslot_calendar($1) as snapshot, extract(epoch from clock_timestamp())::float8 * 1000 as now',
          [provider.id],
        );
        const { snapshot, now } = rows[0]!;
        assertShows(calendar.getState(), { snapshot: unpackSnapshot(snapshot), now }, provider.slug);
        assert.equal(calendar.getState().connection, 'live');
      });
    }
  }

  close(): Promise<void> {
    this.#client.close();
    return disconnect(this.#supabase);
  }
}

function connect({ url, publishableKey }: Sandbox) {
  return createClient(url, publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}
