import type { Channel } from './channel.ts';
import { DatabaseUnavailable } from './database.ts';
import type { ClientMessage } from './frames.ts';
import { canonicalJson, isObject, type JsonObject } from './json.ts';
import { MAX_PAYLOAD_BYTES, PRESENCE_CALLS_PER_WINDOW } from './options.ts';

const TOO_MANY_MESSAGES = 'Too many presence messages per second';

/** The presence calls of one channel: `track`, `untrack`, and the state that the server sends unasked. */
export class PresenceCalls {
  #channel: Channel;
  #isEnabled: boolean;
  /** JSON of what is tracked, to tell a repetition from an update. */
  #tracked: string | null = null;
  #windowEnd = -Infinity;
  #calls = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#isEnabled = channel.config.presence.enabled;
  }

  sendState(): void {
    if (!this.#channel.hearsPresence) return;
    if (this.#isRateExceeded()) return this.#channel.shutDown(TOO_MANY_MESSAGES);
    this.#channel.push('presence_state', this.#channel.topic.presence.list());
  }

  async handle({ ref, payload }: ClientMessage): Promise<void> {
    if (!isObject(payload) || typeof payload['event'] !== 'string') return this.#channel.reply(ref, 'ok');
    if (this.#isCallTooMany()) return this.#channel.shutDown('Client presence rate limit exceeded');
    const event = payload['event'].toLowerCase();
    if (event === 'untrack') return this.#untrack(ref);
    if (event !== 'track' || !(await this.#mayTrack())) return this.#channel.reply(ref, 'error');
    const tracked = payload['payload'] ?? {};
    if (isObject(tracked)) return this.#track(ref, tracked);
    this.#channel.reply(ref, 'error', { reason: 'Presence track payload must be a map' });
  }

  #track(ref: ClientMessage['ref'], payload: JsonObject): void {
    const channel = this.#channel;
    const json = canonicalJson(payload);
    if (json === this.#tracked) return channel.reply(ref, 'ok');
    if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) return channel.shutDown('Track message size exceeded');
    if (this.#isRateExceeded()) return channel.shutDown(TOO_MANY_MESSAGES);

    const diff = channel.topic.presence.track(channel, channel.presenceKey, payload);
    this.#tracked = json;
    channel.reply(ref, 'ok');
    channel.topic.announce(diff);
    if (!this.#isEnabled) {
      this.#isEnabled = true;
      this.sendState();
    }
  }

  #untrack(ref: ClientMessage['ref']): void {
    const { topic, presenceKey } = this.#channel;
    this.#tracked = null;
    this.#channel.reply(ref, 'ok');
    const diff = topic.presence.untrack(this.#channel, presenceKey);
    if (diff) topic.announce(diff);
  }

  async #mayTrack(): Promise<boolean> {
    const { permissions } = this.#channel;
    if (!permissions) return true;
    try {
      await permissions.loadReads(['presence']);
      return await permissions.canWrite('presence');
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return false;
      throw error;
    }
  }

  #isCallTooMany(): boolean {
    const { clock, timings } = this.#channel.services;
    if (clock.now() > this.#windowEnd) {
      this.#windowEnd = clock.now() + timings.presenceWindow;
      this.#calls = 0;
    }
    this.#calls += 1;
    return this.#calls > PRESENCE_CALLS_PER_WINDOW;
  }

  #isRateExceeded(): boolean {
    return this.#channel.services.limits.presence.exceededBy(1);
  }
}
