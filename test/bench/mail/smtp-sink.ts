import { type LocalSmtpServer, startSmtpServer } from '../../../sandbox/mailbox/smtp-server.ts';
import { machineNow } from '../report/machine.ts';

/** A mail server that accepts all mails and records when it accepted each delivery, by the Message-ID. */
export class SmtpSink {
  /** The number of different mails before the latest `clear()`. */
  cleared = 0;
  readonly #arrivals = new Map<string, number[]>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];
  #server: LocalSmtpServer | null = null;

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    sink.#server = await startSmtpServer((mail) => sink.#keep(mail.toString()));
    return sink;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** The times at which a delivery arrived, in order. */
  arrivals(delivery: string): readonly number[] {
    return this.#arrivals.get(delivery) ?? [];
  }

  counts(): { distinct: number; total: number } {
    const total = [...this.#arrivals.values()].reduce((sum, { length }) => sum + length, 0);
    return { distinct: this.#arrivals.size, total };
  }

  /** The times of the first and the last arrival. */
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

  async stop(): Promise<void> {
    await this.#server?.stop();
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
