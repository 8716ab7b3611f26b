/**
 * What a site's service worker does with web push: it shows messages, opens the page that a message links to, and renews a
 * subscription that the browser replaces. It has neither token nor session, so it reports a renewed subscription to the open
 * pages, which send it to the database. Pages that are opened later compare it by themselves (push.ts).
 */
import { RENEWED } from './browser.ts';

/** The content of a push message, as JSON. */
export interface PushMessage {
  readonly title: string;
  readonly body?: string;
  /** The page that a click opens. */
  readonly url?: string;
  /** A newer message with the same tag replaces the older one. */
  readonly tag?: string;
  readonly lang?: string;
  readonly dir?: 'auto' | 'ltr' | 'rtl';
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushEvent extends ExtendableEvent {
  readonly data: { json(): unknown } | null;
}

interface ClickEvent extends ExtendableEvent {
  readonly notification: { readonly data?: unknown; close(): void };
}

interface ChangeEvent extends ExtendableEvent {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

interface WindowClient {
  readonly url: string;
  focus(): Promise<WindowClient>;
  navigate(url: string): Promise<WindowClient | null>;
  postMessage(message: unknown): void;
}

/** What is used of a `ServiceWorkerGlobalScope`. */
export interface ServiceScope {
  readonly registration: {
    readonly pushManager: Pick<PushManager, 'subscribe'>;
    showNotification(title: string, options: NotificationOptions): Promise<void>;
  };
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly WindowClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly location: { readonly href: string };
  addEventListener(type: string, listener: (event: never) => void): void;
}

/** Handles push events. To be called while the worker's script runs for the first time. */
export function servePush(scope: ServiceScope): void {
  scope.addEventListener('push', (event: PushEvent) => event.waitUntil(show(scope, messageOf(event, scope))));
  scope.addEventListener('notificationclick', (event: ClickEvent) => {
    event.notification.close();
    event.waitUntil(open(scope, urlOf(event.notification.data, scope)));
  });
  scope.addEventListener('pushsubscriptionchange', (event: ChangeEvent) => event.waitUntil(renew(scope, event)));
}

function show(scope: ServiceScope, { title, body, url, tag, lang, dir }: PushMessage): Promise<void> {
  return scope.registration.showNotification(title, {
    data: url ?? null,
    ...(body && { body }),
    ...(tag && { tag }),
    ...(lang && { lang }),
    ...(dir && { dir }),
  });
}

/** A message of the site's name alone if the data isn't one of ours: browsers require that each push shows something. */
function messageOf({ data }: PushEvent, { location }: ServiceScope): PushMessage {
  try {
    const message = data?.json() as Partial<PushMessage> | null;
    if (typeof message?.title === 'string') return message as PushMessage;
  } catch {
    // Not JSON.
  }
  return { title: new URL(location.href).host };
}

/** Null for a URL that isn't that of a web page. */
function urlOf(data: unknown, { location }: ServiceScope): string | null {
  if (typeof data !== 'string' || !URL.canParse(data, location.href)) return null;
  const url = new URL(data, location.href);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Focuses the page if a window shows it, else leads a window of the same page there, else opens a window. */
async function open({ clients }: ServiceScope, url: string | null): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = (address: string) => address.split('#', 1)[0];
  const there = windows.find((window) => window.url === url);
  const near = windows.find((window) => url === null || page(window.url) === page(url));
  if (there) await there.focus();
  else if (near) await near.focus().then((window) => (url === null ? null : lead(window, url)));
  else if (url !== null) await clients.openWindow(url);

  async function lead(window: WindowClient, to: string): Promise<unknown> {
    // Windows outside the worker's scope can't be navigated.
    return window.navigate(to).catch(() => clients.openWindow(to));
  }
}

async function renew({ registration, clients }: ServiceScope, event: ChangeEvent): Promise<void> {
  const { oldSubscription, newSubscription } = event;
  // Some browsers have subscribed anew themselves, and some don't say which subscription was replaced.
  if (!newSubscription && oldSubscription) await registration.pushManager.subscribe(oldSubscription.options);
  for (const window of await clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    window.postMessage(RENEWED);
  }
}
