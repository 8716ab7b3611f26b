import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly recipient: string;
  readonly messageId: string;
  readonly parsed: ParsedMail;
  /** The mail as it arrived over the network. */
  readonly raw: string;
}

/** Decides about a recipient or a whole mail: undefined accepts it, a refusal is sent to the client. It may take its time. */
export type Judge = (recipient: string) => Refusal | undefined | Promise<Refusal | undefined>;

export interface Refusal {
  readonly code: number;
  readonly text: string;
}

/** A real SMTP server on loopback that keeps what it accepted. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** The recipient of each attempt, refused ones included. */
  readonly attempts: string[] = [];
  /** Decides about each recipient. A test may replace it at any time. */
  atRecipient: Judge = () => undefined;
  /** Decides about each mail once the server has received all of it. */
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
    // A client may hang up in the middle of a mail.
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

  /** Resolves once `condition` holds; checks it at each arrival. The test's time limit ends a wait that can't succeed. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#woken.push(resolve));
  }

  /** Resolves to the `number`th mail to this recipient, once it has arrived. */
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
