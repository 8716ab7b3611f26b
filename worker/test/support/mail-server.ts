import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly recipient: string;
  readonly messageId: string;
  readonly parsed: ParsedMail;
  /** As it came over the wire. */
  readonly raw: string;
}

/** What the server says to a recipient or a whole mail: nothing for yes, else a refusal, after as long as it likes. */
export type Judge = (recipient: string) => Refusal | undefined | Promise<Refusal | undefined>;

export interface Refusal {
  readonly code: number;
  readonly text: string;
}

/** A real SMTP server on loopback that keeps what it accepted. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** Recipients as they were named, refused ones too: one for each attempt. */
  readonly attempts: string[] = [];
  /** May be replaced at any time. */
  atRecipient: Judge = () => undefined;
  /** Asked once the mail is there and before the server says yes. */
  atData: Judge = () => undefined;
  readonly #server: SMTPServer;
  readonly #woken: (() => void)[] = [];

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, callback) => {
        this.attempts.push(address);
        this.#wake();
        void Promise.resolve(this.atRecipient(address)).then((refusal) => callback(refusal && asError(refusal)));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const recipient = session.envelope.rcptTo[0]?.address ?? '';
          void this.#accept(recipient, Buffer.concat(chunks)).then((refusal) => callback(refusal && asError(refusal)));
        });
      },
    });
    // A client that hangs up in the middle of it.
    this.#server.on('error', () => undefined);
  }

  static async start(port = 0): Promise<MailServer> {
    const server = new MailServer();
    await server.listen(port);
    return server;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server.server, 'listening');
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(recipient: string): ReceivedMail[] {
    return this.mails.filter((mail) => mail.recipient === recipient);
  }

  /** Resolves once `condition` holds; asked again at everything that arrives. The test's time limit ends a vain wait. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#woken.push(resolve));
  }

  /** The `number`th mail to somebody, once it is there. */
  async mail(recipient: string, number = 1): Promise<ReceivedMail> {
    await this.until(() => this.to(recipient).length >= number);
    return this.to(recipient)[number - 1]!;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #accept(recipient: string, content: Buffer): Promise<Refusal | undefined> {
    const refusal = await this.atData(recipient);
    if (refusal) return refusal;
    const parsed = await simpleParser(content);
    this.mails.push({ recipient, messageId: parsed.messageId ?? '', parsed, raw: content.toString() });
    this.#wake();
    return undefined;
  }

  #wake(): void {
    this.#woken.splice(0).forEach((resolve) => resolve());
  }
}

function asError({ code, text }: Refusal): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
