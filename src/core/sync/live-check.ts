/**
 * Decides whether messages can be trusted. Realtime drops messages over its limits, and loses those of a database that
 * restarts, while every channel stays joined. A joined channel therefore proves nothing, and each fetch is compared with what
 * messages announced.
 */
import type { Cancel, Clock } from '../time/clock.ts';

/** How long a message may take to arrive after a fetch has found the change that it announces. */
const MESSAGE_DELAY_MS = 3_000;
/** Realtime's limits are averages of one minute. If no message arrives, fetches must find nothing unannounced for so long. */
const QUIET_MS = 60_000;

export class LiveCheck {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #verdict: Cancel | null = null;
  /** Epoch ms at which the latest unannounced change was found; null while messages are trusted. */
  #doubtedAt: number | null = null;
  #hasArrivedSince = false;

  /** @param changed called after each verdict, which a timer brings about */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** A fetch found a change that no message announced, and nothing has shown since that messages arrive. */
  get isDoubted(): boolean {
    return this.#doubtedAt !== null;
  }

  /** To be called for each message. */
  messageArrived(): void {
    this.#hasArrivedSince = true;
  }

  /** To be called when a fetch found nothing but what messages announced. */
  agree(): void {
    if (this.#doubtedAt === null || this.#verdict) return;
    if (this.#hasArrivedSince || this.#clock.now() - this.#doubtedAt >= QUIET_MS) this.#doubtedAt = null;
  }

  /**
   * To be called when a fetch found a change that no message has announced so far.
   * @param isAnnounced called a little later; returns whether a message has announced the change by then
   */
  expect(isAnnounced: () => boolean): void {
    this.#verdict ??= this.#clock.after(MESSAGE_DELAY_MS, () => {
      this.#verdict = null;
      if (isAnnounced()) {
        this.agree();
      } else {
        this.#doubtedAt = this.#clock.now();
        this.#hasArrivedSince = false;
      }
      this.#changed();
    });
  }

  /** Trusts messages again: the channels were joined or left just now. */
  reset(): void {
    this.#verdict?.();
    this.#verdict = null;
    this.#doubtedAt = null;
  }
}
