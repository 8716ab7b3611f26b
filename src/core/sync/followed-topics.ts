import type { ChannelHandlers, ChannelStatus, LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Clock } from '../time/clock.ts';
import { keepChannel } from './rejoin.ts';

/** Joins a topic on which messages arrive, and reports how that went. */
export type Join = (live: LiveConnection, status: ChannelHandlers['status']) => Unsubscribe;

export interface TopicChange {
  readonly status: ChannelStatus;
  readonly error: unknown;
  /** It was joined before this: just now, or ever. */
  readonly wasJoined: boolean;
  readonly wasEverJoined: boolean;
}

/** The topics that messages arrive on: joined, kept, and left. Without a connection none is joined. */
export class FollowedTopics {
  /** How many joins there were, of all topics. */
  joins = 0;
  readonly #clock: Clock;
  readonly #live: LiveConnection | null;
  readonly #changed: (change: TopicChange) => void;
  /** By name: how to leave it. */
  readonly #channels = new Map<string, Unsubscribe>();
  readonly #joined = new Set<string>();

  constructor(clock: Clock, live: LiveConnection | null, changed: (change: TopicChange) => void) {
    this.#clock = clock;
    this.#live = live;
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.#channels.size === 0;
  }

  get allJoined(): boolean {
    return this.#channels.size > 0 && this.#joined.size === this.#channels.size;
  }

  /** Joins these topics, by names of the caller's, and leaves all others. */
  follow(joins: ReadonlyMap<string, Join>): void {
    for (const [name, leave] of this.#channels) {
      if (joins.has(name)) continue;
      leave();
      this.#channels.delete(name);
      this.#joined.delete(name);
    }
    for (const [name, join] of joins) {
      if (this.#live && !this.#channels.has(name)) this.#channels.set(name, this.#join(this.#live, name, join));
    }
  }

  #join(live: LiveConnection, name: string, join: Join): Unsubscribe {
    let wasEverJoined = false;
    return keepChannel(
      this.#clock,
      (status) => join(live, status),
      (status, error) => {
        const wasJoined = this.#joined.delete(name);
        const change = { status, error, wasJoined, wasEverJoined };
        if (status === 'joined') {
          this.#joined.add(name);
          this.joins++;
          wasEverJoined = true;
        }
        this.#changed(change);
      },
    );
  }
}
