import { WebSocket } from 'ws';
import { HEARTBEAT_FRAME, isBroadcast, joinFrame, socketUrl } from './frames.ts';
import type { ViewersOptions } from './protocol.ts';
import type { Viewer } from './viewer.ts';

const HEARTBEAT_MS = 25_000;

/** A socket that joins the provider's topic and notes when a message arrived: the minimal cost of any client. */
export async function openBareViewer({ url, key, providerId }: ViewersOptions): Promise<Viewer> {
  const socket = new WebSocket(socketUrl(url, key), { perMessageDeflate: false });
  let seen: (() => void) | null = null;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send(joinFrame(`openslot:provider:${providerId}`)));
    // The only text frame before the first message is the reply to the join.
    socket.once('message', (data) => {
      const reply = (data as Buffer).toString();
      if (reply.includes('"status":"ok"')) resolve();
      else reject(new Error(reply));
    });
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !isBroadcast(data)) return;
    seen?.();
    seen = null;
  });
  const beat = setInterval(() => socket.send(HEARTBEAT_FRAME), HEARTBEAT_MS);
  socket.on('close', () => clearInterval(beat));
  return {
    get connection() {
      return socket.readyState === socket.OPEN ? 'live' : 'offline';
    },
    picture: '',
    watch(_slotId, _gone, onSeen) {
      seen = onSeen;
    },
    close: () => socket.terminate(),
  };
}
