/** Milliseconds: the shortest wait after the first failure, and the longest of all waits. */
export interface BackoffRange {
  first: number;
  longest: number;
}

/** Random waits that grow with each failure: the next one is up to three times as long as the latest. */
export class Backoff {
  #range: BackoffRange;
  #random: () => number;
  #last: number;

  /** @param random at least 0, below 1 */
  constructor(range: BackoffRange, random: () => number) {
    this.#range = range;
    this.#random = random;
    this.#last = range.first;
  }

  /** Milliseconds to wait after a further failure. */
  next(): number {
    const { first, longest } = this.#range;
    const shortest = Math.min(this.#last, Math.max(first, longest / 3));
    this.#last = Math.round(shortest + this.#random() * (Math.min(this.#last * 3, longest) - shortest));
    return this.#last;
  }

  /** Call this after a success. */
  reset(): void {
    this.#last = this.#range.first;
  }
}
