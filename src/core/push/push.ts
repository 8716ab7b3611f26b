/**
 * Web push for one inbox in this browser: whether the browser can receive it, whether it is on, and how to turn it on and off.
 * The browser has one subscription per site, for all inboxes. Which inbox has sent it to the database is stored in the browser,
 * under a digest of the inbox's owner.
 *
 * Push messages are shown by the service worker (service-worker.ts), also when no page is open.
 */
import { type OpenslotError, toOpenslotError } from '../errors.ts';
import type { Inbox } from '../inbox/types.ts';
import { browserPush, type PushBrowser, type PushSubscriptionLike } from './browser.ts';

export type PushState =
  /** Not known yet. */
  | 'unknown'
  /** This browser can't, or the page isn't in a secure context. */
  | 'unsupported'
  /** Only once the user has added the page to the home screen. */
  | 'install'
  | 'off'
  /** The browser is asking the user, or the subscription is on its way. */
  | 'asking'
  | 'on'
  /** The user refused. Only they can change that, in the browser's settings. */
  | 'denied'
  | 'failed';

export interface PushOptions {
  readonly inbox: Pick<Inbox, 'subscribeToPush' | 'unsubscribeFromPush'>;
  /** The owner of the inbox: the token, or another text that is the same each time. Only a digest of it is stored. */
  readonly owner: string;
  /** VAPID public key of the worker that sends push messages. */
  readonly key: string;
  /** URL of the service worker. */
  readonly worker: string;
  /** The language and zone in which messages are to be written. */
  readonly about: () => { readonly locale: string; readonly timeZone: string };
  readonly changed: () => void;
  readonly browser?: PushBrowser;
}

export class Push {
  state: PushState = 'unknown';
  /** Why the last try failed. */
  error: OpenslotError | null = null;

  readonly #options: PushOptions;
  readonly #browser: PushBrowser;
  #stopListening: (() => void) | null = null;
  #isOver = false;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#browser = options.browser ?? browserPush;
  }

  /** Sets `state`. Sends a subscription that the browser has renewed meanwhile to the database. Never rejects. */
  async check(): Promise<void> {
    const { hindrance } = this.#browser;
    if (hindrance) {
      this.#set(hindrance);
      return;
    }
    this.#stopListening ??= this.#isOver ? null : this.#browser.onRenewed(() => void this.check());
    if (this.#browser.permission === 'denied') {
      this.#set('denied');
      return;
    }
    await this.#attempt(async () => {
      const name = await this.#name();
      const registered = this.#browser.remembered(name);
      const subscription = registered === null ? null : await this.#browser.current(this.#options.worker);
      if (!subscription) this.#browser.remember(name, null);
      else if (subscription.endpoint !== registered) await this.#register(subscription);
      return subscription ? 'on' : 'off';
    });
  }

  /** To be called while the user's click is being handled, since the browser may have to ask them. Never rejects. */
  async turnOn(): Promise<void> {
    if (this.state === 'asking' || this.#browser.hindrance) return;
    this.#set('asking');
    await this.#attempt(async () => {
      const permission = await this.#browser.ask();
      if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
      await this.#register(await this.#browser.subscribe(this.#options.worker, this.#options.key));
      return 'on';
    });
  }

  /** Ends push for this browser, for all inboxes. Never rejects. */
  async turnOff(): Promise<void> {
    if (this.#browser.hindrance) return;
    await this.#attempt(async () => {
      const name = await this.#name();
      const subscription = await this.#browser.current(this.#options.worker);
      const endpoint = subscription?.endpoint ?? this.#browser.remembered(name);
      // The browser first: then no message arrives, even if the request to the database fails.
      await subscription?.unsubscribe();
      this.#browser.remember(name, null);
      if (endpoint) await this.#options.inbox.unsubscribeFromPush(endpoint).catch(() => undefined);
      return this.#browser.permission === 'denied' ? 'denied' : 'off';
    });
  }

  close(): void {
    this.#isOver = true;
    this.#stopListening?.();
    this.#stopListening = null;
  }

  async #register(subscription: PushSubscriptionLike): Promise<void> {
    await this.#options.inbox.subscribeToPush(subscription.toJSON(), this.#options.about());
    this.#browser.remember(await this.#name(), subscription.endpoint);
  }

  async #attempt(work: () => Promise<PushState>): Promise<void> {
    try {
      const state = await work();
      this.error = null;
      this.#set(state);
    } catch (error) {
      this.error = toOpenslotError(error);
      this.#set('failed');
    }
  }

  #set(state: PushState): void {
    if (this.#isOver) return;
    this.state = state;
    this.#options.changed();
  }

  /** The name under which the subscription is stored. A reader of the storage can't get the token from it. */
  async #name(): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(this.#options.owner));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
    return `openslot-push:${hex.join('').slice(0, 32)}`;
  }
}
