/** What `npm test` runs. */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { MOCHA, NODE_OPTIONS, NODE_TESTS, BROWSER_TESTS, TIME_ZONES } from './environments.ts';

const ROOT = dirname(dirname(import.meta.dirname));

/**
 * A command. One that counts its tests ends with a line for each that failed or was left out, and the plain line
 * `N passed, N failed` (test/support/reporters); any other counts as one test, passed if it exits with 0. What it can't test on
 * this machine it says in a line `NOT TESTED on this machine: …`.
 */
export interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its files of tests. The command takes their names, and runs these alone; without any it runs all. */
  readonly files?: readonly string[];
  /** It reads what the suite `build` makes. */
  readonly built?: true;
}

/** What is checked without running the code, each a script of package.json: together they are `npm run check`. */
const CHECKS = ['lint', 'types', 'format', 'unused', 'templates', 'imports'] as const;

/**
 * ESLint keeps its findings by file, so `npm run check` is quick. They may miss what an edited type means for files that were not
 * edited, so CI looks at each file again.
 */
const check = (name: string): Suite => ({
  name,
  command:
    name === 'lint' && process.env['CI']
      ? ['eslint', '--max-warnings=0', '.']
      : ['npm', 'run', '--silent', `check:${name}`],
});

function filesOf(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

function nodeTests(name: string, ...patterns: string[]): Suite {
  const files = filesOf(...patterns);
  const reporters = ['spec', './test/support/reporters/node-test.mjs'].flatMap((reporter) => [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ]);
  return { name, command: ['node', '--test', '--test-concurrency=2', ...reporters], files };
}

/** Unit tests by Mocha, in Node. */
function mochaIn(zone: string): Suite {
  const options = [
    ...MOCHA.require.map((file) => `--require=${file}`),
    ...MOCHA.extension.map((extension) => `--extension=${extension}`),
    '--reporter=./test/support/reporters/mocha.mjs',
    '--timeout=60000',
    '--forbid-only',
    // A page ends with its tab, whatever it still waits for. So does Node here.
    '--exit',
  ];
  return {
    name: `node in ${zone.replace(/.*\//, '').replace('_', ' ')}`,
    command: ['node', ...NODE_OPTIONS, 'node_modules/mocha/bin/_mocha', ...options],
    env: { TZ: zone },
    files: NODE_TESTS,
  };
}

/** Some run side by side, in this order: those that take longest first, and the build before what reads it. */
export const SUITES: readonly Suite[] = [
  { name: 'browser', command: ['wtr'], files: BROWSER_TESTS },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'stories',
    command: ['vitest', 'run', '--reporter=default', '--reporter=./test/support/reporters/vitest.mjs'],
    files: filesOf('stories/**/*.stories.ts'),
  },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=line,./test/support/reporters/playwright.mjs'],
    files: filesOf('test/e2e/*.test.ts'),
    built: true,
  },
  nodeTests('sandbox', 'sandbox/test/*.test.ts', 'sandbox/realtime/test/*.test.ts'),
  nodeTests('faults', 'test/faults/*.test.ts'),
  {
    name: 'bundles',
    command: ['wtr', '--config', 'web-test-runner.bundles.config.mjs'],
    files: filesOf('test/bundles/*.test.ts'),
    built: true,
  },
  ...CHECKS.map(check),
  nodeTests('worker', 'worker/test/*.test.ts'),
  nodeTests('backend', 'test/backend/*.test.ts', 'test/database/*.test.ts'),
  ...TIME_ZONES.map(mochaIn),
  { name: 'sql', command: ['node', 'sandbox/pgtap/sql-tests.ts'], files: filesOf('supabase/tests/*.sql') },
  { name: 'size', command: ['size-limit'], built: true },
  { name: 'package', command: ['publint', '--strict'], built: true },
  { name: 'package types', command: ['attw', '--pack', '.', '--profile', 'esm-only'], built: true },
  { name: 'api', command: ['npm', 'run', '--silent', 'api', '--', '--check'], built: true },
  { ...nodeTests('package exports', 'test/package/*.test.ts'), built: true },
  nodeTests('runner', 'test/run/*.test.ts'),
];

/** Names for several suites. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  check: CHECKS,
  node: SUITES.filter(({ name }) => name.startsWith('node in ')).map(({ name }) => name),
};
