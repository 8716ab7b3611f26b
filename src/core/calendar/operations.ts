/**
 * What this visitor does in one calendar: hold, let go, book, move, cancel. Each shows its outcome at once and asks
 * the server in turn; `assumptions`, `hold` and `booking` are what there is to show.
 */
import { askAgain } from '../sync/retry.ts';
import type { Backend } from './backend.ts';
import { type Claim, claimTime, sameTime, slotsOf } from './claim.ts';
import type { Clock } from '../time/clock.ts';
import { OpenslotError, toOpenslotError } from '../errors.ts';
import { HeldTime } from './hold.ts';
import { type Assumptions, NO_ASSUMPTIONS } from './optimistic.ts';
import type { BookingPhase, BookOptions, Hold } from './types.ts';
import type { Sync } from './sync.ts';
import type { BookingResult, HoldResult } from '../wire.ts';

/** How long a lost answer is asked for again. Holding is a tap that somebody waits for; booking must come to an end. */
const HOLD_PATIENCE_MS = 5_000;
const BOOK_PATIENCE_MS = 45_000;
const RELEASE_AGAIN_MS = 30_000;

type Question<T> = (backend: Backend, visitor: string) => Promise<T>;

export interface OperationsOptions {
  readonly backend: Backend;
  readonly provider: string;
  readonly clock: Clock;
  readonly visitor: () => string;
  /** The picture that operations start from and whose answers are applied to it. */
  readonly sync: () => Sync | null;
  readonly changed: () => void;
}

export class Operations {
  booking: BookingPhase | null = null;

  readonly #options: OperationsOptions;
  readonly #held = new HeldTime();
  /** What the visitor wants to be held, while the server hasn't answered: a time, or nothing. */
  #wanted: Claim | 'nothing' | null = null;
  #submitting: Claim | null = null;
  /** An answer was lost, so the server may hold something for this visitor that nobody knows of here. */
  #stray = false;
  /** Request ids of what was asked and not answered: the same again must have the same id. */
  readonly #unanswered = new Map<string, string>();
  /** The latest booking, so that a double click asks once. */
  #booked: { readonly question: string; readonly result: Promise<BookingResult> } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  get hold(): Hold | null {
    if (this.#wanted === 'nothing') return null;
    const shown = this.#wanted?.hold ?? this.#submitting?.hold ?? null;
    // Holding on to the same time doesn't take the countdown away.
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
      // Another time is wanted by now, or none: no use in asking, or in asking again.
      if (this.#wanted !== claim) throw new OpenslotError('aborted');
    };
    return this.#inTurn(async () => {
      demandWanted();
      try {
        const { provider } = this.#options;
        const result = await this.#ask(HOLD_PATIENCE_MS, async (backend, visitor) => {
          demandWanted();
          try {
            return await backend.hold({ provider, service, start, visitor });
          } catch (error) {
            if (toOpenslotError(error).transient) this.#doubt(claim.hold);
            throw error;
          }
        });
        this.#stray = false;
        const { held_until: heldUntil, extendable_until: extendableUntil } = result;
        // Slots that weren't there to be claimed may be by now. The answer knows those that it holds, but for one that was
        // held until the same second before: nothing of it has changed.
        const sync = this.#options.sync();
        const now = claimTime(sync, service, start).hold;
        const told = [...(result.change?.slots ?? []), ...slotsOf(sync?.store?.slots, now)];
        const holds = told.filter(({ held_until: until }) => until && until === heldUntil).map((slot) => slot.start);
        const slotStarts = holds.length > 0 ? [...new Set(holds)].sort() : now.slotStarts;
        const held = { ...claim.hold, ...(slotStarts.length > 0 && { slotStarts }), heldUntil, extendableUntil };
        this.#held.confirm(held, result.change?.revision);
        if (this.#wanted === null) {
          // The calendar was left meanwhile, and what was let go then may not have been this.
          this.abandon();
          throw new OpenslotError('aborted');
        }
        return held;
      } catch (error) {
        // What was offered isn't so: see what is.
        void this.#options.sync()?.refetch();
        throw error;
      } finally {
        this.#settle(claim);
      }
    });
  }

  async release(): Promise<void> {
    if (!this.hold && !this.#stray) return;
    this.#want('nothing');
    await this.#inTurn(async () => {
      if (this.#wanted !== 'nothing') return;
      const { hold } = this.#held;
      this.#held.forget();
      try {
        if (hold || this.#stray) await this.#ask(HOLD_PATIENCE_MS, (backend, visitor) => backend.release({ visitor }));
        this.#stray = false;
      } catch (error) {
        // It runs out by itself; until then it is let go at the next chance.
        const { transient, code } = toOpenslotError(error);
        this.#stray = transient;
        if (code === 'rate_limited') this.#options.clock.after(RELEASE_AGAIN_MS, () => this.#recall());
      } finally {
        this.#settle('nothing');
      }
    });
  }

  book(options: BookOptions): Promise<BookingResult> {
    const question = JSON.stringify([options.service, options.start, options.patient]);
    if (this.#booked?.question !== question) this.#booked = { question, result: this.#submit(options, question) };
    return this.#booked.result;
  }

  async #submit({ service, start, patient }: BookOptions, question: string): Promise<BookingResult> {
    const claim = claimTime(this.#options.sync(), service, start);
    const { provider } = this.#options;
    const { serviceId } = claim.hold;
    const conclude = (outcome: BookingPhase) => {
      // Another booking may be under way by now, and is what there is to show.
      if (this.#submitting !== claim) return;
      this.#submitting = null;
      this.#show(outcome);
    };
    this.#submitting = claim;
    this.#show({ phase: 'submitting', start, serviceId });
    try {
      const result = await this.#request(question, (backend, visitor, request_id) =>
        backend.book({ provider, service, start, patient, request_id, visitor }),
      );
      conclude({ phase: 'confirmed', appointment: result.appointment, manageToken: result.manage_token });
      return result;
    } catch (error) {
      if (this.#booked?.question === question) this.#booked = null;
      conclude({ phase: 'rejected', start, serviceId, error: toOpenslotError(error) });
      throw error;
    }
  }

  async reschedule(token: string, start: string): Promise<BookingResult> {
    const question = JSON.stringify([token, start]);
    return this.#request(question, (backend, visitor, request_id) =>
      backend.reschedule({ token, start, request_id, visitor }),
    );
  }

  async cancel(token: string, reason: string | null): Promise<BookingResult> {
    return this.#ask(BOOK_PATIENCE_MS, (backend) => backend.cancel({ token, reason }));
  }

  clearBooking(): void {
    if (!this.booking || this.booking.phase === 'submitting') return;
    this.#booked = null;
    this.#show(null);
  }

  /** Forgets a hold that ran out or that the server's picture no longer has, and lets go of what nobody knows of. */
  check(): void {
    const sync = this.#options.sync();
    if (!sync) return;
    // What is being booked isn't over before the answer.
    if (!this.#submitting && this.#held.check(sync, this.#options.changed)) this.#stray = true;
    const answered = sync.connection === 'live' || sync.connection === 'polling';
    if (this.#stray && !this.hold && !this.#wanted && answered) void this.release();
  }

  /** Lets go without waiting: the page or the calendar goes away. */
  abandon(): void {
    if (!this.hold && !this.#stray) return;
    this.#held.forget();
    this.#wanted = null;
    this.#options.backend.release({ visitor: this.#options.visitor() }).catch(() => {
      // For when somebody comes back.
      this.#stray = true;
    });
    this.#options.changed();
  }

  /** Something may still be held for this visitor. */
  #recall(): void {
    this.#stray = true;
    this.#options.changed();
  }

  /** This may be held now, as the answer was lost; then what was held until now isn't any more. */
  #doubt(asked: Hold): void {
    this.#stray = true;
    const { hold } = this.#held;
    if (hold && !sameTime(hold, asked)) this.#held.forget();
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

  /** One operation after the other, in the order of asking. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Asks for a booking in turn, under an id by which the database knows the same question again. */
  #request(
    question: string,
    send: (backend: Backend, visitor: string, requestId: string) => Promise<BookingResult>,
  ): Promise<BookingResult> {
    return this.#inTurn(async () => {
      const id = this.#unanswered.get(question) ?? crypto.randomUUID();
      this.#unanswered.set(question, id);
      try {
        const result = await this.#ask(BOOK_PATIENCE_MS, (backend, visitor) => send(backend, visitor, id));
        this.#unanswered.delete(question);
        this.#held.forget();
        // Booking gives up what is held; an answer given before gave up what was held then.
        this.#stray ||= result.change === null;
        this.#options.changed();
        return result;
      } catch (error) {
        if (!toOpenslotError(error).transient) this.#unanswered.delete(question);
        void this.#options.sync()?.refetch();
        throw error;
      }
    });
  }

  #ask<T extends HoldResult | BookingResult>(patienceMs: number, send: Question<T>): Promise<T> {
    const { backend, clock, visitor } = this.#options;
    return askAgain(clock, patienceMs, async () => {
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
    // Answered before: the change was told then, and may have been missed.
    if (!result.change) void sync?.refetch();
  }
}
