/**
 * The page of a site that loads a built script. Import it before anything that opens a socket or waits.
 *
 * Nothing is polled here, as whatever the script puts off for three seconds or more never happens: what changes on the page
 * after it is live was brought by a message. Sockets and answers of the project are kept for tests to count. An error that
 * nobody caught fails the test.
 */
import { expect } from '@open-wc/testing';

const LONG_MS = 3_000;

/** The sockets that were opened to the project since the test began. */
export const sockets: WebSocket[] = [];
/** Names of the functions that the project has answered since the test began. */
export const answered: string[] = [];

const refused = new Set<string>();
const problems: string[] = [];
const { fetch: send, setTimeout: wait, WebSocket: Socket } = window;

window.setTimeout = ((run: () => void, ms = 0, ...args: []) =>
  wait(ms < LONG_MS ? run : () => undefined, ms, ...args)) as typeof setTimeout;

window.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const name = /\/rest\/v1\/rpc\/(\w+)$/.exec(url)?.[1] ?? '';
  if (refused.has(name)) throw new TypeError(`The test refuses ${name}.`);
  const response = await send(input, init);
  if (name) answered.push(name);
  return response;
};

window.WebSocket = class extends Socket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    if (this.url.includes('/realtime/v1/websocket')) sockets.push(this);
  }
};

addEventListener('error', ({ message }) => problems.push(message));
addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)));

// Pages of one browser share it: nobody is signed in from an earlier file.
localStorage.clear();
sessionStorage.clear();

beforeEach(() => {
  sockets.length = answered.length = 0;
});

afterEach(() => {
  refused.clear();
  expect(problems.splice(0), 'errors that nobody caught').to.deep.equal([]);
});

/** From now on until the end of the test, the page can't call these functions of the project. */
export function refuse(...names: string[]): () => void {
  for (const name of names) refused.add(name);
  return () => refused.clear();
}

/** Loads a script as the page's HTML would. */
export async function load(src: string): Promise<void> {
  const script = document.createElement('script');
  script.type = 'module';
  script.src = src;
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} can't be loaded.`));
  });
  document.head.append(script);
  await loaded;
}
