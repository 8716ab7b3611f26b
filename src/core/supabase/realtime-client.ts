/**
 * Supabase's own Realtime client, for a page that passes no client of its own. Loaded on demand. It has the rights of the public
 * key alone.
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
