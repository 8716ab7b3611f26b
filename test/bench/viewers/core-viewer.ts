import { createOpenslotClient } from '../../../src/core/index.ts';
import type { ViewersOptions } from './protocol.ts';
import { pictureOf, type Viewer } from './viewer.ts';

/** A client with its own socket, as each widget has. Resolves once it is live. */
export async function openCoreViewer({ url, key, provider, presence }: ViewersOptions): Promise<Viewer> {
  const client = createOpenslotClient({ supabaseUrl: url, supabaseKey: key });
  const calendar = client.calendar({ provider, presence });
  let watched: { slotId: number; gone: boolean; seen: () => void } | null = null;
  let becameLive: (() => void) | null = null;
  calendar.subscribe(() => {
    const { slots, connection } = calendar.getState();
    if (connection === 'live') becameLive?.();
    if (!watched) return;
    const isOpen = slots.get(watched.slotId)?.status === 'open';
    if (isOpen === watched.gone) return;
    watched.seen();
    watched = null;
  });
  await new Promise<void>((resolve) => (becameLive = resolve));
  becameLive = null;
  return {
    get connection() {
      return calendar.getState().connection;
    },
    get picture() {
      const { revision, slots } = calendar.getState();
      return pictureOf(revision, slots.values());
    },
    watch(slotId, gone, seen) {
      watched = { slotId, gone, seen };
    },
    close: () => client.close(),
  };
}
