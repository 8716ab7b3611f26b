/** The whole of core on a real project: what one tab does, another sees, whichever way changes come. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createAvailability } from '../../src/core/calendar/availability.ts';
import { createOpenslotClient, type OpenslotClient } from '../../src/core/client.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import type { Calendar, CalendarOptions } from '../../src/core/calendar/types.ts';
import { until } from '../support/until.ts';
import { withoutPolling } from '../support/without-polling.ts';

const patient = { name: 'Ada Byron', email: 'ada@example.org' };

describe('two tabs on a Supabase project', () => {
  let sandbox: Sandbox;
  const clients: OpenslotClient[] = [];

  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  after(() => sandbox.stop());

  async function open(options: Omit<CalendarOptions, 'provider'> = {}): Promise<Calendar> {
    const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.publishableKey };
    const client = createOpenslotClient(project, { clock: withoutPolling(systemClock) });
    clients.push(client);
    const calendar = client.calendar({ provider: 'mira-lindqvist', ...options });
    calendar.subscribe(() => undefined);
    const settled = options.realtime === 'off' ? 'polling' : 'live';
    await until(() => calendar.getState().connection === settled);
    return calendar;
  }

  function offers(calendar: Calendar): string[] {
    const { slots, fullDays, provider, services, hold, clockOffset } = calendar.getState();
    const service = services.find(({ slug }) => slug === 'consultation')!;
    const now = Date.now() + clockOffset;
    const query = { slots, fullDays, provider: provider!, service, zone: 'Europe/Stockholm', now, own: hold };
    return createAvailability()(query).starts.map(({ start }) => start);
  }

  for (const realtime of ['broadcast', 'postgres-changes'] as const) {
    it(`see each other hold, let go, book, move and cancel by ${realtime}`, async () => {
      const [mine, other] = [await open({ realtime }), await open({ realtime })];
      const [first, second] = offers(mine).slice(-40) as [string, string];
      await mine.hold('consultation', first);
      assert.ok(offers(mine).includes(first));
      await until(() => !offers(other).includes(first));
      await mine.release();
      await until(() => offers(other).includes(first));
      const { manage_token } = await mine.book({ service: 'consultation', start: first, patient });
      await until(() => !offers(other).includes(first));
      await mine.reschedule(manage_token, second);
      await until(() => offers(other).includes(first) && !offers(other).includes(second));
      await other.cancel(manage_token);
      await until(() => offers(mine).includes(second));
    });
  }

  it('count each other while both look', async () => {
    const tabs = [await open(), await open()];
    await until(() => tabs.every((tab) => tab.getState().viewers === 2));
    clients[1]!.close();
    await until(() => tabs[0]!.getState().viewers === 1);
  });

  it('get one time once, whoever is faster', async () => {
    const tabs = [await open(), await open(), await open({ realtime: 'off' })];
    const start = offers(tabs[0]!).at(-1)!;
    const outcomes = await Promise.allSettled(tabs.map((tab) => tab.book({ service: 'consultation', start, patient })));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'booked' : (outcome.reason as { code: string }).code,
    );
    assert.deepEqual(codes.sort(), ['booked', 'slot_taken', 'slot_taken']);
    await until(() => tabs.every((tab) => !offers(tab).includes(start)));
  });
});
