import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const SCRIPT = path.resolve(import.meta.dirname, '..', '..', 'start.ts');

/** The line that `--json` prints. */
export interface Ready {
  demo: string | null;
  mailbox: string | null;
  supabaseUrl: string;
  publishableKey: string;
  secretKey: string;
  databaseUrl: string;
}

/** One run of `npm start` on a free port. */
export class Start {
  readonly output: string[] = [];
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<number | null>;
  #errors = '';

  constructor(...flags: string[]) {
    const args = flags.includes('--port') ? flags : [...flags, '--port', '0'];
    this.#child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = once(this.#child, 'close').then(([code]) => code as number | null);
    createInterface(this.#child.stdout).on('line', (line) => this.output.push(line));
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
  }

  /** The lines on its standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves to the line of `--json`, which must be among the flags. */
  async ready(): Promise<Ready> {
    const code = await Promise.race([this.#ended, until(() => this.output.length > 0)]);
    if (code !== undefined) throw new Error(`The start ended with ${code}: ${this.#errors}`);
    return JSON.parse(this.output[0] ?? '') as Ready;
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

/** Waits until `condition` holds, which another process brings about. The test's own time limit ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}
