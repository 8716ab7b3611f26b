/**
 * Keeps an inbox's list equal to the database's: the newest page, kept fresh by the topics that it names, and whether
 * somebody could have seen what came.
 */
import { type OpenslotError, toOpenslotError } from './errors.ts';
import { Fresh, type Join } from './fresh.ts';
import type { Clock } from './clock.ts';
import type { Unsubscribe } from './backend.ts';
import type { InboxBackend } from './inbox-backend.ts';
import { type InboxList, withNewest } from './inbox-list.ts';
import type { Page } from './page.ts';

/** A connection carries at most 100 channels, and the page may have others. Whoever works for more is told of the rest late. */
const MOST_TOPICS = 60;

export interface InboxSyncOptions {
  readonly backend: InboxBackend;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of what the getters tell. */
  readonly changed: () => void;
  /** Called after every fetch. `away`: the page was hidden or nothing could be heard for some time since the one before. */
  readonly fetched: (away: boolean) => void;
}

/** Runs from its construction until `stop`, once. */
export class InboxSync {
  list: InboxList | null = null;
  topics: readonly string[] = [];
  readonly fresh: Fresh;
  /** Ends what else is asked for this list. */
  readonly ending = new AbortController();

  readonly #options: InboxSyncOptions;
  readonly #leavePage: Unsubscribe;
  /** The page could be seen and everything heard since the last fetch. */
  #attentive = false;

  constructor(options: InboxSyncOptions) {
    this.#options = options;
    const { backend, clock, page, changed } = options;
    const doubted = () => {
      this.#attentive = false;
    };
    this.#leavePage = page.onHide(doubted);
    this.fresh = new Fresh({
      backend,
      clock,
      page,
      changed,
      live: true,
      doubted,
      fetch: (signal) => this.#fetch(signal),
    });
  }

  stop(): void {
    this.ending.abort();
    this.#leavePage();
    this.fresh.stop();
  }

  /** Something else that was asked of the project failed with this. */
  fail(error: OpenslotError): void {
    if (isOver(error)) this.#forget();
    this.fresh.fail(error);
  }

  async #fetch(signal: AbortSignal): Promise<{ readonly server_time: string }> {
    const { backend, page, fetched } = this.#options;
    const wasAttentive = this.#attentive;
    try {
      const answer = await backend.notifications({ before: null }, signal);
      if (signal.aborted) return answer;
      this.list = withNewest(this.list, answer.notifications, answer.unread);
      this.#attentive = this.fresh.hearsAll && !page.hidden;
      this.#follow(answer.topics);
      fetched(!wasAttentive);
      return answer;
    } catch (error) {
      if (!signal.aborted && isOver(toOpenslotError(error))) this.#forget();
      throw error;
    }
  }

  /** Nothing is left of what is no longer theirs to see. */
  #forget(): void {
    this.list = null;
    this.#follow([]);
  }

  #follow(topics: readonly string[]): void {
    this.topics = topics;
    const signal = () => this.fresh.soon();
    const joinOf =
      (topic: string): Join =>
      (live, status) =>
        live.signals(topic, { status, signal });
    this.fresh.follow(new Map(topics.slice(0, MOST_TOPICS).map((topic) => [topic, joinOf(topic)])));
  }
}

/** Who is asked doesn't know them, or not any more. */
function isOver({ code }: OpenslotError): boolean {
  return code === 'not_signed_in' || code === 'appointment_not_found';
}
