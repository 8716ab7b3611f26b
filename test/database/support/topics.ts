import { createClient, REALTIME_SUBSCRIBE_STATES } from '@supabase/supabase-js';
import { disconnect } from './disconnect.ts';
import type { CallerName, TwoClinics } from './two-clinics.ts';

/** The server's answer to a client that a policy refuses, or whose token has expired. */
const REFUSAL = /^(Unauthorized: You do not have permissions to read from this Channel topic|InvalidJWTToken)/;

/** Whether a caller may listen on a private topic, with the unmodified client on its own socket. */
export async function tryToListen(
  world: TwoClinics,
  as: CallerName,
  topic: string,
  expiresIn?: number,
): Promise<'joined' | 'refused'> {
  const { url, publishableKey } = world.clinic.sandbox;
  const token = await world.tokenOf(as, expiresIn);
  const client = createClient(url, publishableKey, {
    ...(token && { accessToken: () => Promise.resolve(token) }),
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
  await client.realtime.setAuth();
  const channel = client.channel(topic, { config: { private: true } });
  const [status, reason] = await new Promise<[REALTIME_SUBSCRIBE_STATES, string]>((resolve) => {
    channel.subscribe((status, error) => resolve([status, error?.message ?? '']));
  });
  await disconnect(client);
  if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) return 'joined';
  // No other failure of a join counts as a refusal.
  if (REFUSAL.test(reason)) return 'refused';
  throw new Error(`${as} on ${topic}: ${status} ${reason}`);
}
