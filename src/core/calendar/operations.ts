/**
 * What this visitor does in one calendar: hold, release, book, reschedule, cancel. `hold`, `booking` and `assumptions` have the
 * expected outcome at once, while the requests are sent to the server one after the other.
 */
import { retry } from '../sync/retry.ts';
import type { Backend } from './backend.ts';
import type { Clock } from '../time/clock.ts';
import { OpenslotError, toOpenslotError } from '../errors.ts';
import { type Claim, claimTime, HeldTime, sameTime, slotsOf } from './hold.ts';
import { type Assumptions, NO_ASSUMPTIONS } from './optimistic.ts';
import type { BookingPhase, BookOptions, Hold } from './types.ts';
import type { CalendarSync } from './sync.ts';
import type { BookingResult, HoldResult } from '../wire.ts';

/** How long a request is sent again after a lost answer. A visitor waits for a hold; a booking must have a certain outcome. */
const HOLD_PATIENCE_MS = 5_000;
const BOOK_PATIENCE_MS = 45_000;
const RELEASE_AGAIN_MS = 30_000;

type Send<T> = (backend: Backend, visitor: string) => Promise<T>;

export interface OperationsOptions {
  readonly backend: Backend;
  readonly provider: string;
  readonly clock: Clock;
  readonly visitor: () => string;
  /** The slots that operations start from, and that take in the changes of their answers. */
  readonly sync: () => CalendarSync | null;
  readonly changed: () => void;
}

export class Operations {
  booking: BookingPhase | null = null;

  readonly #options: OperationsOptions;
  readonly #held = new HeldTime();
  /** The time to be held, or that nothing is to be held; null once the server has answered. */
  #wanted: Claim | 'nothing' | null = null;
  #submitting: Claim | null = null;
  /** An answer was lost, so the server may hold a time for this visitor that isn't in `#held`. */
  #mayHoldUnseen = false;
  /** Request ids of requests without an answer, by request: sent again, it must have the same id. */
  readonly #unanswered = new Map<string, string>();
  /** The latest booking, so that a double click sends one request. */
  #booked: { readonly request: string; readonly result: Promise<BookingResult> } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  get hold(): Hold | null {
    if (this.#wanted === 'nothing') return null;
    const shown = this.#wanted?.hold ?? this.#submitting?.hold ?? null;
    // A confirmed hold of the same time has the countdown.
    const held = this.#held.hold;
    return held && (!shown || sameTime(shown, held)) ? held : shown;
  }

  get assumptions(): Assumptions {
    if (!this.#wanted && !this.#submitting) return NO_ASSUMPTIONS;
    const wanted = this.#wanted === 'nothing' ? null : this.#wanted;
    const claimed = [...(wanted?.slots ?? []), ...(this.#submitting?.slots ?? [])];
    const freed = this.#wanted
      ? slotsOf(this.#options.sync()?.slots, this.#held.hold).filter(
          (slot) => !claimed.some(({ id }) => id === slot.id),
        )
      : [];
    return { claimed, freed };
  }

  /** Epoch ms by the server's clock at which the hold runs out; `Infinity` without one. */
  get expiresAt(): number {
    return this.#held.expiresAt;
  }

  async take(service: string, start: string): Promise<Hold> {
    const claim = claimTime(this.#options.sync(), service, start);
    this.#want(claim);
    const demandWanted = () => {
      // By now, the visitor has chosen another time, or none.
      if (this.#wanted !== claim) throw new OpenslotError('aborted');
    };
    return this.#inTurn(async () => {
      demandWanted();
      try {
        const { provider } = this.#options;
        const result = await this.#send(HOLD_PATIENCE_MS, async (backend, visitor) => {
          demandWanted();
          try {
            return await backend.hold({ provider, service, start, visitor });
          } catch (error) {
            if (toOpenslotError(error).transient) this.#answerLost(claim.hold);
            throw error;
          }
        });
        this.#mayHoldUnseen = false;
        const { held_until: heldUntil, extendable_until: extendableUntil } = result;
        const held = { ...claim.hold, slotStarts: this.#slotStarts(claim.hold, result), heldUntil, extendableUntil };
        this.#held.confirm(held, result.change?.revision);
        if (this.#wanted === null) {
          // The page left the calendar meanwhile, and the release that was sent then may have come before this hold.
          this.abandon();
          throw new OpenslotError('aborted');
        }
        return held;
      } catch (error) {
        // The shown slots were wrong: refetch them.
        void this.#options.sync()?.refetch();
        throw error;
      } finally {
        this.#settle(claim);
      }
    });
  }

  /** The slots that a hold takes. */
  #slotStarts(claimed: Hold, { change, held_until }: HoldResult): readonly string[] {
    // The calendar may have loaded the slots only after the claim.
    const known = claimTime(this.#options.sync(), claimed.serviceId, claimed.start).hold.slotStarts;
    if (known.length > 0) return known;
    // Staff may have blocked some of them since. The visitor can extend the hold all the same.
    const former = this.#held.hold;
    if (former && sameTime(former, claimed)) return former.slotStarts;
    return (change?.slots ?? []).filter((slot) => slot.held_until === held_until).map(({ start }) => start);
  }

  async release(): Promise<void> {
    if (!this.hold && !this.#mayHoldUnseen) return;
    this.#want('nothing');
    await this.#inTurn(async () => {
      if (this.#wanted !== 'nothing') return;
      const { hold } = this.#held;
      this.#held.forget();
      try {
        if (hold || this.#mayHoldUnseen)
          await this.#send(HOLD_PATIENCE_MS, (backend, visitor) => backend.release({ visitor }));
        this.#mayHoldUnseen = false;
      } catch (error) {
        // The hold runs out by itself. Until then, `check` tries again to release it.
        const { transient, code } = toOpenslotError(error);
        this.#mayHoldUnseen = transient;
        if (code === 'rate_limited') this.#options.clock.after(RELEASE_AGAIN_MS, () => this.#releaseAgain());
      } finally {
        this.#settle('nothing');
      }
    });
  }

  book(options: BookOptions): Promise<BookingResult> {
    const request = JSON.stringify([options.service, options.start, options.patient]);
    if (this.#booked?.request !== request) this.#booked = { request, result: this.#submit(options, request) };
    return this.#booked.result;
  }

  async #submit({ service, start, patient }: BookOptions, request: string): Promise<BookingResult> {
    const claim = claimTime(this.#options.sync(), service, start);
    const { provider } = this.#options;
    const { serviceId } = claim.hold;
    const conclude = (outcome: BookingPhase) => {
      // Another booking may have been submitted since. Then that one is shown.
      if (this.#submitting !== claim) return;
      this.#submitting = null;
      this.#show(outcome);
    };
    this.#submitting = claim;
    this.#show({ phase: 'submitting', start, serviceId });
    try {
      const result = await this.#requestOnce(request, (backend, visitor, request_id) =>
        backend.book({ provider, service, start, patient, request_id, visitor }),
      );
      conclude({ phase: 'confirmed', appointment: result.appointment, manageToken: result.manage_token });
      return result;
    } catch (error) {
      if (this.#booked?.request === request) this.#booked = null;
      conclude({ phase: 'rejected', start, serviceId, error: toOpenslotError(error) });
      throw error;
    }
  }

  async reschedule(token: string, start: string): Promise<BookingResult> {
    const request = JSON.stringify([token, start]);
    return this.#requestOnce(request, (backend, visitor, request_id) =>
      backend.reschedule({ token, start, request_id, visitor }),
    );
  }

  async cancel(token: string, reason: string | null): Promise<BookingResult> {
    return this.#send(BOOK_PATIENCE_MS, (backend) => backend.cancel({ token, reason }));
  }

  clearBooking(): void {
    if (!this.booking || this.booking.phase === 'submitting') return;
    this.#booked = null;
    this.#show(null);
  }

  /** Forgets a hold that ran out or that the server's slots no longer have, and releases what the server may hold unseen. */
  check(): void {
    const sync = this.#options.sync();
    if (!sync) return;
    // A hold that is being booked isn't over before the answer.
    if (!this.#submitting && this.#held.check(sync, this.#options.changed)) this.#mayHoldUnseen = true;
    const answered = sync.connection === 'live' || sync.connection === 'polling';
    if (this.#mayHoldUnseen && !this.hold && !this.#wanted && answered) void this.release();
  }

  /** Sends a release without waiting for its answer, since the page or the calendar is being left. */
  abandon(): void {
    if (!this.hold && !this.#mayHoldUnseen) return;
    this.#held.forget();
    this.#wanted = null;
    this.#options.backend.release({ visitor: this.#options.visitor() }).catch(() => {
      // For the case that the visitor comes back.
      this.#mayHoldUnseen = true;
    });
    this.#options.changed();
  }

  /** Lets `check` release what the server may still hold. */
  #releaseAgain(): void {
    this.#mayHoldUnseen = true;
    this.#options.changed();
  }

  /** The server may have held this time although its answer was lost. Then it has released any other. */
  #answerLost(sent: Hold): void {
    this.#mayHoldUnseen = true;
    const { hold } = this.#held;
    if (hold && !sameTime(hold, sent)) this.#held.forget();
  }

  #want(wanted: Claim | 'nothing'): void {
    this.#wanted = wanted;
    this.#options.changed();
  }

  #settle(answered: Claim | 'nothing'): void {
    if (this.#wanted === answered) this.#wanted = null;
    this.#options.changed();
  }

  #show(booking: BookingPhase | null): void {
    this.booking = booking;
    this.#options.changed();
  }

  /** Runs one operation after the other, in the order of the calls. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Sends a booking in turn, with a request id by which the database recognises the same request again. */
  #requestOnce(
    request: string,
    send: (backend: Backend, visitor: string, requestId: string) => Promise<BookingResult>,
  ): Promise<BookingResult> {
    return this.#inTurn(async () => {
      const id = this.#unanswered.get(request) ?? crypto.randomUUID();
      this.#unanswered.set(request, id);
      try {
        const result = await this.#send(BOOK_PATIENCE_MS, (backend, visitor) => send(backend, visitor, id));
        this.#unanswered.delete(request);
        this.#held.forget();
        // Booking releases the hold. Without a change, the request was carried out earlier, and released the hold of then.
        this.#mayHoldUnseen ||= result.change === null;
        this.#options.changed();
        return result;
      } catch (error) {
        if (!toOpenslotError(error).transient) this.#unanswered.delete(request);
        void this.#options.sync()?.refetch();
        throw error;
      }
    });
  }

  #send<T extends HoldResult | BookingResult>(patienceMs: number, send: Send<T>): Promise<T> {
    const { backend, clock, visitor } = this.#options;
    return retry(clock, patienceMs, async () => {
      const sentAt = clock.now();
      const result = await send(backend, visitor());
      this.#apply(result, sentAt);
      return result;
    });
  }

  #apply(result: HoldResult | BookingResult, sentAt: number): void {
    const sync = this.#options.sync();
    const elsewhere = 'appointment' in result && result.appointment.provider.id !== sync?.provider?.id;
    sync?.applyAnswer(elsewhere ? null : result.change, result.server_time, sentAt);
    // The request was carried out earlier. The message about its change was sent then, and may have been lost.
    if (!result.change) void sync?.refetch();
  }
}
