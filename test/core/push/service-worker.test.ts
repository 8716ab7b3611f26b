import { expect } from '@open-wc/testing';
import { RENEWED } from '../../../src/core/push/browser.ts';
import { servePush, type ServiceScope } from '../../../src/core/push/service-worker.ts';

const SITE = 'https://clinic.example/openslot/openslot-push.js';
const PAGE = 'https://clinic.example/book';

/** A page that is open, and what was done to it. */
class FakeWindow {
  url: string;
  readonly done: string[] = [];
  /** It isn't within the worker's scope. */
  isBeyond = false;

  constructor(url: string) {
    this.url = url;
  }

  focus() {
    this.done.push('focus');
    return Promise.resolve(this);
  }

  navigate(url: string): Promise<null> {
    if (this.isBeyond) return Promise.reject(new TypeError('This service worker is not the client’s active one.'));
    this.done.push(`navigate ${url}`);
    return Promise.resolve(null);
  }

  postMessage(message: unknown) {
    this.done.push(`message ${String(message)}`);
  }
}

function serve(...windows: FakeWindow[]) {
  const listeners = new Map<string, (event: never) => void>();
  const shown: [string, NotificationOptions][] = [];
  const opened: string[] = [];
  const subscribed: unknown[] = [];
  const asked: unknown[] = [];
  let closed = 0;
  const scope: ServiceScope = {
    registration: {
      pushManager: {
        subscribe: (options) => {
          subscribed.push(options);
          return Promise.resolve({} as PushSubscription);
        },
      },
      showNotification: (title, options) => {
        shown.push([title, options]);
        return Promise.resolve();
      },
    },
    clients: {
      matchAll: (options) => {
        asked.push(options);
        return Promise.resolve(windows);
      },
      openWindow: (url) => {
        opened.push(url);
        return Promise.resolve(null);
      },
    },
    location: { href: SITE },
    addEventListener: (type, listener) => listeners.set(type, listener),
  };
  servePush(scope);
  const fire = async (type: string, event: object) => {
    const work: Promise<unknown>[] = [];
    listeners.get(type)!({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) } as never);
    await Promise.all(work);
  };
  const push = (message: unknown) => fire('push', { data: { json: () => message } });
  const click = (data: unknown) => fire('notificationclick', { notification: { data, close: () => closed++ } });
  return { shown, opened, subscribed, asked, fire, push, click, closed: () => closed };
}

describe('the push worker', () => {
  it('shows what was sent, in place of what it makes old', async () => {
    const { push, shown } = serve();
    await push({ title: 'Moved', body: 'To 11:40', url: PAGE, tag: 'appointment', lang: 'en', dir: 'ltr' });
    expect(shown).to.deep.equal([
      ['Moved', { body: 'To 11:40', data: PAGE, tag: 'appointment', lang: 'en', dir: 'ltr' }],
    ]);
  });

  for (const [what, message] of [
    ['nothing', null],
    ['something else', { title: 7 }],
    ['no JSON', undefined],
  ] as const) {
    it(`shows whose it is when ${what} was sent, as something must be shown`, async () => {
      const { fire, shown } = serve();
      await fire('push', {
        data: {
          json: () => {
            if (message === undefined) throw new SyntaxError('Unexpected token');
            return message;
          },
        },
      });
      expect(shown).to.deep.equal([['clinic.example', { data: null }]]);
    });
  }

  it('takes a notification away that was pressed, and opens the page that it is about', async () => {
    const { click, opened, closed } = serve();
    await click(`${PAGE}#openslot-appointment=x`);
    expect([opened, closed()]).to.deep.equal([[`${PAGE}#openslot-appointment=x`], 1]);
    await click('http://localhost:8080/');
    expect(opened.at(-1)).to.equal('http://localhost:8080/');
  });

  it('looks at all pages of its site, also those that it doesn’t serve', async () => {
    const { click, fire, asked } = serve();
    await click(PAGE);
    await fire('pushsubscriptionchange', { oldSubscription: null, newSubscription: {} });
    const all = { type: 'window', includeUncontrolled: true };
    expect(asked).to.deep.equal([all, all]);
  });

  it('brings a page of its site to the front when it is about none', async () => {
    const [first, second] = [new FakeWindow(PAGE), new FakeWindow('https://clinic.example/')];
    const { click, opened } = serve(first, second);
    await click(null);
    expect([first.done, second.done, opened]).to.deep.equal([['focus'], [], []]);
  });

  it('goes to that page where it is open, and leads one there that is nearly it', async () => {
    const [exact, near, other] = [
      new FakeWindow(`${PAGE}#openslot-appointment=x`),
      new FakeWindow(PAGE),
      new FakeWindow('https://clinic.example/'),
    ];
    await serve(other, near, exact).click(exact.url);
    expect([exact.done, near.done]).to.deep.equal([['focus'], []]);
    await serve(other, near).click(exact.url);
    expect(near.done).to.deep.equal(['focus', `navigate ${exact.url}`]);
    expect(other.done).to.deep.equal([]);
  });

  it('opens the page anew where the one that is open can’t be led', async () => {
    const near = new FakeWindow(PAGE);
    near.isBeyond = true;
    const { click, opened } = serve(near);
    await click(`${PAGE}#openslot-appointment=x`);
    expect(opened).to.deep.equal([`${PAGE}#openslot-appointment=x`]);
  });

  it('leads nowhere that no page is', async () => {
    const { click, opened } = serve();
    for (const data of ['javascript:alert(1)', 'data:text/html,x', 'xhttps://a', 'httpsx://a', 7, null])
      await click(data);
    expect(opened).to.deep.equal([]);
  });

  it('renews a subscription as it was, and tells the pages', async () => {
    const page = new FakeWindow(PAGE);
    const { fire, subscribed } = serve(page);
    const options = { userVisibleOnly: true, applicationServerKey: new ArrayBuffer(65) };
    await fire('pushsubscriptionchange', { oldSubscription: { options }, newSubscription: null });
    expect(subscribed).to.deep.equal([options]);
    await fire('pushsubscriptionchange', { oldSubscription: { options }, newSubscription: {} });
    expect(subscribed).to.have.length(1);
    expect(page.done).to.deep.equal([`message ${RENEWED}`, `message ${RENEWED}`]);
  });
});
