import { isUnanswered } from './authorization.ts';
import type { Channel } from './channel.ts';
import type { ClientMessage, Ref } from './frames.ts';
import { canonicalJson, isObject } from './json.ts';
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
    if (!this.#channel.isOpen || !this.#channel.hearsPresence) return;
    if (this.#isRateExceeded()) this.#channel.shutDown(TOO_MANY_MESSAGES);
    else this.#channel.push('presence_state', this.#channel.topic.presence.list());
  }

  async handle({ ref, payload }: ClientMessage): Promise<void> {
    const call = isObject(payload) ? payload : {};
    const event = typeof call['event'] === 'string' ? call['event'].toLowerCase() : null;
    if (event === null) this.#channel.reply(ref, 'ok');
    else if (this.#isCallTooMany()) this.#channel.shutDown('Client presence rate limit exceeded');
    else if (event === 'untrack') this.#untrack(ref);
    else if (event === 'track' && (await this.#mayTrack())) this.#track(ref, call['payload'] ?? {});
    else this.#channel.reply(ref, 'error');
  }

  #track(ref: Ref, payload: unknown): void {
    const channel = this.#channel;
    // The client may have gone while its permission was looked up; nobody would ever untrack it.
    if (!channel.isOpen) return;
    const json = canonicalJson(payload);
    if (!isObject(payload)) {
      channel.reply(ref, 'error', { reason: 'Presence track payload must be a map' });
    } else if (json === this.#tracked) {
      channel.reply(ref, 'ok');
    } else if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
      channel.shutDown('Track message size exceeded');
    } else if (this.#isRateExceeded()) {
      channel.shutDown(TOO_MANY_MESSAGES);
    } else {
      const diff = channel.topic.presence.track(channel, channel.presenceKey, payload);
      this.#tracked = json;
      channel.reply(ref, 'ok');
      channel.topic.announce(diff);
      if (!this.#isEnabled) this.sendState();
      this.#isEnabled = true;
    }
  }

  #untrack(ref: Ref): void {
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
      if (isUnanswered(error)) return false;
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
