/**
 * The page of a site that loads a built script. Import it before anything that opens a socket or waits.
 *
 * Nothing is polled here, as whatever the script puts off for as long as a poll never happens: what changes on the page after
 * it is live was brought by a message.
 */
import { SHORTEST_POLL_MS } from '../../support/without-polling.ts';

/** The sockets that were opened to the project since the test began. */
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

// Pages of one browser share it: nobody is signed in from an earlier file.
localStorage.clear();
sessionStorage.clear();

beforeEach(() => {
  sockets.length = 0;
  refused.clear();
});

/** Until it is allowed again, the page can't call these functions of the project. */
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
