/** Which of a provider's revisions messages have announced, without leaving one out. */
import type { SlotsChange } from '../wire.ts';

type Span = Pick<SlotsChange, 'after' | 'revision'>;

export class HeardRevisions {
  #upTo = 0;
  /** What was announced beyond a revision that no message has announced yet. */
  #ahead: readonly Span[] = [];

  /** Every revision up to this one was announced. */
  get upTo(): number {
    return this.#upTo;
  }

  /** A message announced the revisions beyond `after`, up to `revision`. */
  add({ after, revision }: Span): void {
    this.#ahead = [...this.#ahead, { after, revision }];
    this.#advance();
  }

  /** Takes every revision up to this one for announced. */
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
