import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { machineNow } from '../report/machine.ts';

/** A mail server that takes everything and remembers when it said yes to which delivery, by the Message-ID. */
export class SmtpSink {
  /** Different mails before the latest `clear()`. */
  cleared = 0;
  readonly #server: SMTPServer;
  readonly #arrivals = new Map<string, number[]>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onData: (stream, _session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.#keep(Buffer.concat(chunks).toString());
          callback();
        });
      },
    });
    // A killed worker hangs up in the middle of it.
    this.#server.on('error', () => undefined);
  }

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server.server, 'listening');
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** When a delivery arrived, in the order in which it did. */
  arrivals(delivery: string): readonly number[] {
    return this.#arrivals.get(delivery) ?? [];
  }

  counts(): { distinct: number; total: number } {
    const total = [...this.#arrivals.values()].reduce((sum, { length }) => sum + length, 0);
    return { distinct: this.#arrivals.size, total };
  }

  /** From the first arrival to the last. */
  span(): { first: number; last: number } {
    const times = [...this.#arrivals.values()].flat();
    return { first: Math.min(...times), last: Math.max(...times) };
  }

  /** Resolves once so many different mails have arrived. */
  async until(count: number): Promise<void> {
    if (this.#arrivals.size >= count) return;
    await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
  }

  clear(): void {
    this.cleared += this.#arrivals.size;
    this.#arrivals.clear();
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #keep(mail: string): void {
    const id = /^Message-ID: <([^@>]+)@/im.exec(mail)?.[1] ?? 'none';
    this.#arrivals.set(id, [...this.arrivals(id), machineNow()]);
    for (const waiting of this.#waiting.filter(({ count }) => count <= this.#arrivals.size)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve();
    }
  }
}
