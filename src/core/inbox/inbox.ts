/**
 * An inbox: its list, which the sync keeps fresh, and what is being marked as read, composed into one frozen state. It also
 * finds the notifications that are new, and calls listeners for them in one tab of the browser. It runs while it has subscribers.
 */
import { retry } from '../sync/retry.ts';
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
  /** Owner: a user's id or a token; null when signed out; undefined until Auth has answered. */
  #user: string | null | undefined;
  /** Notifications up to this id aren't new any more; null until the first list. */
  #announcedUpTo: number | null = null;
  /** The new notifications came while the page was hidden or messages may have been lost. */
  #away = false;
  /** Up to this id, the database has marked all as read. */
  #read = 0;
  /** Up to this id, a request to mark all as read is on its way. */
  #reading = 0;
  #older: 'idle' | 'loading' | 'failed' = 'idle';

  constructor(context: InboxContext) {
    this.#context = context;
    this.#store = new Store({
      clock: context.clock,
      compose: () => this.#compose(),
      start: () => {
        this.#leaveUser = context.backend.onUser((user) => this.#setUser(user));
      },
      stop: () => this.#reset(),
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
      await retry(clock, PATIENCE_MS, () => backend.read({ up_to: newest }));
      if (sync !== this.#sync) return;
      this.#read = Math.max(this.#read, newest);
      this.#tabs?.send({ read: true });
    } catch (error) {
      if (sync !== this.#sync) return;
      // A later request would include these as well.
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

  /** Starts anew for another user, who must not see anything of the former one. For the same user, refetches. */
  #setUser(user: string | null): void {
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
        this.#announceNew();
      },
    });
    this.#sync = sync;
  }

  #stop(): void {
    this.#sync?.stop();
    this.#sync = null;
    this.#tabs?.close();
    this.#tabs = null;
    this.#announcedUpTo = null;
    this.#away = false;
    this.#read = this.#reading = 0;
    this.#older = 'idle';
  }

  #reset(): void {
    this.#leaveUser?.();
    this.#leaveUser = null;
    this.#user = undefined;
    this.#stop();
  }

  /** Calls the listeners for new notifications, if this is the tab that announces. */
  #announceNew(): void {
    const { list, topics = [] } = this.#sync ?? {};
    if (!list) return;
    this.#tabs ??= topics.length > 0 ? this.#openTabs(topics) : null;
    const newest = list.notifications[0]?.id ?? 0;
    const before = this.#announcedUpTo ?? newest;
    const added = list.notifications.filter((notification) => notification.id > before && this.#isNew(notification));
    if (added.length > 0 && !this.#tabs?.announces) return;
    const arrival = Object.freeze({ notifications: added.reverse(), away: this.#away });
    this.#away = false;
    this.#setAnnounced(newest);
    if (added.length === 0) return;
    this.#tabs?.send({ announced: newest });
    for (const listener of this.#arrivalListeners) queueMicrotask(() => listener(arrival));
  }

  #isNew({ id, read, by }: InboxNotification): boolean {
    // A patient needs no notice of their own change. A member does: a colleague may have made it.
    const isOwn = this.#context.backend.audience === 'patient' && by === 'patient';
    return !read && !isOwn && id > this.#reading;
  }

  #setAnnounced(id: number): void {
    this.#announcedUpTo = Math.max(this.#announcedUpTo ?? 0, id);
  }

  #openTabs(topics: readonly string[]): Tabs {
    return this.#context.tabs(`openslot-inbox:${topics.join()}`, this.#context.page, {
      onMessage: (message) => {
        if ('announced' in message) this.#setAnnounced(message.announced);
        else void this.#sync?.refresher.refetch();
      },
      onTurn: () => this.#announceNew(),
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
