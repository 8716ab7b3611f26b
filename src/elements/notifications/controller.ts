import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { systemClock } from '../../core/time/clock.ts';
import { type OpenslotError, toOpenslotError } from '../../core/errors.ts';
import { createInbox } from '../../core/inbox/client.ts';
import type { Arrival, Inbox, InboxState } from '../../core/inbox/types.ts';
import { Push, type PushState } from '../../core/push/push.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { SupabaseClientLike } from '../../core/supabase/project.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import { findInboxFault, type InboxAttributes, tokenOf } from './attributes.ts';
import { OpenslotUnreadChangeEvent } from './events.ts';

/** One per project or client and token, so that elements of one page share it and its channels. */
const byProject = new Map<string, Inbox>();
const byClient = new WeakMap<object, Map<string | null, Inbox>>();

async function inboxFor({ client, supabaseUrl, supabaseKey }: InboxAttributes, token: string | null): Promise<Inbox> {
  if (isInbox(client)) return client;
  if (client) return inboxOver(client as SupabaseClientLike, token);
  if (token === null) {
    // Whoever signed in at a desk of this site. Only they need all of supabase-js.
    const { createSessionClient } = await import('../../core/supabase/session.ts');
    return inboxOver(createSessionClient({ supabaseUrl, supabaseKey }, systemClock), null);
  }
  const key = JSON.stringify([supabaseUrl, supabaseKey, token]);
  const inbox = byProject.get(key) ?? createInbox({ supabaseUrl, supabaseKey, token });
  byProject.set(key, inbox);
  return inbox;
}

function inboxOver(client: SupabaseClientLike, token: string | null): Inbox {
  const made = byClient.get(client) ?? new Map<string | null, Inbox>();
  byClient.set(client, made);
  const inbox = made.get(token) ?? createInbox(token === null ? { client } : { client, token });
  made.set(token, inbox);
  return inbox;
}

function isInbox(client: unknown): client is Inbox {
  return typeof client === 'object' && client !== null && 'markRead' in client;
}

export interface InboxHost extends ReactiveControllerHost, HTMLElement {
  /** Language of the texts; the worker writes web push in it. */
  readonly inboxLocale: () => string;
  readonly arrived: (arrival: Arrival) => void;
}

/**
 * Turns attributes into a live inbox with web push, updates the host after each change, and fires the events about errors
 * and about the number of unread notifications. Never throws; what is wrong is in `fault`.
 */
export class InboxController implements ReactiveController {
  inbox: Inbox | null = null;
  state: InboxState | null = null;
  fault: OpenslotError | null = null;
  /** Null means the member who is signed in; empty means that there is no inbox. */
  token: string | null = null;

  readonly #host: InboxHost;
  #push: Push | null = null;
  #attributes: InboxAttributes | null = null;
  #key: unknown[] = [];
  #leave: (() => void)[] = [];
  #toldError: string | null = null;
  #toldUnread = 0;

  constructor(host: InboxHost) {
    this.#host = host;
    host.addController(this);
  }

  get push(): PushState | null {
    return this.#push?.state ?? null;
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#update);
    this.#subscribe();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#update);
    this.#unsubscribe();
  }

  /** Takes the attributes as they now are. */
  configure(attributes: InboxAttributes): void {
    const { client, supabaseUrl, supabaseKey, pushKey, pushWorker } = attributes;
    this.#attributes = attributes;
    const token = tokenOf(attributes, location.hash);
    const fault = findInboxFault(attributes);
    const key = [client, supabaseUrl, supabaseKey, token, pushKey, pushWorker, fault?.message ?? null];
    if (key.every((part, index) => part === this.#key[index]) && this.#key.length > 0) return;
    this.#key = key;
    this.token = token;
    this.fault = fault;
    this.#forget();
    if (fault) this.#tellError(fault);
    else if (token !== '') void this.#open(attributes, token);
  }

  turnPushOn(): void {
    void this.#push?.turnOn();
  }

  turnPushOff(): void {
    void this.#push?.turnOff();
  }

  /** Tries again what has failed. */
  retry(): void {
    if (this.inbox) void this.inbox.refresh();
    else if (this.#attributes) {
      this.#key = [];
      this.configure(this.#attributes);
      this.#host.requestUpdate();
    }
  }

  async #open(attributes: InboxAttributes, token: string | null): Promise<void> {
    const key = this.#key;
    try {
      const inbox = await inboxFor(attributes, token);
      if (key !== this.#key) return;
      this.inbox = inbox;
      if (attributes.pushKey) this.#openPush(inbox, attributes, token);
      if (this.#host.isConnected) this.#subscribe();
    } catch (error) {
      if (key !== this.#key) return;
      this.fault = toOpenslotError(error);
      this.#tellError(this.fault);
    }
    this.#host.requestUpdate();
  }

  #openPush(inbox: Inbox, { pushKey, pushWorker, supabaseUrl }: InboxAttributes, token: string | null): void {
    this.#push = new Push({
      inbox,
      owner: token ?? `member ${supabaseUrl}`,
      key: pushKey,
      worker: new URL(pushWorker, document.baseURI).href,
      about: () => ({
        locale: this.#host.inboxLocale(),
        timeZone: viewerZone(),
      }),
      changed: () => this.#host.requestUpdate(),
    });
  }

  #subscribe(): void {
    const { inbox } = this;
    if (!inbox || this.#leave.length > 0) return;
    this.#leave = [
      inbox.subscribe(this.#update),
      inbox.onArrival((arrival) => this.#host.arrived(arrival)),
      // The next member who signs in must not get the notifications of the one before.
      inbox.onSignedOut(() => void this.#push?.turnOff()),
    ];
    this.#update();
  }

  #unsubscribe(): void {
    for (const leave of this.#leave.splice(0)) leave();
  }

  #forget(): void {
    this.#unsubscribe();
    this.#push?.close();
    this.#push = null;
    this.inbox = null;
    this.state = null;
    this.#toldError = null;
    this.#tellUnread(0);
  }

  readonly #update = (): void => {
    const before = this.state;
    this.state = this.inbox?.getState() ?? null;
    this.#host.requestUpdate();
    if (this.state === before) return;
    this.#tellUnread(this.state?.unread ?? 0);
    if (this.state?.error) this.#tellError(this.state.error);
    else this.#toldError = null;
    // Web push is offered only after the inbox has answered, so only to its owner.
    if (this.state?.status === 'ready' && this.#push?.state === 'unknown') void this.#push.check();
  };

  #tellUnread(unread: number): void {
    if (unread === this.#toldUnread) return;
    this.#toldUnread = unread;
    this.#host.dispatchEvent(new OpenslotUnreadChangeEvent(unread));
  }

  /** Once for as long as the same thing is wrong. */
  #tellError(error: OpenslotError): void {
    const told = JSON.stringify([error.code, error.detail]);
    if (told === this.#toldError) return;
    this.#toldError = told;
    this.#host.dispatchEvent(new OpenslotErrorEvent(error));
  }
}
