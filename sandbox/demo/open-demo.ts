import pino from 'pino';
import { createLog } from '../../worker/log.ts';
import { startWorker, type Worker } from '../../worker/worker.ts';
import { demoPages } from './demo.ts';
import type { Routes, Upgrades } from '../http-server.ts';
import type { Sandbox } from '../index.ts';
import { mailboxPages } from '../mailbox/routes.ts';
import { Mailbox } from '../mailbox/mailbox.ts';
import { vapidKeysOf, type VapidKeyPair } from './vapid-keys.ts';

/** All of the demo that is not the database: its pages, its mailbox, and the worker that fills it. */
export interface Demo {
  readonly routes: Routes;
  readonly upgrades: Upgrades | undefined;
  startWorker(sandbox: Sandbox): Promise<Worker>;
  /** Ends pages and mailbox; the worker before them. */
  stop(): Promise<void>;
}

/**
 * @param vapidFile where the keys for web push are kept
 * @param dev the pages load the SDK from src, and reload after an edit
 */
export async function openDemo(vapidFile: string, { dev = false } = {}): Promise<Demo> {
  const vapid = await vapidKeysOf(vapidFile);
  const mailbox = await Mailbox.start();
  const mails = mailboxPages(mailbox);
  // Loaded only if it is wanted: it is larger than all the rest.
  const edited = dev ? await (await import('./dev-pages.ts')).devPages(vapid.publicKey) : null;
  const pages = edited?.routes ?? demoPages({ vapidPublicKey: vapid.publicKey });
  return {
    routes: async (request, response) => (await mails(request, response)) || pages(request, response),
    upgrades: edited?.upgrades,
    async startWorker(sandbox) {
      await setAddresses(sandbox);
      return startDemoWorker(sandbox, mailbox.smtpUrl, vapid);
    },
    async stop() {
      await edited?.stop();
      await mailbox.stop();
    },
  };
}

/** The production worker, in this process, with the mailbox for a mail server. Warnings go to standard error. */
function startDemoWorker(sandbox: Sandbox, smtpUrl: string, vapid: VapidKeyPair): Promise<Worker> {
  return startWorker({
    databaseUrl: sandbox.databaseUrl,
    smtpUrl,
    mailFrom: { address: 'no-reply@northside.example', domain: 'northside.example' },
    vapid: { ...vapid, subject: 'mailto:hello@northside.example' },
    http: null,
    concurrency: 5,
    maxAttempts: 12,
    log: createLog('warn', pino.destination({ dest: 2, sync: true })),
  });
}

/** Where the links in e-mails lead: the demo's pages, at whatever port they are today. */
async function setAddresses({ query, url }: Sandbox): Promise<void> {
  await query(
    `update openslot.tenants set page_url = case slug when 'northside' then $1 end, desk_url = $2
     where slug in ('northside', 'southbank')`,
    [`${url}/`, `${url}/desk/`],
  );
  await query("update openslot.providers set page_url = $1 where slug = 'amara-okafor'", [`${url}/npm/`]);
}
