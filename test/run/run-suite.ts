/** Runs one suite, and counts. */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Suite } from './suites.ts';

const ROOT = dirname(dirname(import.meta.dirname));

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** A line for each test that failed. */
  readonly failures: readonly string[];
  /** A line, with its reason, for each test that was left out, and for what this machine gives no means to test. */
  readonly skipped: readonly string[];
  readonly output: string;
}

/** A reason that a machine gives. CI takes no other. */
const DECLARED = /(?:^|: )NOT TESTED on this machine: ./;

/**
 * What the output of a suite says.
 * @param code with which its process ended
 * @param strict tests that were left out for no declared reason have failed
 */
export function readOutcome(output: string, code: number | null, strict: boolean): Outcome {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = line ? Number(line[1]) : Number(code === 0);
  let failed = line ? Number(line[2]) : Number(code !== 0);
  const failures: string[] = output.match(/^✗ .*$/gm) ?? [];
  const skipped: string[] = output.match(/^(?:○|NOT TESTED on this machine:) .*$/gm) ?? [];
  // A suite that dies after its tests, or runs none, has not passed.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  if (failed > 0 && failures.length === 0) failures.push('✗ see its output above');
  if (strict) {
    const undeclared = skipped.filter((reason) => !DECLARED.test(reason));
    failed += undeclared.length;
    failures.push(...undeclared.map((reason) => `✗ was left out ${reason}`));
  }
  return { passed, failed, failures, skipped, output };
}

/** @param signal ends it before its time, with the browsers and databases that it started */
export function runSuite(
  suite: Suite,
  files: readonly string[],
  { strict, signal }: { strict: boolean; signal?: AbortSignal },
): Promise<Outcome> {
  const [command = '', ...args] = suite.command;
  return new Promise((resolve) => {
    const child = spawn(command, [...args, ...files], {
      cwd: ROOT,
      env: { ...process.env, FORCE_COLOR: '0', ...suite.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of processes of its own can be ended as one. Without, Ctrl-C reaches all of them by itself.
      detached: signal !== undefined,
    });
    const stop = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    };
    signal?.addEventListener('abort', stop);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const finish = (code: number | null) => {
      signal?.removeEventListener('abort', stop);
      resolve(readOutcome(output, code, strict));
    };
    child.on('error', (error) => {
      output += String(error);
      finish(1);
    });
    child.on('close', finish);
  });
}
