/** The setting for tests of single faults: a sandbox, a provider for the test, and tabs behind proxies. */
import assert from 'node:assert/strict';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/index.ts';
import { createOpenslotClient, type OpenslotClient } from '../../../src/core/client.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import type { Calendar, CalendarOptions, CalendarState } from '../../../src/core/calendar/types.ts';
import type { Connection } from '../../../src/core/sync/refresher.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../src/core/wire.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { type FaultProxy, type FrameFault, startFaultProxy } from '../../support/faults/fault-proxy.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { createPatientClock } from './patient-clock.ts';
import { assertShows } from './picture.ts';
import { openProvider, type TestProvider } from './provider.ts';
import { until } from '../../support/until.ts';

export interface StageTabOptions extends Omit<CalendarOptions, 'provider'> {
  /**
   * Whether the widget keeps its real waits, with rarer checks. A hurried widget notices a change within a second or two by
   * fetching again; a patient one only by a message, or by the fetch that a message causes.
   */
  readonly patient?: boolean;
  /** Sets up faults before the first request. */
  readonly beforehand?: (proxy: FaultProxy) => void;
}

export class Stage {
  readonly sandbox: Sandbox;
  private readonly tabs = new Set<StageTab>();

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(options: SandboxOptions = {}): Promise<Stage> {
    return new Stage(await startSandbox(options));
  }

  provider(): Promise<TestProvider> {
    return openProvider(this.sandbox);
  }

  async tab(provider: TestProvider, options: StageTabOptions = {}): Promise<StageTab> {
    const proxy = await startFaultProxy(this.sandbox.url);
    options.beforehand?.(proxy);
    const tab = new StageTab(this.sandbox, provider, proxy, options);
    this.tabs.add(tab);
    return tab;
  }

  /** Like `tab`, but resolves once the tab is live. */
  async liveTab(provider: TestProvider, options: StageTabOptions = {}): Promise<StageTab> {
    const tab = await this.tab(provider, options);
    await tab.becomes('live');
    return tab;
  }

  /** A change that staff make: blocks a slot, or opens it again. */
  async change({ id }: TestProvider): Promise<void> {
    const { rows: opened } = await this.sandbox.query(
      'delete from openslot.overrides where provider_id = $1 returning during',
      [id],
    );
    if (opened.length > 0) return;
    await this.sandbox.query(
      `insert into openslot.overrides (provider_id, effect, during)
       select $1, 'closed', tstzrange(start_time, end_time) from openslot.availability_slots
       where provider_id = $1 and status <> 'removed' and start_time > now() + interval '1 hour' order by start_time limit 1`,
      [id],
    );
  }

  async close(): Promise<void> {
    for (const tab of this.tabs) await tab.close();
    await this.sandbox.stop();
  }
}

export class StageTab {
  readonly proxy: FaultProxy;
  readonly client: OpenslotClient;
  readonly calendar: Calendar;
  readonly page = createFakePage();
  readonly clock: Clock;
  /** Decides the fate of messages, as `FaultProxy.frame` does. */
  frame: (message: string, direction: 'up' | 'down') => FrameFault = () => 'pass';
  /** Every connection state so far, one entry per change. */
  readonly connections: Connection[] = [];
  private readonly sandbox: Sandbox;
  private readonly provider: TestProvider;
  private readonly joined: string[] = [];

  constructor(sandbox: Sandbox, provider: TestProvider, proxy: FaultProxy, { patient, ...options }: StageTabOptions) {
    this.sandbox = sandbox;
    this.provider = provider;
    this.proxy = proxy;
    this.clock = patient ? createPatientClock() : createHurriedClock();
    proxy.frame = (message, direction) => {
      if (direction === 'up' && message.includes('"phx_join"')) this.joined.push(message);
      return this.frame(message, direction);
    };
    this.client = createOpenslotClient(
      { supabaseUrl: proxy.url, supabaseKey: sandbox.publishableKey },
      { clock: this.clock, page: this.page },
    );
    this.calendar = this.client.calendar({ provider: provider.slug, ...options });
    this.calendar.subscribe(() => {
      if (this.connections.at(-1) !== this.state.connection) this.connections.push(this.state.connection);
    });
  }

  get state(): CalendarState {
    return this.calendar.getState();
  }

  /** Name of one of the provider's topics, as `FaultProxy.say` expects it. */
  topic(kind: 'provider' | 'rows' | 'viewers' = 'provider'): string {
    return `openslot:${kind}:${this.provider.id}`;
  }

  /** How many joins the tab has sent. */
  joins(kind: 'provider' | 'rows' | 'viewers' = 'provider'): number {
    return this.joined.filter((message) => message.includes(`"realtime:${this.topic(kind)}"`)).length;
  }

  becomes(connection: Connection, patience?: number): Promise<void> {
    return until(() => assert.equal(this.state.connection, connection), patience);
  }

  /** Waits until the tab shows the database's state. */
  catchesUp(patience?: number): Promise<void> {
    return until(async () => {
      const { rows } = await this.sandbox.query<{ snapshot: PackedSnapshot; now: number }>(
        'select public.openslot_calendar($1) as snapshot, extract(epoch from clock_timestamp())::float8 * 1000 as now',
        [this.provider.id],
      );
      const { snapshot, now } = rows[0]!;
      assertShows(this.state, { snapshot: unpackSnapshot(snapshot), now });
    }, patience);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.proxy.stop();
  }
}
