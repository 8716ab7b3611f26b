import type { Page, WebSocket } from '@playwright/test';
import { embed, expect, expectLive, test } from './clinic.ts';

const MIRA = { provider: 'mira-lindqvist' };

/** The page's open WebSockets. */
function openSockets(page: Page): Set<WebSocket> {
  const open = new Set<WebSocket>();
  page.on('websocket', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return open;
}

/** Headless browsers never hide a page, so this simulates it. */
async function show(page: Page, visibility: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

test('a patient whose tab is in the background is not counted as a viewer, and is again when coming back', async ({
  visit,
}) => {
  // Looking at another tab takes as long as a poll.
  const [anna, ben] = await Promise.all([visit(), visit({ polls: true })]);
  await expect(anna.viewers('2 people viewing')).toBeVisible();
  await show(ben.page, 'hidden');
  await expect(anna.viewers('1 person viewing')).toBeVisible({ timeout: 30_000 });
  await show(ben.page, 'visible');
  await expect(anna.viewers('2 people viewing')).toBeVisible();
  await expect(ben.viewers('2 people viewing')).toBeVisible();
});

test('two widgets of one provider on a page are one viewer with one socket, also after remounting', async ({
  page,
  sandbox,
}) => {
  const sockets = openSockets(page);
  const site = { ...MIRA, 'supabase-url': sandbox.url, 'supabase-key': sandbox.publishableKey };
  const patient = await embed(page, sandbox.url, site);
  await page.evaluate(() => {
    const element = document.querySelector('openslot-booking')!;
    document.body.append(element.cloneNode(true));
    // Some frameworks mount everything twice to find mistakes.
    for (const each of document.querySelectorAll('openslot-booking')) {
      each.remove();
      document.body.append(each);
    }
  });
  const [first, second] = [patient.widget.nth(0), patient.widget.nth(1)];
  for (const widget of [first, second]) {
    await expectLive(widget);
    await expect(widget.getByText('1 person viewing', { exact: true }).first()).toBeVisible();
  }
  expect(sockets.size).toBe(1);
  await page.evaluate(() => document.querySelectorAll('openslot-booking').forEach((element) => element.remove()));
  await expect.poll(() => sockets.size).toBe(0);
});

test('a thousand mounts leave no socket, and the thousand-and-first is live', async ({ page, sandbox }) => {
  const sockets = openSockets(page);
  const site = { ...MIRA, 'supabase-url': sandbox.url, 'supabase-key': sandbox.publishableKey };
  const patient = await embed(page, sandbox.url, site);
  await patient.ready();
  await page.evaluate(async () => {
    const element = document.querySelector('openslot-booking')!;
    const attributes = [...element.attributes];
    element.remove();
    for (let mount = 0; mount < 1_000; mount++) {
      const another = document.createElement('openslot-booking');
      for (const { name, value } of attributes) another.setAttribute(name, value);
      document.body.append(another);
      // Every tenth widget gets the time to paint.
      if (mount % 10 === 0) await new Promise(requestAnimationFrame);
      another.remove();
    }
  });
  await expect.poll(() => sockets.size).toBe(0);
  await page.evaluate(
    ([url = '', key = '', provider = '']) => {
      const element = document.createElement('openslot-booking');
      element.setAttribute('supabase-url', url);
      element.setAttribute('supabase-key', key);
      element.setAttribute('provider', provider);
      document.body.append(element);
    },
    [sandbox.url, sandbox.publishableKey, MIRA.provider],
  );
  await patient.live();
  expect(sockets.size).toBe(1);
});

/** Headless browsers have no back/forward cache, so this simulates the events and the closed sockets of one. */
test('a page that comes back from the back/forward cache shows the changes since it was left', async ({ visit }) => {
  const sockets: { close(): Promise<void> }[] = [];
  const [anna, ben] = await Promise.all([
    visit({
      prepare: (page) =>
        page.routeWebSocket(/realtime/, (socket) => {
          socket.connectToServer();
          sockets.push(socket);
        }),
    }),
    visit(),
  ]);
  await anna.live();
  await Promise.all([anna.openLastDay(), ben.openLastDay()]);
  const name = (await anna.timeNames()).at(-1) ?? '';
  await anna.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
  await ben.time(name).click();
  await expect(ben.held).toBeVisible();
  await anna.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await anna.loses(name);
  await anna.live();
  expect(sockets.length, 'on a new socket').toBeGreaterThan(0);
});
