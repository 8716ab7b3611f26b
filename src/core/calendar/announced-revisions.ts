/** Up to which of a provider's revisions messages have announced every one. */
import type { SlotsChange } from '../wire.ts';

type Span = Pick<SlotsChange, 'after' | 'revision'>;

export class AnnouncedRevisions {
  #upTo = 0;
  /** Announced revisions beyond one that no message has announced yet. */
  #ahead: readonly Span[] = [];

  /** Messages have announced every revision up to this one. */
  get upTo(): number {
    return this.#upTo;
  }

  /** To be called when a message has announced the revisions beyond `after`, up to `revision`. */
  add({ after, revision }: Span): void {
    this.#ahead = [...this.#ahead, { after, revision }];
    this.#advance();
  }

  /** From now on, every revision up to this one counts as announced. */
  startOver(revision: number): void {
    this.#upTo = Math.max(this.#upTo, revision);
    this.#advance();
  }

  #advance(): void {
    const follows = ({ after, revision }: Span) => after <= this.#upTo && revision > this.#upTo;
    for (let next = this.#ahead.find(follows); next; next = this.#ahead.find(follows)) this.#upTo = next.revision;
    this.#ahead = this.#ahead.filter(({ revision }) => revision > this.#upTo);
  }
}
