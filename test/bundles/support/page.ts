/**
 * The page of a site that loads a built script. Import it before modules that open a socket or wait.
 *
 * Nothing is polled here, because waits as long as a poll never end: a change that a live page shows was brought by a
 * message.
 */
import { SHORTEST_POLL_MS } from '../../support/without-polling.ts';

/** The sockets to the project that were opened since the test began. */
export const sockets: WebSocket[] = [];

const refused = new Set<string>();
const { fetch: send, setTimeout: wait, WebSocket: Socket } = window;

window.setTimeout = ((run: () => void, ms = 0, ...args: []) =>
  wait(ms < SHORTEST_POLL_MS ? run : () => undefined, ms, ...args)) as typeof setTimeout;

window.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const name = /\/rest\/v1\/rpc\/(\w+)$/.exec(url)?.[1] ?? '';
  if (refused.has(name)) throw new TypeError(`The test refuses ${name}.`);
  return send(input, init);
};

window.WebSocket = class extends Socket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    if (this.url.includes('/realtime/v1/websocket')) sockets.push(this);
  }
};

// Pages of one browser share this storage: remove the session of an earlier file.
localStorage.clear();
sessionStorage.clear();

beforeEach(() => {
  sockets.length = 0;
  refused.clear();
});

/** Refuses the page's calls of these functions until the returned function is called. */
export function refuse(...names: string[]): () => void {
  for (const name of names) refused.add(name);
  return () => refused.clear();
}

/** Loads a script as the page's HTML does. */
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
