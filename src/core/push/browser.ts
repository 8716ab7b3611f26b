/** What web push needs of a browser, so that a test can have another one. */
import { readStored, storeText } from '../safe-storage.ts';

export interface PushBrowser {
  /** What stands in the way: it can't at all, or only once the page was put on the home screen. */
  readonly hindrance: 'unsupported' | 'install' | null;
  readonly permission: NotificationPermission;
  /** Asks the person, if they haven't decided yet. To be called within what they did. */
  ask(): Promise<NotificationPermission>;
  /** What this browser has subscribed to with that worker; null if nothing. */
  current(worker: string): Promise<PushSubscriptionLike | null>;
  subscribe(worker: string, key: string): Promise<PushSubscriptionLike>;
  /** The worker says that the subscription is another one from now on. */
  onRenewed(listener: () => void): () => void;
  /** Remembers, beyond this page, a text by a name; null forgets it. */
  remember(name: string, text: string | null): void;
  remembered(name: string): string | null;
}

export interface PushSubscriptionLike {
  readonly endpoint: string;
  unsubscribe(): Promise<boolean>;
  toJSON(): object;
}

/** What the worker tells the pages of its site. */
export const RENEWED = 'openslot-push-renewed';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string | URL };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/** Where a page requires Trusted Types, the URL of a worker is one. Workers only ever come from the page's own site. */
function trusted(worker: string): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return worker;
  policy ??= trustedTypes.createPolicy('openslot', {
    createScriptURL(url) {
      if (new URL(url, document.baseURI).origin !== location.origin) throw new TypeError('A worker of another site.');
      return url;
    },
  });
  return policy.createScriptURL(worker);
}

export const browserPush: PushBrowser = {
  get hindrance() {
    const can = isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
    if (can) return null;
    // Only Safari on phones and tablets knows this, and has no push outside of the home screen.
    return 'standalone' in navigator && !navigator.standalone ? 'install' : 'unsupported';
  },
  get permission() {
    return Notification.permission;
  },
  ask: () => Notification.requestPermission(),
  async current(worker) {
    const registration = await navigator.serviceWorker.getRegistration(worker);
    return (await registration?.pushManager.getSubscription()) ?? null;
  },
  async subscribe(worker, key) {
    const registration = await navigator.serviceWorker.register(trusted(worker), { updateViaCache: 'none' });
    await activation(registration);
    const options = { userVisibleOnly: true, applicationServerKey: key };
    try {
      return await registration.pushManager.subscribe(options);
    } catch (error) {
      // One with another key is in the way.
      const former = await registration.pushManager.getSubscription();
      if (!former) throw error;
      await former.unsubscribe();
      return registration.pushManager.subscribe(options);
    }
  },
  onRenewed(listener) {
    const heard = ({ data }: MessageEvent<unknown>) => data === RENEWED && listener();
    navigator.serviceWorker.addEventListener('message', heard);
    return () => navigator.serviceWorker.removeEventListener('message', heard);
  },
  remember: (name, text) => storeText('localStorage', name, text),
  remembered: (name) => readStored('localStorage', name),
};

/** A worker that is still being installed can't subscribe yet. */
function activation({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting;
  if (active || !coming) return Promise.resolve();
  return new Promise((resolve, reject) => {
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve();
      if (coming.state === 'redundant') reject(new Error('The service worker could not be installed.'));
    });
  });
}
