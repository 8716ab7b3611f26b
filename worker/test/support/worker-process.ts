import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { until } from './office.ts';

const SCRIPT = path.resolve(import.meta.dirname, '..', '..', 'index.ts');

/** `node worker/index.ts` as an operator runs it, with only this environment. */
export class WorkerProcess {
  readonly log: Record<string, unknown>[] = [];
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<number | null>;
  #output = '';
  #errors = '';

  constructor(env: Readonly<Record<string, string>>, ...args: string[]) {
    this.#child = spawn(process.execPath, [SCRIPT, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close').then(([code]) => code as number | null);
    createInterface(this.#child.stdout).on('line', (line) => {
      this.#output += `${line}\n`;
      if (line.startsWith('{')) this.log.push(JSON.parse(line) as Record<string, unknown>);
    });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
  }

  get output(): string {
    return this.#output;
  }

  get errors(): string {
    return this.#errors;
  }

  /** Resolves once the worker has logged this event so many times. */
  async logged(event: string, times = 1): Promise<void> {
    const ended = this.#ended.then((code) => {
      throw new Error(`The worker ended with ${code}: ${this.#errors}`);
    });
    ended.catch(() => undefined);
    await Promise.race([ended, until(() => this.log.filter((line) => line['event'] === event).length >= times)]);
  }

  /** @returns its exit code */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }
}
