import { createClient, type RealtimeChannel, REALTIME_SUBSCRIBE_STATES } from '@supabase/supabase-js';
import type { PackedChange } from '../../../src/core/wire.ts';
import type { Clinic } from './clinic.ts';
import { disconnect } from './disconnect.ts';

/** A page with the unmodified client and the public key that records each received frame. */
export class Listener {
  /** Frames from the server, as text. */
  readonly frames: string[];
  /** `slots` broadcasts, in order. */
  readonly changes: PackedChange[] = [];
  readonly rows: Record<string, unknown>[] = [];
  #woken: (() => void)[] = [];
  readonly #client: ReturnType<typeof createClient>;

  constructor(clinic: Clinic) {
    const frames: string[] = [];
    const wake = (): void => this.#wake();
    class RecordingWebSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        this.addEventListener('message', ({ data }) => {
          frames.push(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
          wake();
        });
      }
    }
    this.frames = frames;
    this.#client = createClient(clinic.sandbox.url, clinic.sandbox.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      realtime: { transport: RecordingWebSocket },
    });
  }

  /** Joins `openslot:provider:<id>` and records changes. */
  slots(providerId: string): Promise<RealtimeChannel> {
    const channel = this.#client.channel(`openslot:provider:${providerId}`, { config: { private: true } });
    channel.on('broadcast', { event: 'slots' }, ({ payload }) => {
      this.changes.push(payload as PackedChange);
      this.#wake();
    });
    return joined(channel);
  }

  /** Joins `openslot:viewers:<id>` without tracking. */
  viewers(providerId: string, key: string): Promise<RealtimeChannel> {
    const channel = this.#client.channel(`openslot:viewers:${providerId}`, {
      config: { private: true, presence: { key } },
    });
    channel.on('presence', { event: 'sync' }, () => this.#wake());
    return joined(channel);
  }

  /** Joins a topic as a public channel, which any client may do. */
  open(topic: string): Promise<RealtimeChannel> {
    return joined(this.#client.channel(topic));
  }

  /** Subscribes to tables with postgres_changes and records rows; resolves once the server confirms the subscription. */
  async tables(schema: string, ...tables: string[]): Promise<RealtimeChannel> {
    const channel = this.#client.channel('tables');
    for (const table of tables) {
      channel.on('postgres_changes', { event: '*', schema, table }, ({ new: row }) => {
        this.rows.push(row);
        this.#wake();
      });
    }
    const listening = new Promise<void>((resolve, reject) => {
      channel.on('system', {}, ({ status, message }: { status: string; message: string }) =>
        status === 'ok' ? resolve() : reject(new Error(message)),
      );
    });
    await joined(channel);
    await listening;
    return channel;
  }

  /** Resolves once `condition` holds; checks it after each arrival. The test's timeout ends a wait that can't succeed. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#woken.push(resolve));
  }

  close(): Promise<void> {
    return disconnect(this.#client);
  }

  #wake(): void {
    // Runs after the client's own handlers of the same frame.
    setImmediate(() => this.#woken.splice(0).forEach((resolve) => resolve()));
  }
}

function joined(channel: RealtimeChannel): Promise<RealtimeChannel> {
  return new Promise((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve(channel);
      else if (status !== REALTIME_SUBSCRIBE_STATES.CLOSED) reject(error ?? new Error(status));
    });
  });
}
