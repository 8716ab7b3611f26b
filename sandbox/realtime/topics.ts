import { messageFrame, type Frame } from './frames.ts';
import type { ServerLimits } from './limits.ts';
import { Presence, type PresenceDiff } from './presence.ts';

/** The part of a joined channel that its topic uses. */
export interface Member {
  /** Ids of the messages that were replayed to the channel when it joined. */
  readonly replayedIds: ReadonlySet<string>;
  readonly receivesBroadcasts: boolean;
  readonly receivesPresence: boolean;
  receive(frame: Frame): void;
  /** Sends the reason to the client and closes the channel. */
  shutDown(reason: string): void;
}

/** The members of one topic. A public and a private topic of the same name are independent. */
export class Topic {
  /** With the prefix `realtime:`, as clients write it. */
  readonly name: string;
  readonly members = new Set<Member>();
  readonly presence = new Presence<Member>();
  #limits: ServerLimits;

  constructor(name: string, limits: ServerLimits) {
    this.name = name;
    this.#limits = limits;
  }

  /**
   * Sends a frame to the members. If this exceeds the limit, the receivers are closed afterwards. Messages from the database
   * are checked before, and never exceed it here.
   * @param id of a message from the database: members that have it from a replay are left out
   */
  broadcast(frame: Frame, { except, id = '' }: { except?: Member; id?: string } = {}): void {
    const receivers: Member[] = [];
    for (const member of this.members) {
      if (member === except || !member.receivesBroadcasts || member.replayedIds.has(id)) continue;
      member.receive(frame);
      receivers.push(member);
    }
    if (this.#limits.messages.exceededBy(receivers.length)) {
      for (const member of receivers) member.shutDown('Too many messages per second');
    }
  }

  announce(diff: PresenceDiff): void {
    const frame = messageFrame({ topic: this.name, event: 'presence_diff', payload: diff });
    let receivers = 0;
    for (const member of this.members) {
      if (!member.receivesPresence) continue;
      member.receive(frame);
      receivers += 1;
    }
    // No receiver is closed for these; the server closes the channel of the next client that tracks or joins.
    this.#limits.presence.exceededBy(receivers);
  }
}

/** Topics that have members. */
export class Topics {
  #topics = new Map<string, Topic>();
  #limits: ServerLimits;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  find(name: string, isPrivate: boolean): Topic | undefined {
    return this.#topics.get(keyOf(name, isPrivate));
  }

  enter(name: string, isPrivate: boolean, member: Member): Topic {
    const key = keyOf(name, isPrivate);
    const topic = this.#topics.get(key) ?? new Topic(name, this.#limits);
    this.#topics.set(key, topic);
    topic.members.add(member);
    return topic;
  }

  leave(topic: Topic, isPrivate: boolean, member: Member): void {
    topic.members.delete(member);
    if (topic.members.size === 0) this.#topics.delete(keyOf(topic.name, isPrivate));
  }
}

function keyOf(name: string, isPrivate: boolean): string {
  return `${isPrivate ? 'private' : 'public'} ${name}`;
}
