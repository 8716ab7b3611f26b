import { createOpenslotClient } from '../../../src/core/index.ts';
import type { ViewersOptions } from './protocol.ts';
import { pictureOf, type Viewer } from './viewer.ts';

/** A client of its own, with its own socket, as each widget has. Resolves once it is live. */
export async function openCoreViewer(options: ViewersOptions): Promise<Viewer> {
  let becameLive: (() => void) | null = null;
  const viewer = startCoreViewer(options, (connection) => {
    if (connection === 'live') becameLive?.();
  });
  await new Promise<void>((resolve) => (becameLive = resolve));
  becameLive = null;
  return viewer;
}

/** The same, without waiting. @param changed called after each change of its state */
export function startCoreViewer(
  { url, key, provider, presence }: ViewersOptions,
  changed: (connection: string) => void = () => undefined,
): Viewer {
  const client = createOpenslotClient({ supabaseUrl: url, supabaseKey: key });
  const calendar = client.calendar({ provider, presence });
  let watched: { slotId: number; gone: boolean; seen: () => void } | null = null;
  calendar.subscribe(() => {
    const { slots, connection } = calendar.getState();
    changed(connection);
    if (!watched) return;
    const isOpen = slots.get(watched.slotId)?.status === 'open';
    if (isOpen === watched.gone) return;
    watched.seen();
    watched = null;
  });
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
