/**
 * Thousands of viewers of one provider, spread over as many processes as the machine has cores, so that they slow the server
 * down as little as possible.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Reply, Request, ViewersOptions, ViewersReport } from './protocol.ts';

const PROCESS = path.join(import.meta.dirname, 'viewer-process.ts');
const PROCESSES = Math.max(2, Math.min(8, availableParallelism()));
/**
 * Thousands of widgets share a heap here, and would wait for several collections of its small young generation during one
 * message. In a browser, each page has its own heap.
 */
const EXEC_ARGV = ['--max-semi-space-size=128'];

export class Viewers {
  readonly #processes: readonly ChildProcess[];

  private constructor(processes: readonly ChildProcess[]) {
    this.#processes = processes;
  }

  /** Resolves once all of them are live. */
  static async open(options: ViewersOptions): Promise<Viewers> {
    const processes = Array.from({ length: PROCESSES }, () =>
      fork(PROCESS, { serialization: 'advanced', execArgv: EXEC_ARGV }),
    );
    const viewers = new Viewers(processes);
    const shareOf = (all: number, index: number) => {
      const share = Math.ceil(all / PROCESSES);
      return Math.max(0, Math.min(share, all - share * index));
    };
    await viewers.#request('opened', (index) => {
      const count = shareOf(options.count, index);
      const bystanders = shareOf(options.bystanders ?? 0, index);
      return { type: 'open', options: { ...options, count, bystanders } };
    });
    return viewers;
  }

  /**
   * Prepares all viewers to note when a slot is taken or comes back.
   * @returns a promise of the times (`machineNow()`) at which each viewer saw it
   */
  async watch(slotId: number, gone: boolean): Promise<{ seen: Promise<number[]> }> {
    const seen = this.#replies('seen').then((replies) => replies.flatMap(({ times }) => [...times]));
    // If the measurement fails for another reason, nothing awaits this promise any more.
    seen.catch(() => undefined);
    await this.#request('watching', () => ({ type: 'watch', slotId, gone }));
    return { seen };
  }

  /** @param truth the database's picture, to compare the viewers' pictures with */
  async report(truth: string | null = null): Promise<ViewersReport> {
    const replies = await this.#request('report', () => ({ type: 'report', truth }));
    const sum = (count: (reply: ViewersReport) => number) => replies.reduce((all, reply) => all + count(reply), 0);
    return {
      connections: addUp(replies.map(({ connections }) => connections)),
      different: sum(({ different }) => different),
      wronglyLive: sum(({ wronglyLive }) => wronglyLive),
      messages: sum(({ messages }) => messages),
      refused: sum(({ refused }) => refused),
    };
  }

  /** Cuts every socket at once. */
  async cut(): Promise<void> {
    await this.#request('cut', () => ({ type: 'cut' }));
  }

  async close(): Promise<void> {
    const exits = this.#processes.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of this.#processes) child.send({ type: 'close' } satisfies Request);
    await Promise.all(exits);
  }

  async #request<Type extends Reply['type']>(
    type: Type,
    request: (index: number) => Request,
  ): Promise<Extract<Reply, { type: Type }>[]> {
    const replies = this.#replies(type);
    this.#processes.forEach((child, index) => child.send(request(index)));
    return replies;
  }

  #replies<Type extends Reply['type']>(type: Type): Promise<Extract<Reply, { type: Type }>[]> {
    return Promise.all(this.#processes.map((child) => nextReply(child, type)));
  }
}

function nextReply<Type extends Reply['type']>(
  child: ChildProcess,
  type: Type,
): Promise<Extract<Reply, { type: Type }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      const reply = message as Reply;
      if (reply.type !== type) return;
      stop();
      resolve(reply as Extract<Reply, { type: Type }>);
    };
    const died = (code: number | null) => {
      stop();
      reject(new Error(`A process of viewers ended with code ${code}`));
    };
    const stop = () => {
      child.off('message', onMessage);
      child.off('exit', died);
    };
    child.on('message', onMessage);
    child.on('exit', died);
  });
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [key, count] of counts.flatMap((part) => Object.entries(part))) sums[key] = (sums[key] ?? 0) + count;
  return sums;
}
