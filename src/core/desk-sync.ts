/**
 * Keeps one provider's agenda equal to the database's: fetched whole, at every signal that something changed and whenever
 * anything gives reason to doubt. Few people work at a desk, so what counts is to be right, not to send little; patients'
 * widgets, of which there are thousands, apply changes instead (`sync.ts`).
 */
import type { LiveConnection, Unsubscribe } from './backend.ts';
import type { Clock } from './clock.ts';
import type { DayRange } from './desk-state.ts';
import { Fresh } from './fresh.ts';
import type { Page } from './page.ts';
import { UNKNOWN_VIEWERS, type Viewers, watchViewers } from './presence.ts';
import type { StaffBackend } from './staff-backend.ts';
import type { Agenda, HoursResult, News } from './staff-types.ts';

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
  readonly fresh: Fresh;

  readonly #options: DeskSyncOptions;
  readonly #live: LiveConnection;
  readonly #leaveViewers: Unsubscribe;
  readonly #agendas = new Map<string, Agenda>();
  #range: DayRange;
  /** What signals told since the last fetch; null when that is nothing, and whoever fetches has another reason. */
  #told: Wants | null = null;

  constructor(options: DeskSyncOptions) {
    const { backend, clock, page, providerId, range, changed } = options;
    this.#options = options;
    this.#range = range;
    this.fresh = new Fresh({
      backend,
      clock,
      page,
      changed,
      live: true,
      fetch: (signal) => this.#fetch(signal),
      doubted: () => {
        this.#told = ALL;
      },
    });
    this.fresh.follow(
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
    return this.#options.clock.now() + this.fresh.serverClock.offset;
  }

  show(range: DayRange): void {
    if (keyOf(range) === keyOf(this.#range)) return;
    this.#range = range;
    this.#options.changed();
    void this.fresh.refetch();
  }

  stop(): void {
    this.#leaveViewers();
    this.#live.close();
    this.fresh.stop();
  }

  async #fetch(signal: AbortSignal): Promise<{ readonly server_time: string }> {
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
      if (signal.aborted) return agenda;
      this.#remember(range, agenda);
      if (news) this.news = news.notifications.filter((entry) => entry.provider_id === provider);
      if (hours) this.hours = hours;
      this.succeeded = number;
      return agenda;
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
    this.fresh.soon();
  }
}

function keyOf({ from, to }: DayRange): string {
  return `${from}/${to}`;
}
