import { broadcastFrame } from './frames.ts';
import type { RowChange } from './pgoutput.ts';
import type { Topics } from './topics.ts';

/** Sends on what `realtime.send()` writes: each new row of `realtime.messages`, as soon as it is committed. */
export class DatabaseBroadcasts {
  #topics: Topics;

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  /** @returns whether the change was a row of `realtime.messages`; one that nobody listens to is dropped */
  handle({ relation, row }: RowChange): boolean {
    if (relation.schema !== 'realtime' || relation.table !== 'messages') return false;
    const { id, topic: subTopic, event, payload, private: isPrivate } = row ?? {};
    const topic = this.#topics.find(`realtime:${subTopic}`, isPrivate === 't');
    if (!topic || !id || !event || !payload) return true;
    const frame = broadcastFrame(topic.name, {
      event,
      encoding: 'json',
      payload: Buffer.from(payload),
      meta: JSON.stringify({ id }),
    });
    topic.broadcast(frame, { id });
    return true;
  }
}
