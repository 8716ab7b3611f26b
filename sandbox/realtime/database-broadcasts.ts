import type { FaultSwitches } from './faults.ts';
import { broadcastFrame } from './frames.ts';
import type { ServerLimits } from './limits.ts';
import type { RowChange } from './pgoutput.ts';
import type { Topics } from './topics.ts';

/** Broadcasts the rows that `realtime.send()` writes: each new row of `realtime.messages`, as soon as it is committed. */
export class DatabaseBroadcasts {
  #topics: Topics;
  #limits: ServerLimits;
  #faults: FaultSwitches;

  constructor(topics: Topics, limits: ServerLimits, faults: FaultSwitches) {
    this.#topics = topics;
    this.#limits = limits;
    this.#faults = faults;
  }

  /** A message without receivers is lost, but counts for the limit. */
  handle({ row }: RowChange): void {
    const { id, topic: subTopic, event, payload, private: isPrivate } = row ?? {};
    if (!id || !event || !payload) return;
    const { messages } = this.#limits;
    const topic = this.#topics.find(`realtime:${subTopic}`, isPrivate === 't');
    if (topic && (this.#faults.losesMessage() || this.#faults.dropsBroadcast())) return;
    if (!messages.hasRoomFor(1)) {
      if (topic) this.#faults.lost.overLimit += 1;
      return;
    }
    messages.count(1);
    if (!topic) return;
    const frame = broadcastFrame(topic.name, {
      event,
      encoding: 'json',
      payload: Buffer.from(payload),
      meta: JSON.stringify({ id }),
    });
    topic.broadcast(frame, { id });
  }
}
