/** What web push needs of a browser, so that a test can have another one. */
import { readStored, storeText } from '../safe-storage.ts';

export interface PushBrowser {
  /** Why push can't be had: this browser has none, or only for pages that were added to the home screen. Null if it can. */
  readonly hindrance: 'unsupported' | 'install' | null;
  readonly permission: NotificationPermission;
  /** Asks the user, unless they have decided already. To be called while their click is being handled. */
  ask(): Promise<NotificationPermission>;
  /** This browser's subscription with that worker; null if there is none. */
  current(worker: string): Promise<PushSubscriptionLike | null>;
  subscribe(worker: string, key: string): Promise<PushSubscriptionLike>;
  /** Calls back when the worker reports that the browser has renewed its subscription. */
  onRenewed(listener: () => void): () => void;
  /** Stores a text under a name beyond this page; null removes it. */
  remember(name: string, text: string | null): void;
  remembered(name: string): string | null;
}

export interface PushSubscriptionLike {
  readonly endpoint: string;
  unsubscribe(): Promise<boolean>;
  toJSON(): object;
}

/** The message from the worker to the pages of its site. */
export const RENEWED = 'openslot-push-renewed';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string | URL };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/** Makes the URL of a worker a trusted one, where the page requires Trusted Types. Workers come from the page's own site only. */
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
    // Only Safari on phones and tablets has this property, and push only for pages on the home screen.
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
      // The browser refuses while there is a subscription with another key.
      const former = await registration.pushManager.getSubscription();
      if (!former) throw error;
      await former.unsubscribe();
      return registration.pushManager.subscribe(options);
    }
  },
  onRenewed(listener) {
    const onMessage = ({ data }: MessageEvent<unknown>) => data === RENEWED && listener();
    navigator.serviceWorker.addEventListener('message', onMessage);
    return () => navigator.serviceWorker.removeEventListener('message', onMessage);
  },
  remember: (name, text) => storeText('localStorage', name, text),
  remembered: (name) => readStored('localStorage', name),
};

/** Waits until the worker is active: before that it can't subscribe. */
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
