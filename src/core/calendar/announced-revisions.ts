/** Up to which of a provider's revisions messages have announced every one. */
import type { SlotsChange } from '../wire.ts';

/** What a change says of revisions: it has all beyond `after`, up to `revision`. */
export type Span = Pick<SlotsChange, 'after' | 'revision'>;

interface Reached {
  /** Every revision up to this one is there. */
  readonly revision: number;
  /** Changes that are there although one before them is missing. */
  readonly ahead: readonly Span[];
}

/** Moves `revision` as far as changes follow each other. */
export function advance<T extends Reached>(reached: T): T {
  let { revision } = reached;
  const follows = (span: Span) => span.after <= revision && span.revision > revision;
  for (let next = reached.ahead.find(follows); next; next = reached.ahead.find(follows)) revision = next.revision;
  return { ...reached, revision, ahead: reached.ahead.filter((span) => span.revision > revision) };
}

export class AnnouncedRevisions {
  #reached: Reached = { revision: 0, ahead: [] };

  /** Messages have announced every revision up to this one. */
  get upTo(): number {
    return this.#reached.revision;
  }

  /** To be called when a message has announced the revisions beyond `after`, up to `revision`. */
  add({ after, revision }: Span): void {
    const { ahead } = this.#reached;
    this.#reached = advance({ ...this.#reached, ahead: [...ahead, { after, revision }] });
  }

  /** From now on, every revision up to this one counts as announced. */
  startOver(revision: number): void {
    this.#reached = advance({ ...this.#reached, revision: Math.max(this.upTo, revision) });
  }
}
