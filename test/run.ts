/**
 * `npm test`: runs every suite and ends with `N passed, N failed` over all of them.
 * `npm test -- e2e sql` runs those suites alone; `npm test -- --list` names them.
 *
 * A suite is a command. One that counts its tests ends with a line for each that failed or was left out, and the plain line
 * `N passed, N failed` (test/support/reporters); any other counts as one test, passed if it exits with 0. What it can't test on
 * this machine it says in a line `NOT TESTED: …`. All these lines are repeated at the end.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';

const root = dirname(import.meta.dirname);

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
}

function nodeTests(...patterns: string[]): string[] {
  const files = globSync(patterns, { cwd: root }).sort();
  return [
    'node',
    '--test',
    '--test-concurrency=2',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/support/reporters/node-test.mjs',
    '--test-reporter-destination=stdout',
    ...files,
  ];
}

/** Two lanes that run side by side; within a lane, what comes later may use what came before (e2e uses the build). */
const LANES: readonly (readonly Suite[])[] = [
  [
    { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
    { name: 'size', command: ['size-limit'] },
    { name: 'package', command: ['publint', '--strict'] },
    { name: 'package types', command: ['attw', '--pack', '.', '--profile', 'esm-only'] },
    { name: 'package exports', command: nodeTests('test/package/*.test.ts') },
    { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
    { name: 'lint', command: ['eslint', '--max-warnings=0', '.'] },
    { name: 'types', command: ['tsc', '-p', '.'] },
    { name: 'templates', command: ['lit-analyzer', '--strict', 'src/elements/**/*.ts'] },
    { name: 'bundles', command: ['wtr', '--config', 'web-test-runner.bundles.config.mjs'] },
    { name: 'e2e', command: ['playwright', 'test', '--reporter=line,./test/support/reporters/playwright.mjs'] },
    {
      name: 'stories',
      command: ['vitest', 'run', '--reporter=default', '--reporter=./test/support/reporters/vitest.mjs'],
    },
    { name: 'sandbox', command: nodeTests('sandbox/test/*.test.ts', 'sandbox/realtime/test/*.test.ts') },
    { name: 'worker', command: nodeTests('worker/test/*.test.ts') },
    { name: 'backend', command: nodeTests('test/backend/*.test.ts', 'test/database/*.test.ts') },
  ],
  [
    { name: 'browser', command: ['wtr'] },
    { name: 'sql', command: ['node', 'sandbox/pgtap/sql-tests.ts'] },
    { name: 'faults', command: nodeTests('test/faults/*.test.ts') },
  ],
];
const SUITES = LANES.flat();

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** A line for each test that failed or was left out, and for what this machine gives no means to test. */
  readonly remarks: readonly string[];
  readonly seconds: number;
  readonly output: string;
}

function run(suite: Suite): Promise<Outcome> {
  const [command = '', ...args] = suite.command;
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const finish = (code: number | null) => {
      const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
      const passed = line ? Number(line[1]) : Number(code === 0);
      let failed = line ? Number(line[2]) : Number(code !== 0);
      // A suite that dies after its tests, or runs none, has not passed.
      if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
      const remarks: string[] = output.match(/^(?:[✗○]|NOT TESTED:) .*$/gm) ?? [];
      if (failed > 0 && !remarks.some((line) => line.startsWith('✗'))) remarks.push('✗ see its output above');
      resolve({ passed, failed, remarks, seconds: (performance.now() - started) / 1000, output });
    };
    child.on('error', (error) => {
      output += String(error);
      finish(1);
    });
    child.on('close', finish);
  });
}

const wanted = process.argv.slice(2);
if (wanted.includes('--list')) {
  for (const { name, command } of SUITES) console.log(`${name.padEnd(16)} ${command.slice(0, 3).join(' ')}`);
  process.exit(0);
}
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const remarks: string[] = [];

async function runLane(suites: readonly Suite[]): Promise<void> {
  for (const suite of suites) {
    const outcome = await run(suite);
    passed += outcome.passed;
    failed += outcome.failed;
    remarks.push(...outcome.remarks.map((line) => `${suite.name} ${line}`));
    if (outcome.failed > 0) console.log(outcome.output.trimEnd());
    const verdict = outcome.failed === 0 ? 'ok  ' : 'FAIL';
    const counted = String(outcome.passed).padStart(5);
    console.log(`${verdict} ${suite.name.padEnd(16)} ${counted} passed  ${outcome.seconds.toFixed(1).padStart(6)} s`);
  }
}

const isWanted = ({ name }: Suite) => wanted.length === 0 || wanted.includes(name);
await Promise.all(LANES.map((lane) => runLane(lane.filter(isWanted))));
for (const remark of remarks) console.log(remark);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
