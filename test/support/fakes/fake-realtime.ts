/**
 * A `RealtimeClient` whose server is the test. Like realtime-js 2.119, it returns the same channel again until that one has
 * left, reports CLOSED within the call that leaves, and gives the socket up after a second unanswered heartbeat.
 */
// It comes in a chunk of its own, whose loading takes no fake time.
import '../../../src/core/realtime/rows.ts';
import type { ChannelStatus, ChannelLike, Message, RealtimeLike } from '../../../src/core/realtime/types.ts';
import { RealtimeConnections } from '../../../src/core/realtime/connections.ts';
import type { PackedChange, SlotsChange } from '../../../src/core/wire.ts';
import { createFakeClock } from './fake-clock.ts';

type Callback = (message: Message) => void;

/** The real client would recurse without end. This one stops, so that a test can notice it. */
const MOST_REMOVALS = 20;

export class FakeChannel implements ChannelLike {
  readonly topic: string;
  readonly config: object;
  readonly bound: { readonly type: string; readonly filter: object; readonly callback: Callback }[] = [];
  state: Record<string, readonly unknown[]> = {};
  tracked = 0;
  trackAnswer = 'ok';
  private report: ((status: string, error?: Error) => void) | null = null;

  constructor(topic: string, config: object) {
    this.topic = topic;
    this.config = config;
  }

  get subscribed(): boolean {
    return this.report !== null;
  }

  on(type: string, filter: object, callback: Callback): this {
    this.bound.push({ type, filter, callback });
    return this;
  }

  subscribe(report: (status: string, error?: Error) => void): this {
    if (this.report) throw new Error('tried to join multiple times');
    this.report = report;
    return this;
  }

  track(): Promise<string> {
    this.tracked++;
    return Promise.resolve(this.trackAnswer);
  }

  presenceState(): Record<string, readonly unknown[]> {
    return this.state;
  }

  /** Reports a status of the channel, as the server or the client does. */
  says(status: 'SUBSCRIBED' | 'CHANNEL_ERROR' | 'TIMED_OUT' | 'CLOSED', error?: Error): void {
    this.report?.(status, error);
  }

  receives(type: string, message: Message): void {
    for (const { type: bound, filter, callback } of this.bound) {
      const { event } = filter as { event?: string };
      if (bound === type && (type !== 'broadcast' || event === (message['event'] ?? 'slots'))) callback(message);
    }
  }
}

export class FakeRealtime implements RealtimeLike {
  channels: FakeChannel[] = [];
  /** Every channel there ever was. */
  readonly made: FakeChannel[] = [];
  connected = false;
  connects = 0;
  disconnects = 0;
  replaced = 0;
  heartbeats = 0;
  removals = 0;
  pendingHeartbeatRef: string | null = null;
  heartbeatCallback: (status: string) => void = () => undefined;
  /** The client has the token of the signed-in member once this resolves. */
  signingIn: Promise<void> = Promise.resolve();
  /** Leaving waits for this. */
  leaving: Promise<void> = Promise.resolve();
  /** Closing the socket waits for this. */
  closing: Promise<void> = Promise.resolve();

  channel(topic: string, params: { config: object }): FakeChannel {
    const known = this.channels.find((channel) => channel.topic === topic);
    if (known) return known;
    const channel = new FakeChannel(topic, params.config);
    this.channels.push(channel);
    this.made.push(channel);
    return channel;
  }

  async removeChannel(channel: ChannelLike): Promise<string> {
    const leaving = this.channels.find((other) => other === channel);
    if (++this.removals > MOST_REMOVALS) return 'error';
    leaving?.says('CLOSED');
    await this.leaving;
    this.channels = this.channels.filter((other) => other !== leaving);
    return 'ok';
  }

  getChannels(): readonly unknown[] {
    return this.channels;
  }

  connect(): void {
    this.connects++;
  }

  disconnect(): Promise<void> {
    this.disconnects++;
    return this.closing;
  }

  setAuth(): Promise<void> {
    return this.signingIn;
  }

  isConnected(): boolean {
    return this.connected;
  }

  sendHeartbeat(): void {
    if (this.pendingHeartbeatRef) {
      this.pendingHeartbeatRef = null;
      this.replaced++;
      return;
    }
    this.heartbeats++;
    this.pendingHeartbeatRef = String(this.heartbeats);
  }

  onHeartbeat(callback: (status: string, latency?: number) => void): void {
    this.heartbeatCallback = callback;
  }

  answerHeartbeat(): void {
    this.pendingHeartbeatRef = null;
    this.heartbeatCallback('ok');
  }
}

export const PROVIDER = '5f0c1d2e-0000-4000-8000-000000000001';
export const CHANGE: SlotsChange = {
  after: 3,
  revision: 4,
  slots: [
    {
      id: Date.UTC(2026, 10, 24, 8) / 60_000,
      start: '2026-11-24T08:00:00Z',
      end: '2026-11-24T08:20:00Z',
      status: 'held',
      held_until: '2026-11-23T07:05:00Z',
      revision: 4,
    },
  ],
  fullDays: [],
};

/** The same as it travels. */
export const PACKED_CHANGE: PackedChange = {
  after: 3,
  revision: 4,
  slot_minutes: 20,
  runs: [[Date.UTC(2026, 10, 24, 8) / 60_000, 1, Date.UTC(2026, 10, 23, 7, 5) / 1_000]],
  full_days: [],
};

/** A connection over it, and a function that listens to slots. */
export function connectFake({ foreign = false } = {}) {
  const clock = createFakeClock();
  const realtime = new FakeRealtime();
  const source = { foreign, clock, load: () => Promise.resolve(realtime) };
  const connections = new RealtimeConnections(source);
  const connection = connections.connect();
  const statuses: ChannelStatus[] = [];
  const changes: SlotsChange[] = [];
  const listen = (rows = false) =>
    connection.slots(
      PROVIDER,
      { status: (status) => statuses.push(status), change: (change) => changes.push(change) },
      rows ? 'rows' : 'broadcast',
    );
  return { clock, realtime, source, connections, connection, statuses, changes, listen };
}
