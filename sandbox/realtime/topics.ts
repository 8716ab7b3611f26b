import { messageFrame, type Frame } from './frames.ts';
import type { ServerLimits } from './limits.ts';
import { Presence, type PresenceDiff } from './presence.ts';

/** A joined channel, as its topic sees it. */
export interface Member {
  /** Ids of the messages that were replayed to it when it joined. */
  readonly replayedIds: ReadonlySet<string>;
  readonly hearsBroadcasts: boolean;
  readonly hearsPresence: boolean;
  receive(frame: Frame): void;
  /** Says why to the client and closes the channel. */
  shutDown(reason: string): void;
}

/** The members of one topic. A public and a private topic of the same name have nothing to do with each other. */
export class Topic {
  /** As clients write it, with the prefix `realtime:`. */
  readonly name: string;
  readonly members = new Set<Member>();
  readonly presence = new Presence<Member>();
  #limits: ServerLimits;

  constructor(name: string, limits: ServerLimits) {
    this.name = name;
    this.#limits = limits;
  }

  /**
   * Over the limit, receivers are closed after this message. One that the database sends never comes here then.
   * @param id of a message that the database sent: members that it was replayed to are left out
   */
  broadcast(frame: Frame, { except, id = '' }: { except?: Member; id?: string } = {}): void {
    const receivers: Member[] = [];
    for (const member of this.members) {
      if (member === except || !member.hearsBroadcasts || member.replayedIds.has(id)) continue;
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
      if (!member.hearsPresence) continue;
      member.receive(frame);
      receivers += 1;
    }
    // Nobody is closed for receiving these: the next one who tracks or joins finds the limit exceeded.
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
