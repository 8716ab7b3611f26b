/** The part of Realtime's protocol 2.0.0 that is needed to count its frames. */

const USER_BROADCAST = 4;

/** A message from the database arrives as a binary frame of this kind. */
export function isBroadcast(data: unknown): boolean {
  if (data instanceof ArrayBuffer) return new Uint8Array(data, 0, 1)[0] === USER_BROADCAST;
  return Buffer.isBuffer(data) && data[0] === USER_BROADCAST;
}

/** The reply to a join for which the server had no connection to the database. */
export function isPoolRefusal(data: string): boolean {
  return data.includes('IncreaseConnectionPool');
}

export function socketUrl(url: string, key: string): string {
  return `${url.replace(/^http/, 'ws')}/realtime/v1/websocket?apikey=${encodeURIComponent(key)}&vsn=2.0.0`;
}

export function joinFrame(topic: string): string {
  const config = { broadcast: { ack: false, self: false }, presence: { enabled: false }, private: true };
  return JSON.stringify(['1', '1', `realtime:${topic}`, 'phx_join', { config }]);
}

export const HEARTBEAT_FRAME = JSON.stringify([null, '2', 'phoenix', 'heartbeat', {}]);
