import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import webPush from 'web-push';
import type { VapidKeys } from '../config.ts';
import type { Delivery } from '../delivery.ts';
import { required, SendError } from '../failure.ts';
import { writePush } from './message.ts';
import { lookupPublic, mayBePublic } from './public-hosts.ts';

export interface PushOptions {
  readonly vapid: VapidKeys | null;
  /** Ms until an attempt is over. */
  readonly timeout: number;
  /** Whether endpoints may be local and unencrypted: for tests, which play the push service. */
  readonly allowLocal: boolean;
}

export interface PushTransport {
  /**
   * Resolves once the push service has accepted it, to `gone` if it said that the subscription is over.
   * @throws {SendError}
   */
  send(delivery: Delivery): Promise<'sent' | 'gone'>;
}

/** A message about an appointment is of no use to somebody who opens their laptop days later. */
const SECONDS_TO_LIVE = 24 * 60 * 60;

export function openPush({ vapid, timeout, allowLocal }: PushOptions): PushTransport {
  return {
    async send(delivery) {
      const keys = required(vapid, 'VAPID keys', 'set VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT');
      const subscription = required(delivery.subscription, 'subscription', 'it is gone');
      const url = URL.parse(subscription.endpoint);
      if (!url || !(allowLocal || (url.protocol === 'https:' && mayBePublic(url.hostname)))) {
        throw new SendError('push endpoint is not a public https address', { permanent: true });
      }
      const message = writePush(delivery);
      const { headers, body } = encrypt(subscription, message, keys);
      return judge(await post(url, headers, body, { timeout, allowLocal }));
    },
  };
}

function encrypt(
  subscription: NonNullable<Delivery['subscription']>,
  message: ReturnType<typeof writePush>,
  vapidDetails: VapidKeys,
): { headers: Record<string, string>; body: Buffer } {
  try {
    return webPush.generateRequestDetails(subscription, JSON.stringify(message), {
      vapidDetails,
      TTL: SECONDS_TO_LIVE,
      urgency: 'high',
      // What waits for a sleeping phone is replaced by what is newer: at most 32 characters, an id without its hyphens.
      topic: message.tag.replaceAll('-', '').slice(0, 32),
    });
  } catch (error) {
    throw new SendError('push subscription has keys that can’t be used', { permanent: true, cause: error });
  }
}

function post(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  { timeout, allowLocal }: Pick<PushOptions, 'timeout' | 'allowLocal'>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      const code = error.name === 'AbortError' ? 'timeout' : (error.code ?? 'error');
      reject(new SendError(`push service ${code}`, { permanent: code === 'ENOTPUBLIC', cause: error }));
    };
    const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(timeout),
      ...(allowLocal ? {} : { lookup: lookupPublic }),
    });
    request.on('error', fail);
    request.on('response', (response) => {
      response.on('error', fail);
      // Nothing in the answer but its status matters; it is read so that the connection can be used again.
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.end(body);
  });
}

function judge(status: number): 'sent' | 'gone' {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  // Too many at once, or trouble of their own; anything else is a no to this very message.
  throw new SendError(`push service ${status}`, { permanent: status !== 429 && status < 500 });
}
