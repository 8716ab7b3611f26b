import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { BROWSER_TESTS, TIME_ZONES } from './test/run/environments.ts';
import { chordPlugin } from './test/support/browsers/chord-plugin.mjs';
import { chromium, firefox, webkit } from './test/support/browsers/engines.mjs';
import { countingReporter } from './test/support/reporters/web-test-runner.mjs';

const [west, east, south] = TIME_ZONES;
const engines = { Firefox: firefox(east), WebKit: webkit(south) };
for (const [name, engine] of Object.entries(engines)) {
  if (!engine) console.log(`NOT TESTED on this machine: elements in ${name}, which is not installed`);
}

export default {
  files: [...BROWSER_TESTS],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrentBrowsers: 1,
  // Three time zones, in Chromium where the machine doesn't have the engine.
  browsers: [
    await chromium(west),
    engines.Firefox ?? (await chromium(east)),
    engines.WebKit ?? (await chromium(south)),
  ],
  plugins: [chordPlugin(), esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.json' })],
  // A busy machine takes its time; only what hangs waits for all of it.
  testsStartTimeout: 120_000,
  testsFinishTimeout: 900_000,
  testFramework: { config: { timeout: 60_000, forbidOnly: true } },
  testRunnerHtml: (testFramework) => `<!doctype html>
    <script type="module" src="/test/support/browsers/fail-on-errors.mjs"></script>
    <script type="module" src="${testFramework}"></script>`,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countingReporter()],
};
