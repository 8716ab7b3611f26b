/**
 * Keeps one provider's agenda equal to the database's: fetched whole, after every signal and whenever signals may have been
 * missed. Few people work at a desk, so what counts is to be right, not to send little; patients' widgets, of which there
 * are thousands, apply changes instead (`sync.ts`).
 */
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Clock } from '../time/clock.ts';
import type { DayRange } from './state.ts';
import type { Page } from '../sync/page.ts';
import { UNKNOWN_VIEWERS, type Viewers, watchViewers } from '../realtime/viewers.ts';
import { type Fetched, type FetchRequest, Refresher } from '../sync/refresher.ts';
import type { StaffBackend } from './backend.ts';
import type { Agenda, HoursResult, News } from './types.ts';

/** Weeks that are remembered, to be there at once when somebody pages back. */
const MAX_AGENDAS = 8;
/** More slots at once than a booking or a blocked hour changes: somebody edited the hours. */
const MANY_SLOTS = 8;

export interface DeskSyncOptions {
  readonly backend: StaffBackend;
  /** Id, as in the names of topics. */
  readonly providerId: string;
  readonly clock: Clock;
  readonly page: Page;
  readonly range: DayRange;
  readonly changed: () => void;
}

/** What may have changed beside the agenda. */
interface Wants {
  readonly news: boolean;
  readonly hours: boolean;
}

const ALL: Wants = { news: true, hours: true };

/** Runs from its construction until `stop`, once. */
export class DeskSync {
  hours: HoursResult | null = null;
  news: readonly News[] = [];
  viewers: Viewers = UNKNOWN_VIEWERS;
  /** Counts fetches of the agenda that were begun, and names the latest one that succeeded. */
  begun = 0;
  succeeded = 0;
  readonly refresher: Refresher;

  readonly #options: DeskSyncOptions;
  readonly #live: LiveConnection;
  readonly #leaveViewers: Unsubscribe;
  readonly #agendas = new Map<string, Agenda>();
  #range: DayRange;
  /** What signals have asked for since the last fetch; null if there was none, so that a fetch has another reason. */
  #told: Wants | null = null;
  /** Of the latest fetch: the provider's revision, and the newest notification of all providers. */
  #revision = 0;
  #latestNews = 0;

  constructor(options: DeskSyncOptions) {
    const { backend, clock, page, providerId, range, changed } = options;
    this.#options = options;
    this.#range = range;
    this.refresher = new Refresher({
      backend,
      clock,
      page,
      changed,
      live: true,
      fetch: (request) => this.#fetch(request),
      onPossibleLoss: () => {
        this.#told = ALL;
      },
    });
    this.refresher.follow(
      new Map([
        [
          'slots',
          (live, status) =>
            live.slots(providerId, {
              status,
              change: ({ slots, reload }) => {
                const edited =
                  reload === true || slots.length > MANY_SLOTS || slots.some((slot) => slot.status === 'removed');
                this.#signal({ news: false, hours: edited });
              },
            }),
        ],
        [
          'desk',
          (live, status) =>
            live.signals(`openslot:desk:${providerId}`, {
              status,
              signal: () => this.#signal({ news: true, hours: false }),
            }),
        ],
      ]),
    );
    this.#live = backend.connect();
    this.#leaveViewers = watchViewers(
      clock,
      page,
      this.#live,
      providerId,
      (viewers) => {
        this.viewers = viewers;
        changed();
      },
      { counted: false },
    );
  }

  get range(): DayRange {
    return this.#range;
  }

  /** Of the days shown; null while nothing is known of them. */
  get agenda(): Agenda | null {
    return this.#agendas.get(keyOf(this.#range)) ?? null;
  }

  /** Whichever is known, of whatever days. */
  get anyAgenda(): Agenda | null {
    return this.agenda ?? [...this.#agendas.values()].at(-1) ?? null;
  }

  /** Epoch ms by the server's clock. */
  get serverNow(): number {
    return this.#options.clock.now() + this.refresher.serverClock.offset;
  }

  show(range: DayRange): void {
    if (keyOf(range) === keyOf(this.#range)) return;
    this.#range = range;
    this.#options.changed();
    void this.refresher.refetch();
  }

  stop(): void {
    this.#leaveViewers();
    this.#live.close();
    this.refresher.stop();
  }

  async #fetch({ signal }: FetchRequest): Promise<Fetched> {
    const { backend, providerId: provider } = this.#options;
    const range = this.#range;
    const wants = this.#told ?? ALL;
    this.#told = null;
    const number = ++this.begun;
    try {
      const [agenda, news, hours] = await Promise.all([
        backend.agenda({ provider, from_date: range.from, to_date: range.to }, signal),
        wants.news ? backend.news(signal) : null,
        wants.hours ? backend.hours({ provider }, signal) : null,
      ]);
      const { server_time: serverTime, revision } = agenda;
      const latest = news?.notifications[0]?.id ?? this.#latestNews;
      const differs = revision !== this.#revision || latest !== this.#latestNews;
      if (signal.aborted) return { serverTime, differs };
      this.#revision = revision;
      this.#latestNews = latest;
      this.#remember(range, agenda);
      if (news) this.news = news.notifications.filter((entry) => entry.provider_id === provider);
      if (hours) this.hours = hours;
      this.succeeded = number;
      return { serverTime, differs };
    } catch (error) {
      this.#told = ALL;
      throw error;
    }
  }

  #remember(range: DayRange, agenda: Agenda): void {
    const key = keyOf(range);
    this.#agendas.delete(key);
    this.#agendas.set(key, agenda);
    for (const old of this.#agendas.keys()) {
      if (this.#agendas.size <= MAX_AGENDAS) break;
      if (old !== keyOf(this.#range)) this.#agendas.delete(old);
    }
  }

  #signal({ news, hours }: Wants): void {
    const { news: newsToo, hours: hoursToo } = this.#told ?? { news: false, hours: false };
    this.#told = { news: news || newsToo, hours: hours || hoursToo };
    this.refresher.signalled();
  }
}

function keyOf({ from, to }: DayRange): string {
  return `${from}/${to}`;
}
