import { isCheckUnanswered, type Permissions } from './authorization.ts';
import type { ClientMessage, Ref } from './frames.ts';
import type { JoinConfig } from './join-config.ts';
import { canonicalJson, isObject } from './json.ts';
import { MAX_PAYLOAD_BYTES, PRESENCE_CALLS_PER_WINDOW } from './options.ts';
import type { Services } from './services.ts';
import type { Member, Topic } from './topics.ts';

const TOO_MANY_MESSAGES = 'Too many presence messages per second';

/** The part of a channel that its presence calls use. */
export interface PresenceChannel extends Member {
  readonly isOpen: boolean;
  readonly config: JoinConfig;
  readonly topic: Topic;
  readonly presenceKey: string;
  /** `null` on public topics, where everything is allowed. */
  readonly permissions: Permissions | null;
  readonly services: Services;
  push(event: string, payload: unknown): void;
  reply(ref: Ref, status: 'ok' | 'error', response?: unknown): void;
}

/** The presence calls of one channel: `track`, `untrack`, and the state that the server sends without a request. */
export class PresenceCalls {
  #channel: PresenceChannel;
  #isEnabled: boolean;
  /** JSON of the tracked payload, to distinguish a repetition from an update. */
  #tracked: string | null = null;
  #windowEnd = -Infinity;
  #calls = 0;

  constructor(channel: PresenceChannel) {
    this.#channel = channel;
    this.#isEnabled = channel.config.presence.enabled;
  }

  sendState(): void {
    if (!this.#channel.isOpen || !this.#channel.receivesPresence) return;
    if (this.#exceedsPresenceRate()) this.#channel.shutDown(TOO_MANY_MESSAGES);
    else this.#channel.push('presence_state', this.#channel.topic.presence.list());
  }

  async handle({ ref, payload }: ClientMessage): Promise<void> {
    const call = isObject(payload) ? payload : {};
    const event = typeof call['event'] === 'string' ? call['event'].toLowerCase() : null;
    if (event === null) this.#channel.reply(ref, 'ok');
    else if (this.#exceedsCallLimit()) this.#channel.shutDown('Client presence rate limit exceeded');
    else if (event === 'untrack') this.#untrack(ref);
    else if (event === 'track' && (await this.#mayTrack())) this.#track(ref, call['payload'] ?? {});
    else this.#channel.reply(ref, 'error');
  }

  #track(ref: Ref, payload: unknown): void {
    const channel = this.#channel;
    // The client may have left while its permission was loaded; then nothing would ever untrack it.
    if (!channel.isOpen) return;
    const json = canonicalJson(payload);
    if (!isObject(payload)) {
      channel.reply(ref, 'error', { reason: 'Presence track payload must be a map' });
    } else if (json === this.#tracked) {
      channel.reply(ref, 'ok');
    } else if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
      channel.shutDown('Track message size exceeded');
    } else if (this.#exceedsPresenceRate()) {
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
      if (isCheckUnanswered(error)) return false;
      throw error;
    }
  }

  #exceedsCallLimit(): boolean {
    const { clock, timings } = this.#channel.services;
    if (clock.now() > this.#windowEnd) {
      this.#windowEnd = clock.now() + timings.presenceWindow;
      this.#calls = 0;
    }
    this.#calls += 1;
    return this.#calls > PRESENCE_CALLS_PER_WINDOW;
  }

  #exceedsPresenceRate(): boolean {
    return this.#channel.services.limits.presence.exceededBy(1);
  }
}
