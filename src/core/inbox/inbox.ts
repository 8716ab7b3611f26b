/**
 * An inbox: the list (inbox-list), kept fresh (inbox-sync), what is being marked as read, and what of it is news, put
 * together into one frozen state. Works while somebody subscribes.
 */
import { askAgain } from '../sync/retry.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { OpenslotError, toOpenslotError } from '../errors.ts';
import type { InboxBackend } from './backend.ts';
import { readUpTo, withOlder } from './list.ts';
import type { Arrival, Inbox, InboxNotification, InboxState } from './types.ts';
import { InboxSync } from './sync.ts';
import type { OpenTabs, Tabs } from './tabs.ts';
import type { Page } from '../sync/page.ts';
import { Store } from '../sync/store.ts';

const PATIENCE_MS = 45_000;

const NOTHING: readonly InboxNotification[] = [];

export interface InboxContext {
  readonly backend: InboxBackend;
  readonly clock: Clock;
  readonly page: Page;
  readonly tabs: OpenTabs;
}

export class LiveInbox implements Inbox {
  readonly #context: InboxContext;
  readonly #store: Store<InboxState>;
  readonly #arrivalListeners = new Set<(arrival: Arrival) => void>();
  readonly #signedOutListeners = new Set<() => void>();
  #sync: InboxSync | null = null;
  #tabs: Tabs | null = null;
  #leaveUser: Cancel | null = null;
  /** Whose it is; undefined until that is known. */
  #user: string | null | undefined;
  /** All up to this id are news no more; null until the first list. */
  #known: number | null = null;
  /** What is news came while nobody looked. */
  #away = false;
  /** All up to this id were read: the database's word, ... */
  #read = 0;
  /** ... and what it has yet to confirm. */
  #reading = 0;
  #older: 'idle' | 'loading' | 'failed' = 'idle';

  constructor(context: InboxContext) {
    this.#context = context;
    this.#store = new Store({
      clock: context.clock,
      compose: () => this.#compose(),
      start: () => {
        this.#leaveUser = context.backend.onUser((user) => this.#meet(user));
      },
      stop: () => this.#leave(),
    });
  }

  getState(): InboxState {
    return this.#store.getState();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  onArrival(listener: (arrival: Arrival) => void): () => void {
    this.#arrivalListeners.add(listener);
    return () => this.#arrivalListeners.delete(listener);
  }

  onSignedOut(listener: () => void): () => void {
    this.#signedOutListeners.add(listener);
    return () => this.#signedOutListeners.delete(listener);
  }

  async markRead(): Promise<void> {
    const { backend, clock } = this.#context;
    const sync = this.#sync;
    const newest = sync?.list?.notifications[0]?.id ?? 0;
    if (!sync || this.getState().unread === 0 || newest <= this.#reading) return;
    this.#reading = newest;
    this.#store.changed();
    try {
      await askAgain(clock, PATIENCE_MS, () => backend.read({ up_to: newest }));
      if (sync !== this.#sync) return;
      this.#read = Math.max(this.#read, newest);
      this.#tabs?.send({ read: true });
    } catch (error) {
      if (sync !== this.#sync) return;
      // Unless something newer is being read, which would be all of this, too.
      if (this.#reading === newest) this.#reading = 0;
      sync.fail(toOpenslotError(error));
    }
    this.#store.changed();
  }

  async loadOlder(): Promise<void> {
    const sync = this.#sync;
    const last = sync?.list?.notifications.at(-1);
    if (!sync || !last || this.#older === 'loading') return;
    this.#older = 'loading';
    this.#store.changed();
    try {
      const { notifications } = await this.#context.backend.notifications({ before: last.id }, sync.ending.signal);
      if (sync !== this.#sync) return;
      sync.list = sync.list && withOlder(sync.list, notifications);
      this.#older = 'idle';
    } catch {
      if (sync !== this.#sync) return;
      this.#older = 'failed';
    }
    this.#store.changed();
  }

  async refresh(): Promise<void> {
    await this.#sync?.refresher.refresh();
  }

  subscribeToPush(subscription: object, { locale, timeZone }: { locale: string; timeZone: string }): Promise<void> {
    return this.#context.backend.pushSubscribe({ subscription, locale, time_zone: timeZone });
  }

  unsubscribeFromPush(endpoint: string): Promise<void> {
    return this.#context.backend.pushUnsubscribe({ endpoint });
  }

  /** Takes the one who is signed in: another one sees nothing of what was there. */
  #meet(user: string | null): void {
    if (user === this.#user) {
      void this.#sync?.refresher.refetch();
      return;
    }
    const former = this.#user;
    this.#user = user;
    this.#stop();
    if (user === null) {
      if (former) for (const listener of this.#signedOutListeners) listener();
    } else {
      this.#start();
    }
    this.#store.changed();
  }

  #start(): void {
    const { backend, clock, page } = this.#context;
    const sync = new InboxSync({
      backend,
      clock,
      page,
      changed: () => this.#store.changed(),
      fetched: (away) => {
        this.#away ||= away;
        this.#look();
      },
    });
    this.#sync = sync;
  }

  #stop(): void {
    this.#sync?.stop();
    this.#sync = null;
    this.#tabs?.close();
    this.#tabs = null;
    this.#known = null;
    this.#away = false;
    this.#read = this.#reading = 0;
    this.#older = 'idle';
  }

  #leave(): void {
    this.#leaveUser?.();
    this.#leaveUser = null;
    this.#user = undefined;
    this.#stop();
  }

  /** Finds out what is news, and tells it if that is for this tab to do. */
  #look(): void {
    const { list, topics = [] } = this.#sync ?? {};
    if (!list) return;
    this.#tabs ??= topics.length > 0 ? this.#openTabs(topics) : null;
    const newest = list.notifications[0]?.id ?? 0;
    const known = this.#known ?? newest;
    const news = list.notifications.filter((notification) => notification.id > known && this.#isNews(notification));
    if (news.length > 0 && !this.#tabs?.speaks) return;
    const arrival = Object.freeze({ notifications: news.reverse(), away: this.#away });
    this.#away = false;
    this.#know(newest);
    if (news.length === 0) return;
    this.#tabs?.send({ told: newest });
    for (const listener of this.#arrivalListeners) queueMicrotask(() => listener(arrival));
  }

  #isNews({ id, read, by }: InboxNotification): boolean {
    // Patients know what they did; of a clinic's members only one does.
    const isOwn = this.#context.backend.audience === 'patient' && by === 'patient';
    return !read && !isOwn && id > this.#reading;
  }

  #know(id: number): void {
    this.#known = Math.max(this.#known ?? 0, id);
  }

  #openTabs(topics: readonly string[]): Tabs {
    return this.#context.tabs(`openslot-inbox:${topics.join()}`, this.#context.page, {
      heard: (message) => {
        if ('told' in message) this.#know(message.told);
        else void this.#sync?.refresher.refetch();
      },
      turned: () => this.#look(),
    });
  }

  #compose(): InboxState {
    const sync = this.#sync;
    const list = sync?.list ? readUpTo(sync.list, Math.max(this.#read, this.#reading)) : null;
    const error = this.#user === null ? new OpenslotError('not_signed_in') : (sync?.refresher.error ?? null);
    const older = this.#older === 'idle' ? (list?.hasOlder ? 'more' : 'none') : this.#older;
    return {
      status: list ? 'ready' : error ? 'error' : 'loading',
      error,
      connection: sync?.refresher.connection ?? (this.#user === null ? 'offline' : 'connecting'),
      notifications: list?.notifications ?? NOTHING,
      unread: list?.unread ?? 0,
      older: list ? older : 'none',
      clockOffset: sync?.refresher.serverClock.offset ?? 0,
    };
  }
}
