import { createTransport } from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared/index.js';
import type { Sender } from '../config.ts';
import type { Delivery } from '../delivery.ts';
import { SendError } from '../failure.ts';
import { writeEmail } from './email.ts';

export interface EmailOptions {
  readonly smtpUrl: string;
  readonly sender: Sender;
  readonly connections: number;
  /** Ms that the mail server may be silent before the attempt fails. */
  readonly timeout: number;
}

export interface EmailTransport {
  /** Resolves once the mail server has accepted the mail. @throws {SendError} */
  send(delivery: Delivery): Promise<void>;
  close(): void;
}

export function openEmail({ smtpUrl, sender, connections, timeout }: EmailOptions): EmailTransport {
  const address = parseConnectionUrl(smtpUrl);
  const isLocal = ['localhost', '127.0.0.1', '::1', '[::1]'].includes(address.host ?? '');
  const transport = createTransport({
    // Mails are about people's health: they are sent over TLS only, unless the operator's URL turns it off.
    requireTLS: !isLocal && address.ignoreTLS !== true,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    dnsTimeout: timeout,
    socketTimeout: timeout,
    ...address,
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // The mail server may have accepted a mail whose connection broke, so the queue decides about a retry, not the pool.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(delivery) {
      const email = writeEmail(delivery, sender);
      try {
        await withDeadline(transport.sendMail(email), 3 * timeout);
      } catch (error) {
        throw explain(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The pool limits how long a server may be silent. This limits a server that sends a few bytes now and then. */
async function withDeadline<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('deadline'), { code: 'ETIMEDOUT' })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/**
 * Describes the failure in SMTP codes, because the server's sentences quote the address. A refusal of the recipient or of the
 * content is permanent. A refusal of the sender or the password is retried, because an operator can correct the
 * configuration.
 */
function explain(error: unknown): SendError {
  const { code, command, responseCode, response } = error as SmtpError;
  if (!responseCode) return new SendError(`SMTP ${code ?? 'error'}`, { permanent: false, cause: error });
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  const step = command && /^[A-Z ]{1,20}$/.test(command) ? ` to ${command}` : '';
  const isAboutThisMail = command === 'RCPT TO' || command === 'DATA';
  return new SendError(`SMTP ${[responseCode, enhanced].filter(Boolean).join(' ')}${step}`, {
    permanent: responseCode >= 500 && isAboutThisMail,
    cause: error,
  });
}
