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
  /** Ms until an attempt fails. */
  readonly timeout: number;
  /** Whether endpoints may be local and unencrypted: for tests with a push service of their own. */
  readonly allowLocal: boolean;
}

export interface PushTransport {
  /**
   * Resolves once the push service has accepted the message, to `gone` if it answered that the subscription has ended.
   * @throws {SendError}
   */
  send(delivery: Delivery): Promise<'sent' | 'gone'>;
}

/** The push service drops a message after a day: it helps no patient who opens a laptop days later. */
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
      // The push service replaces a waiting message by a newer one of the same topic: at most 32 characters, so the id has no
      // hyphens.
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
      // Only the status matters. The body is read so that the connection can be used again.
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.end(body);
  });
}

function judge(status: number): 'sent' | 'gone' {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  // 429 and 5xx are temporary. Any other status refuses this very message.
  throw new SendError(`push service ${status}`, { permanent: status !== 429 && status < 500 });
}
