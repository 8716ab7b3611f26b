import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Call {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface CallsRequest {
  readonly url: string;
  readonly key: string;
  readonly calls: readonly Call[];
  /** Calls under way at a time; each on its own connection. */
  readonly concurrency: number;
}

export interface CallsDone {
  /** Ms from the first call to the last answer. */
  elapsed: number;
  /** Ms of each call. */
  times: number[];
  /** The number of calls that were answered `ok`, and with each error code. */
  codes: Record<string, number>;
}

/** Callers of one project's functions, over HTTP, in a separate process. */
export class Callers {
  readonly #process: ChildProcess;
  readonly #project: { url: string; key: string };

  constructor(project: { url: string; key: string }) {
    this.#project = project;
    this.#process = fork(path.join(import.meta.dirname, 'caller-process.ts'));
  }

  async call(calls: readonly Call[], concurrency: number): Promise<CallsDone> {
    const request: CallsRequest = { ...this.#project, calls, concurrency };
    this.#process.send(request);
    const [done] = (await once(this.#process, 'message')) as [CallsDone];
    return done;
  }

  stop(): void {
    this.#process.disconnect();
  }
}
