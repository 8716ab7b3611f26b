/** The built scripts and the npm build, as users load them, in each engine that the machine has, against a real project. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { clinicPlugin } from './test/bundles/support/clinic.ts';
import { chromium, firefox, webkit } from './test/support/browsers/engines.mjs';
import { countingReporter } from './test/support/reporters/web-test-runner.mjs';

const ZONE = 'Europe/Stockholm';
const engines = { Chromium: await chromium(ZONE), Firefox: firefox(ZONE), WebKit: webkit(ZONE) };
const browsers = Object.values(engines).filter((engine) => engine !== null);
console.log(`Engines: ${browsers.map(({ name }) => name).join(', ')}`);
for (const [name, engine] of Object.entries(engines)) {
  if (!engine) console.log(`NOT TESTED on this machine: the built scripts in ${name}, which is not installed`);
}

export default {
  files: ['test/bundles/*.test.ts'],
  nodeResolve: { exportConditions: ['browser'] },
  concurrentBrowsers: 1,
  // Pages of one browser share who is signed in: one at a time.
  browsers: browsers.map((browser) => Object.assign(browser, { concurrency: 1 })),
  plugins: [clinicPlugin(), esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.json' })],
  // A busy machine takes its time; only what hangs waits for all of it.
  testsStartTimeout: 120_000,
  testsFinishTimeout: 1_200_000,
  testFramework: { config: { timeout: 240_000, forbidOnly: true } },
  testRunnerHtml: (testFramework) => `<!doctype html>
    <script type="module" src="/test/support/browsers/fail-on-errors.mjs"></script>
    <script type="module" src="${testFramework}"></script>`,
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countingReporter()],
};
