/**
 * Decides whether messages can be trusted. Realtime drops messages over its limits, and loses those of a database that
 * restarts, while every channel stays joined. So being joined proves nothing: what each fetch finds is compared with what
 * messages announced.
 */
import type { Cancel, Clock } from '../time/clock.ts';

/** How long a message may take to arrive after a fetch already found what it announces. */
const GRACE_MS = 3_000;
/** Limits are averages of one minute. Without any message, checks must agree for so long before messages are trusted again. */
const QUIET_MS = 60_000;

export class LiveCheck {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #verdict: Cancel | null = null;
  /** Epoch ms at which the latest unannounced change was found; null while messages are trusted. */
  #doubtedAt: number | null = null;
  #heardSince = false;

  /** @param changed called after each verdict, which comes by the clock alone */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** A fetch found what no message announced, and messages have not proved since that they arrive. */
  get isDoubted(): boolean {
    return this.#doubtedAt !== null;
  }

  /** A message arrived. */
  heard(): void {
    this.#heardSince = true;
  }

  /** A fetch found nothing but what messages announced. */
  agree(): void {
    if (this.#doubtedAt === null || this.#verdict) return;
    if (this.#heardSince || this.#clock.now() - this.#doubtedAt >= QUIET_MS) this.#doubtedAt = null;
  }

  /**
   * A fetch found what no message has announced so far.
   * @param isAnnounced called a little later: whether messages have announced it by then
   */
  expect(isAnnounced: () => boolean): void {
    this.#verdict ??= this.#clock.after(GRACE_MS, () => {
      this.#verdict = null;
      if (isAnnounced()) {
        this.agree();
      } else {
        this.#doubtedAt = this.#clock.now();
        this.#heardSince = false;
      }
      this.#changed();
    });
  }

  /** Starts anew: the channels were joined just now, or are left. */
  reset(): void {
    this.#verdict?.();
    this.#verdict = null;
    this.#doubtedAt = null;
  }
}
