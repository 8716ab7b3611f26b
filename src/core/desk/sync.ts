/**
 * Keeps one provider's agenda equal to the database's: it fetches the whole agenda after every signal, and whenever signals may
 * have been lost. Few people work at a desk, so it needn't save traffic. Patients' widgets, of which there are thousands, apply
 * changes instead (`calendar/sync.ts`).
 */
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Clock } from '../time/clock.ts';
import type { DayRange } from './state.ts';
import type { Page } from '../sync/page.ts';
import { UNKNOWN_VIEWERS, type Viewers, watchViewers } from '../realtime/viewers.ts';
import { type Fetched, type FetchRequest, Refresher } from '../sync/refresher.ts';
import type { StaffBackend } from './backend.ts';
import type { Agenda, HoursResult, News } from './types.ts';

/** How many weeks are kept, to be there at once when staff page back to them. */
const MAX_AGENDAS = 8;
/** A change of more slots than a booking or a blocked hour has: the hours were edited. */
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
  /** How many fetches of the agenda have begun, and the number of the latest one that succeeded. */
  begun = 0;
  succeeded = 0;
  readonly refresher: Refresher;

  readonly #options: DeskSyncOptions;
  readonly #live: LiveConnection;
  readonly #leaveViewers: Unsubscribe;
  readonly #agendas = new Map<string, Agenda>();
  #range: DayRange;
  /** What the signals since the last fetch may have changed; null without one: then the next fetch includes everything. */
  #signalled: Wants | null = null;
  /** The provider's revision, and the newest notification of all providers, by the latest fetch. */
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
        this.#signalled = ALL;
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

  /** Of the shown days; null until they are loaded. */
  get agenda(): Agenda | null {
    return this.#agendas.get(keyOf(this.#range)) ?? null;
  }

  /** Of the shown days, or of the latest other days that were loaded. */
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
    const wants = this.#signalled ?? ALL;
    this.#signalled = null;
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
      this.#signalled = ALL;
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
    const { news: newsToo, hours: hoursToo } = this.#signalled ?? { news: false, hours: false };
    this.#signalled = { news: news || newsToo, hours: hours || hoursToo };
    this.refresher.signalArrived();
  }
}

function keyOf({ from, to }: DayRange): string {
  return `${from}/${to}`;
}
