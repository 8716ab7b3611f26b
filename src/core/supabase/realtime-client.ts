/**
 * Supabase's own Realtime client, for a widget that was not given a client of the page's. Loaded on demand.
 *
 * Does not: send broadcasts, refresh tokens, or speak for anybody but the holder of the public key.
 */
import { RealtimeClient } from '@supabase/realtime-js';
import type { Clock } from '../time/clock.ts';
import type { RealtimeLike } from '../realtime/types.ts';
import { realtimeOptions } from './realtime-options.ts';

/** @param url of the project, `https://<ref>.supabase.co` */
export function openRealtimeClient(url: string, key: string, clock: Clock): RealtimeLike {
  return new RealtimeClient(`${url.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: key },
    ...realtimeOptions(clock),
  });
}
