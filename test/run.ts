/**
 * `npm test`: runs every suite and ends with `N passed, N failed` over all of them; what was left out is listed before, and in CI
 * fails unless the machine is the reason.
 *
 *   npm test -- e2e sql            these suites; --list names them
 *   npm test -- src/core/sync      the tests of a folder or a file; of test, stories, sandbox, worker and supabase too
 *   npm test -- openslot-desk      files of tests with this in their name
 *   npm test -- desk --watch       once more after each edit
 */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuite } from './run/run-suite.ts';
import { select, type Selection } from './run/select.ts';
import { GROUPS, type Suite, SUITES } from './run/suites.ts';
import { afterEachEdit } from './run/watch.ts';

const ROOT = dirname(import.meta.dirname);
/** One more than the smallest machine has cores, as some suites mostly wait. */
const SIDE_BY_SIDE = 3;

/** @returns how many tests failed */
async function run(selection: Selection['suites'], signal?: AbortSignal): Promise<number> {
  const waiting = SUITES.filter(({ name }) => selection.has(name));
  const done = { passed: 0, failed: 0, failures: [] as string[], skipped: [] as string[] };
  let announceBuild: () => void = () => undefined;
  const isBuilt = selection.has('build') ? new Promise<void>((resolve) => (announceBuild = resolve)) : undefined;

  async function runNext(suite: Suite): Promise<void> {
    if (suite.built) await isBuilt;
    const started = performance.now();
    const files = selection.get(suite.name) ?? suite.files ?? [];
    const outcome = await runSuite(suite, files, { strict: Boolean(process.env['CI']), ...(signal && { signal }) });
    if (suite.name === 'build') announceBuild();
    if (signal?.aborted) return;
    const seconds = (performance.now() - started) / 1000;
    done.passed += outcome.passed;
    done.failed += outcome.failed;
    done.failures.push(...outcome.failures.map((line) => `${suite.name} ${line}`));
    done.skipped.push(...outcome.skipped.map((line) => `${suite.name} ${line}`));
    if (outcome.failed > 0) console.log(outcome.output.trimEnd());
    const verdict = outcome.failed === 0 ? 'ok  ' : 'FAIL';
    const counted = String(outcome.passed).padStart(5);
    console.log(`${verdict} ${suite.name.padEnd(17)} ${counted} passed  ${seconds.toFixed(1).padStart(6)} s`);
  }

  async function runAll(): Promise<void> {
    for (let suite = waiting.shift(); suite && !signal?.aborted; suite = waiting.shift()) await runNext(suite);
  }

  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, runAll));
  if (signal?.aborted) return 0;
  for (const line of [...done.skipped, ...done.failures]) console.log(line);
  console.log(`${done.skipped.length} skipped`);
  console.log(`${done.passed} passed, ${done.failed} failed`);
  return done.failed;
}

function list(): void {
  for (const { name, command, files } of SUITES) {
    const size = files ? `${files.length} files` : '';
    console.log(`${name.padEnd(17)} ${size.padStart(9)}  ${command.slice(0, 4).join(' ')}`);
  }
  for (const [name, suites] of Object.entries(GROUPS))
    console.log(`${name.padEnd(17)} ${''.padStart(9)}  = ${suites.join(', ')}`);
}

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
});
const sources = globSync('{src,sandbox,worker,supabase/migrations}/**/*.{ts,sql}', {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
}).map((file) => file.replaceAll('\\', '/'));
const wanted = names.length > 0 ? names : SUITES.map(({ name }) => name);
const { suites, unknown } = select(wanted, { suites: SUITES, groups: GROUPS, sources });

if (flags.list) {
  list();
} else if (unknown.length > 0) {
  console.error(
    `No test belongs to ${unknown.join(', ')}. Name a suite (--list), a path, or a part of the name of a test.`,
  );
  process.exitCode = 2;
} else if (flags.watch) {
  await afterEachEdit((signal) => run(suites, signal));
} else {
  process.exitCode = (await run(suites)) === 0 ? 0 : 1;
}
