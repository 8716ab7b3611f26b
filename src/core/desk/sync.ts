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

export interface DeskSyncOptions {
  readonly backend: StaffBackend;
  /** Id, as in the names of topics. */
  readonly providerId: string;
  readonly clock: Clock;
  readonly page: Page;
  readonly range: DayRange;
  readonly changed: () => void;
}

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
  /** Whether a signal since the last fetch was about news; null without a signal: then the next fetch includes them. */
  #newsSignalled: boolean | null = null;
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
        this.#newsSignalled = null;
      },
    });
    this.refresher.follow(
      new Map([
        [
          'slots',
          (live, status) =>
            live.slots(providerId, {
              status,
              change: () => this.#signal(false),
            }),
        ],
        [
          'desk',
          (live, status) =>
            live.signals(`openslot:desk:${providerId}`, {
              status,
              signal: () => this.#signal(true),
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
    const wantsNews = this.#newsSignalled ?? true;
    this.#newsSignalled = null;
    const number = ++this.begun;
    try {
      const fetchHours = () => backend.hours({ provider }, signal);
      const [agenda, news, first] = await Promise.all([
        backend.agenda({ provider, from_date: range.from, to_date: range.to }, signal),
        wantsNews ? backend.news(signal) : null,
        this.hours ? null : fetchHours(),
      ]);
      // The agenda names the version of the hours, so they are fetched only after an edit.
      const known = first ?? this.hours;
      const hours = known?.version === agenda.provider.hours_version ? known : await fetchHours();
      const { server_time: serverTime, revision } = agenda;
      const latest = news?.notifications[0]?.id ?? this.#latestNews;
      const differs = revision !== this.#revision || latest !== this.#latestNews;
      if (signal.aborted) return { serverTime, differs };
      this.#revision = revision;
      this.#latestNews = latest;
      this.#remember(range, agenda);
      if (news) this.news = news.notifications.filter((entry) => entry.provider_id === provider);
      this.hours = hours;
      this.succeeded = number;
      return { serverTime, differs };
    } catch (error) {
      this.#newsSignalled = true;
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

  #signal(news: boolean): void {
    this.#newsSignalled = news || (this.#newsSignalled ?? false);
    this.refresher.signalArrived();
  }
}

function keyOf({ from, to }: DayRange): string {
  return `${from}/${to}`;
}
