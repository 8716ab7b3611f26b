/**
 * Web push for one inbox in this browser: whether it can be, whether it is, and how to turn it on and off. The browser's
 * subscription is the site's, of which an inbox only knows whether it has been told to the database; that is remembered
 * here, under a digest of whose inbox it is.
 *
 * Does not: show anything. That is for the worker (push-service.ts), also when no page is open.
 */
import { isOpenslotError, OpenslotError } from '../errors.ts';
import type { Inbox } from '../inbox/types.ts';
import { browserPush, type PushBrowser, type PushSubscriptionLike } from './browser.ts';

export type PushState =
  /** Not known yet. */
  | 'unknown'
  /** This browser can't, or the page isn't in a secure context. */
  | 'unsupported'
  /** Only once the page was put on the home screen. */
  | 'install'
  | 'off'
  /** The browser asks the person, or the subscription is on its way. */
  | 'asking'
  | 'on'
  /** The person said no; only they can change that, in the browser's settings. */
  | 'denied'
  | 'failed';

export interface PushOptions {
  readonly inbox: Pick<Inbox, 'subscribeToPush' | 'unsubscribeFromPush'>;
  /** Whose inbox it is: the token, or anything that is the same each time. Not kept as it is. */
  readonly owner: string;
  /** VAPID public key of the worker that sends. */
  readonly key: string;
  /** URL of the service worker. */
  readonly worker: string;
  /** In which language and zone messages are to be written. */
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

  /** Finds out how things stand. A subscription that the browser has renewed meanwhile is told. Never rejects. */
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
      const told = this.#browser.remembered(name);
      const subscription = told === null ? null : await this.#browser.current(this.#options.worker);
      if (!subscription) this.#browser.remember(name, null);
      else if (subscription.endpoint !== told) await this.#tell(subscription);
      return subscription ? 'on' : 'off';
    });
  }

  /** To be called within what the person did, as the browser may have to ask them. Never rejects. */
  async turnOn(): Promise<void> {
    if (this.state === 'asking' || this.#browser.hindrance) return;
    this.#set('asking');
    await this.#attempt(async () => {
      const permission = await this.#browser.ask();
      if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
      await this.#tell(await this.#browser.subscribe(this.#options.worker, this.#options.key));
      return 'on';
    });
  }

  /** Ends it for this browser, whoever it was for. Never rejects. */
  async turnOff(): Promise<void> {
    if (this.#browser.hindrance) return;
    await this.#attempt(async () => {
      const name = await this.#name();
      const subscription = await this.#browser.current(this.#options.worker);
      const endpoint = subscription?.endpoint ?? this.#browser.remembered(name);
      // Ended in the browser first: then nothing arrives, even if the database can't be told.
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

  async #tell(subscription: PushSubscriptionLike): Promise<void> {
    await this.#options.inbox.subscribeToPush(subscription.toJSON(), this.#options.about());
    this.#browser.remember(await this.#name(), subscription.endpoint);
  }

  async #attempt(work: () => Promise<PushState>): Promise<void> {
    try {
      const state = await work();
      this.error = null;
      this.#set(state);
    } catch (error) {
      this.error = isOpenslotError(error) ? error : new OpenslotError('unknown', undefined, { cause: error });
      this.#set('failed');
    }
  }

  #set(state: PushState): void {
    if (this.#isOver) return;
    this.state = state;
    this.#options.changed();
  }

  /** What it is remembered under. Whoever reads it can't do anything with it. */
  async #name(): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(this.#options.owner));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
    return `openslot-push:${hex.join('').slice(0, 32)}`;
  }
}
