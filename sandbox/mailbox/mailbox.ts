import { randomUUID } from 'node:crypto';
import { type AddressObject, simpleParser } from 'mailparser';
import { type LocalSmtpServer, startSmtpServer } from './smtp-server.ts';

export interface MailSummary {
  readonly id: string;
  /** ISO instant. */
  readonly received_at: string;
  readonly from: string;
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
}

export interface Mail extends MailSummary {
  readonly reply_to: string | null;
  readonly text: string;
  readonly html: string | null;
  /** The mail's calendar files, as mail programs with a calendar read them. */
  readonly calendars: readonly { readonly method: string; readonly content: string }[];
  /** The mail as it arrived over the network. */
  readonly source: string;
}

/** Enough for a demo. The oldest mails are dropped beyond this number. */
const MOST = 300;

/** Receives the demo's e-mails: an SMTP server on loopback that accepts all mails and forwards none. Keeps them in memory. */
export class Mailbox {
  /** Grows with each change. */
  revision = 0;
  #server: LocalSmtpServer | null = null;
  #mails: Mail[] = [];

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server = await startSmtpServer((source) => mailbox.#keep(source));
    return mailbox;
  }

  /** The URL of the mail server, for the worker's SMTP_URL. */
  get smtpUrl(): string {
    return this.#server?.url ?? '';
  }

  /** Newest first. */
  list(): MailSummary[] {
    return this.#mails.map(({ id, received_at, from, to, subject }) => ({ id, received_at, from, to, subject }));
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  clear(): void {
    this.#mails = [];
    this.revision++;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  async #keep(source: Buffer): Promise<void> {
    const parsed = await simpleParser(source);
    const mail: Mail = {
      id: randomUUID(),
      received_at: new Date().toISOString(),
      from: parsed.from?.text ?? '',
      to: addresses(parsed.to),
      reply_to: parsed.replyTo?.text ?? null,
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html || null,
      calendars: parsed.attachments
        .filter(({ contentType }) => contentType === 'text/calendar')
        .map(({ content }) => content.toString())
        .map((content) => ({ content, method: /^METHOD:(\w+)/m.exec(content)?.[1] ?? '' })),
      source: source.toString(),
    };
    this.#mails = [mail, ...this.#mails].slice(0, MOST);
    this.revision++;
  }
}

function addresses(to: AddressObject | AddressObject[] | undefined): Mail['to'] {
  return [to ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .map(({ name, address = '' }) => ({ name, address }));
}
