import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { systemClock } from '../../core/time/clock.ts';
import { type OpenslotError, toOpenslotError } from '../../core/errors.ts';
import { createInbox } from '../../core/inbox/client.ts';
import type { Arrival, Inbox, InboxState } from '../../core/inbox/types.ts';
import { Push, type PushState } from '../../core/push/push.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { ProjectOptions, SupabaseClientLike } from '../../core/supabase/project.ts';
import { ClientCache } from '../shared/client-cache.ts';
import { ErrorReporter } from '../shared/error-reporter.ts';
import { type StateSource, StoreController } from '../shared/store-controller.ts';
import { findInboxFault, type InboxAttributes, tokenOf } from './attributes.ts';
import { OpenslotUnreadChangeEvent } from './events.ts';

const inboxes = new ClientCache<Inbox>();

async function inboxFor(owner: InboxAttributes, token: string | null): Promise<Inbox> {
  const { client, supabaseUrl, supabaseKey } = owner;
  if (isInbox(client)) return client;
  if (token === null) return inboxOfMember((client as SupabaseClientLike | null) ?? (await sessionClientOf(owner)));
  const project = client ? { client: client as SupabaseClientLike } : { supabaseUrl, supabaseKey };
  return inboxes.get(owner, () => createInbox({ ...project, token }), token);
}

/** The client that a desk of this site signed a member in with. It needs all of supabase-js, which patients never load. */
async function sessionClientOf(project: ProjectOptions): Promise<SupabaseClientLike> {
  const { createSessionClient } = await import('../../core/supabase/session.ts');
  return createSessionClient(project, systemClock);
}

function inboxOfMember(client: SupabaseClientLike): Inbox {
  return inboxes.get({ client, supabaseUrl: '', supabaseKey: '' }, () => createInbox({ client }));
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
  fault: OpenslotError | null = null;
  /** Null means the member who is signed in; empty means that there is no inbox. */
  token: string | null = null;

  readonly #host: InboxHost;
  #push: Push | null = null;
  #attributes: InboxAttributes | null = null;
  #key: unknown[] = [];
  readonly #store: StoreController<InboxState>;
  readonly #errors: ErrorReporter;
  #reportedUnread = 0;

  constructor(host: InboxHost) {
    this.#host = host;
    host.addController(this);
    this.#errors = new ErrorReporter(host);
    this.#store = new StoreController<InboxState>(host, (state) => this.#changed(state));
  }

  get state(): InboxState | null {
    return this.#store.state;
  }

  get push(): PushState | null {
    return this.#push?.state ?? null;
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#update);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#update);
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
    if (fault) this.#errors.report(fault);
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
      this.#store.follow(this.#sourceOf(inbox));
    } catch (error) {
      if (key !== this.#key) return;
      this.fault = toOpenslotError(error);
      this.#errors.report(this.fault);
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

  // The next member who signs in must not get the notifications of the one before.
  #sourceOf(inbox: Inbox): StateSource<InboxState> {
    return {
      getState: () => inbox.getState(),
      subscribe: (listener) => {
        const leaves = [
          inbox.subscribe(listener),
          inbox.onArrival((arrival) => this.#host.arrived(arrival)),
          inbox.onSignedOut(() => void this.#push?.turnOff()),
        ];
        return () => leaves.forEach((leave) => leave());
      },
    };
  }

  #forget(): void {
    this.#store.follow(null);
    this.#push?.close();
    this.#push = null;
    this.inbox = null;
    this.#errors.report(null);
    this.#reportUnread(0);
  }

  // Web push is offered only after the inbox has answered, so only to its owner.
  readonly #update = (): void => this.#host.requestUpdate();

  #changed(state: InboxState): void {
    this.#reportUnread(state.unread);
    this.#errors.report(state.error);
    // Push is offered only to those whose inbox it is.
    if (state.status === 'ready' && this.#push?.state === 'unknown') void this.#push.check();
  }

  #reportUnread(unread: number): void {
    if (unread === this.#reportedUnread) return;
    this.#reportedUnread = unread;
    this.#host.dispatchEvent(new OpenslotUnreadChangeEvent(unread));
  }
}
