import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chordPlugin } from './test/support/browsers/chord-plugin.mjs';
import { chromium, firefox, webkit } from './test/support/browsers/engines.mjs';
import { countingReporter } from './test/support/reporters/web-test-runner.mjs';

export default {
  files: ['test/{core,elements,locales,support}/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrentBrowsers: 1,
  // Three time zones: behind UTC with DST, ahead of it by a half hour, and with a half-hour DST shift. Three engines where
  // the machine has them.
  browsers: [
    await chromium('America/New_York'),
    firefox('Asia/Kolkata') ?? (await chromium('Asia/Kolkata')),
    webkit('Australia/Lord_Howe') ?? (await chromium('Australia/Lord_Howe')),
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
