import type { Assume } from './optimistic.ts';
import type { Agenda } from './types.ts';

/** A change by staff. What it assumes is shown until the server refuses it, or a fetched agenda includes it. */
export interface PendingChange {
  assume: Assume;
  /** Id of the appointment that it changes; null if it changes slots. */
  readonly appointment: string | null;
  /** Number of the latest fetch that had begun when the server answered; later ones include the change. Null before. */
  answeredAfter: number | null;
}

const NONE: ReadonlySet<string> = new Set();

/** The changes by staff that no fetched agenda includes yet, in the order in which staff made them. */
export class PendingChanges {
  #changes: readonly PendingChange[] = [];
  #latest: { readonly agenda: Agenda; readonly changes: readonly PendingChange[]; readonly result: Agenda } | null =
    null;

  /** Ids of the appointments whose change the server hasn't answered yet. */
  get busy(): ReadonlySet<string> {
    const unanswered = this.#changes.filter(({ answeredAfter }) => answeredAfter === null);
    return unanswered.length > 0 ? new Set(unanswered.flatMap(({ appointment }) => appointment ?? [])) : NONE;
  }

  add(change: PendingChange): void {
    this.#changes = [...this.#changes, change];
  }

  /** @param fetches how many fetches of the agenda have begun so far */
  answered(change: PendingChange, fetches: number): void {
    // Dropping it at once would show the former agenda until the next fetch.
    change.answeredAfter = fetches;
    this.#changes = [...this.#changes];
  }

  drop(change: PendingChange): void {
    this.#changes = this.#changes.filter((other) => other !== change);
  }

  /** @param succeeded number of the latest fetch of the agenda that succeeded */
  dropIncluded(succeeded: number): void {
    const isIncluded = ({ answeredAfter }: PendingChange) => answeredAfter !== null && answeredAfter < succeeded;
    if (this.#changes.some(isIncluded)) this.#changes = this.#changes.filter((change) => !isIncluded(change));
  }

  dropAll(): void {
    this.#changes = [];
  }

  /** The agenda with all that the changes assume; the same object until one of the two changes. */
  applyTo(agenda: Agenda): Agenda {
    const changes = this.#changes;
    if (changes.length === 0) return agenda;
    if (this.#latest?.agenda !== agenda || this.#latest.changes !== changes) {
      this.#latest = { agenda, changes, result: changes.reduce((assumed, { assume }) => assume(assumed), agenda) };
    }
    return this.#latest.result;
  }
}
