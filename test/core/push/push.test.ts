import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import { Push, type PushState } from '../../../src/core/push/push.ts';
import type { PushBrowser } from '../../../src/core/push/browser.ts';
import { until } from '../../support/until.ts';

/** A browser whose person and push service are the test. */
class FakeBrowser implements PushBrowser {
  hindrance: PushBrowser['hindrance'] = null;
  permission: NotificationPermission = 'default';
  /** The user's answer when the browser asks. */
  answer: NotificationPermission = 'granted';
  /** Endpoint of what it has subscribed to. */
  endpoint: string | null = null;
  fails = false;
  readonly memory = new Map<string, string>();
  asked = 0;
  private readonly listeners = new Set<() => void>();

  ask(): Promise<NotificationPermission> {
    this.asked++;
    this.permission = this.answer;
    return Promise.resolve(this.answer);
  }

  current() {
    const { endpoint } = this;
    return Promise.resolve(
      endpoint === null
        ? null
        : {
            endpoint,
            toJSON: () => ({ endpoint, keys: {} }),
            unsubscribe: () => {
              this.endpoint = null;
              return Promise.resolve(true);
            },
          },
    );
  }

  async subscribe(worker: string, key: string) {
    if (this.fails) throw new DOMException('Registration failed - push service error', 'AbortError');
    this.endpoint ??= `https://push.example/${worker}/${key}`;
    return (await this.current())!;
  }

  onRenewed(listener: () => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  renew(endpoint: string): void {
    this.endpoint = endpoint;
    for (const listener of this.listeners) listener();
  }

  get listening(): number {
    return this.listeners.size;
  }

  remember(name: string, text: string | null): void {
    if (text === null) this.memory.delete(name);
    else this.memory.set(name, text);
  }

  remembered(name: string): string | null {
    return this.memory.get(name) ?? null;
  }
}

/** A page that shows an inbox in that browser. */
function open(browser = new FakeBrowser(), owner = 'a-token') {
  const told: object[] = [];
  const ended: string[] = [];
  const states: PushState[] = [];
  const server = { refuses: false };
  const push: Push = new Push({
    inbox: {
      subscribeToPush: (subscription, about) => {
        if (server.refuses) return Promise.reject(new OpenslotError('rate_limited'));
        told.push({ ...subscription, ...about });
        return Promise.resolve();
      },
      unsubscribeFromPush: (endpoint) => {
        ended.push(endpoint);
        return server.refuses ? Promise.reject(new OpenslotError('network')) : Promise.resolve();
      },
    },
    owner,
    key: 'vapid',
    worker: 'worker.js',
    about: () => ({ locale: 'sv', timeZone: 'Europe/Stockholm' }),
    changed: () => states.push(push.state),
    browser,
  });
  return { browser, push, told, ended, states, server };
}

describe('web push', () => {
  for (const hindrance of ['unsupported', 'install'] as const) {
    it(`says when it can’t be: ${hindrance}`, async () => {
      const { browser, push } = open();
      browser.hindrance = hindrance;
      await push.check();
      await push.turnOn();
      expect([push.state, browser.asked]).to.deep.equal([hindrance, 0]);
    });
  }

  it('asks nobody until it is turned on, and then tells the project in which language and zone', async () => {
    const { browser, push, told, states } = open();
    await push.check();
    expect([push.state, browser.asked]).to.deep.equal(['off', 0]);
    await push.turnOn();
    expect(states).to.deep.equal(['off', 'asking', 'on']);
    const endpoint = 'https://push.example/worker.js/vapid';
    expect(told).to.deep.equal([{ endpoint, keys: {}, locale: 'sv', timeZone: 'Europe/Stockholm' }]);
  });

  it('is on again the next time, without telling again, but only for whose it was', async () => {
    const { browser, push } = open();
    await push.turnOn();
    const next = open(browser);
    await next.push.check();
    expect([next.push.state, next.told]).to.deep.equal(['on', []]);
    const other = open(browser, 'another-token');
    await other.push.check();
    expect(other.push.state).to.equal('off');
  });

  it('keeps no token where others can read', async () => {
    const { browser, push } = open();
    await push.turnOn();
    expect(JSON.stringify([...browser.memory])).to.not.include('a-token');
  });

  it('that somebody said no to says so, also when they came to it later', async () => {
    const { browser, push } = open();
    browser.answer = 'denied';
    await push.turnOn();
    expect(push.state).to.equal('denied');
    const next = open(browser);
    await next.push.check();
    expect(next.push.state).to.equal('denied');
  });

  it('that somebody didn’t answer stays off', async () => {
    const { browser, push } = open();
    browser.answer = 'default';
    await push.turnOn();
    expect(push.state).to.equal('off');
  });

  it('that fails can be tried again', async () => {
    const { browser, push, server, told } = open();
    browser.fails = true;
    await push.turnOn();
    expect([push.state, push.error?.code]).to.deep.equal(['failed', 'unknown']);
    browser.fails = false;
    server.refuses = true;
    await push.turnOn();
    expect([push.state, push.error?.code]).to.deep.equal(['failed', 'rate_limited']);
    server.refuses = false;
    await push.turnOn();
    expect([push.state, told.length, push.error]).to.deep.equal(['on', 1, null]);
  });

  it('goes on after the browser has renewed its subscription', async () => {
    const { browser, push, told } = open();
    await push.check();
    await push.turnOn();
    browser.renew('https://push.example/new');
    await until(() => told.length === 2 && push.state === 'on');
    const next = open(browser);
    await next.push.check();
    expect([next.push.state, next.told]).to.deep.equal(['on', []]);
  });

  it('is off once the browser has dropped its subscription', async () => {
    const { browser, push } = open();
    await push.turnOn();
    browser.endpoint = null;
    await push.check();
    expect([push.state, browser.memory.size]).to.deep.equal(['off', 0]);
  });

  it('is turned off here first, and for good even if the project can’t be told', async () => {
    const { browser, push, ended, server } = open();
    await push.turnOn();
    server.refuses = true;
    await push.turnOff();
    expect([push.state, browser.endpoint, ended]).to.deep.equal([
      'off',
      null,
      ['https://push.example/worker.js/vapid'],
    ]);
  });

  it('asks once, however often it is turned on meanwhile', async () => {
    const { browser, push, told } = open();
    await Promise.all([push.turnOn(), push.turnOn()]);
    expect([browser.asked, told.length, push.state]).to.deep.equal([1, 1, 'on']);
  });

  it('that is turned off is remembered by nobody, and is denied where somebody said no meanwhile', async () => {
    const { browser, push, ended } = open();
    await push.turnOn();
    browser.permission = 'denied';
    await push.turnOff();
    expect([push.state, browser.memory.size, ended.length]).to.deep.equal(['denied', 0, 1]);
    const never = open();
    await never.push.turnOff();
    expect([never.push.state, never.ended]).to.deep.equal(['off', []]);
  });

  it('ends at the project what the browser has dropped by itself', async () => {
    const { browser, push, ended } = open();
    await push.turnOn();
    const { endpoint } = browser;
    browser.endpoint = null;
    await push.turnOff();
    expect([push.state, ended]).to.deep.equal(['off', [endpoint]]);
  });

  it('is turned off by nobody where it can’t be on', async () => {
    const { browser, push, ended, states } = open();
    browser.hindrance = 'unsupported';
    await push.turnOff();
    expect([states, ended]).to.deep.equal([[], []]);
  });

  it('is remembered under the first half of its owner’s digest', async () => {
    const { browser, push } = open();
    await push.turnOn();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('a-token')));
    const half = Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect([...browser.memory.keys()]).to.deep.equal([`openslot-push:${half}`]);
  });

  it('says nothing any more once it is closed', async () => {
    const { browser, push, states } = open();
    await push.check();
    push.close();
    await push.turnOn();
    expect([states, browser.listening]).to.deep.equal([['off'], 0]);
  });
});
