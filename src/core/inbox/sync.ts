/**
 * Keeps an inbox's list equal to the database's: it fetches the newest page and follows the topics that the page names. It also
 * reports whether notifications came while the page was hidden or messages may have been lost.
 */
import { type OpenslotError, toOpenslotError } from '../errors.ts';
import type { Clock } from '../time/clock.ts';
import type { Unsubscribe } from '../realtime/types.ts';
import type { InboxBackend } from './backend.ts';
import { type InboxList, withNewest } from './list.ts';
import type { Join } from '../sync/followed-topics.ts';
import type { Page } from '../sync/page.ts';
import { type Fetched, type FetchRequest, Refresher } from '../sync/refresher.ts';

/** A connection has at most 100 channels, of which the page may need some. Checks find what further topics would have signalled. */
const MOST_TOPICS = 60;

export interface InboxSyncOptions {
  readonly backend: InboxBackend;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of the list or of the refresher's getters. */
  readonly changed: () => void;
  /** Called after every fetch. `away`: since the fetch before, the page was hidden or messages may have been lost. */
  readonly fetched: (away: boolean) => void;
}

/** Runs from its construction until `stop`, once. */
export class InboxSync {
  list: InboxList | null = null;
  topics: readonly string[] = [];
  readonly refresher: Refresher;
  /** Ends other requests for this list. */
  readonly ending = new AbortController();

  readonly #options: InboxSyncOptions;
  readonly #leavePage: Unsubscribe;
  /** Since the last fetch, the page was visible and all topics were joined. */
  #attentive = false;
  /** Id of the newest notification. */
  #latest = 0;

  constructor(options: InboxSyncOptions) {
    this.#options = options;
    const { backend, clock, page, changed } = options;
    const onPossibleLoss = () => {
      this.#attentive = false;
    };
    this.#leavePage = page.onHide(onPossibleLoss);
    this.refresher = new Refresher({
      backend,
      clock,
      page,
      changed,
      live: true,
      onPossibleLoss,
      fetch: (request) => this.#fetch(request),
    });
  }

  stop(): void {
    this.ending.abort();
    this.#leavePage();
    this.refresher.stop();
  }

  /** To be called when another request for this inbox failed. */
  fail(error: OpenslotError): void {
    if (isOver(error)) this.#forget();
    this.refresher.fail(error);
  }

  async #fetch({ signal }: FetchRequest): Promise<Fetched> {
    const { backend, page, fetched } = this.#options;
    const wasAttentive = this.#attentive;
    try {
      const answer = await backend.notifications({ before: null }, signal);
      const latest = answer.notifications[0]?.id ?? 0;
      const fetchedNow = { serverTime: answer.server_time, differs: latest !== this.#latest };
      if (signal.aborted) return fetchedNow;
      this.#latest = latest;
      this.list = withNewest(this.list, answer.notifications, answer.unread);
      this.#attentive = this.refresher.allJoined && !page.hidden;
      this.#follow(answer.topics);
      fetched(!wasAttentive);
      return fetchedNow;
    } catch (error) {
      if (!signal.aborted && isOver(toOpenslotError(error))) this.#forget();
      throw error;
    }
  }

  /** Removes what the user may not see any more. */
  #forget(): void {
    this.list = null;
    this.#follow([]);
  }

  #follow(topics: readonly string[]): void {
    this.topics = topics;
    const signal = () => this.refresher.signalArrived();
    const joinOf =
      (topic: string): Join =>
      (live, status) =>
        live.signals(topic, { status, signal });
    this.refresher.follow(new Map(topics.slice(0, MOST_TOPICS).map((topic) => [topic, joinOf(topic)])));
  }
}

/** The database doesn't know this user or token any more. */
function isOver({ code }: OpenslotError): boolean {
  return code === 'not_signed_in' || code === 'appointment_not_found';
}
