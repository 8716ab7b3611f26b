import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { findBrowser } from './test/support/browser.ts';
import { countingReporter } from './test/support/reporters/web-test-runner.mjs';

/** One browser per zone: behind UTC with DST, ahead of it by a half hour, and with a half-hour DST shift. */
const TIME_ZONES = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];

const browser = await findBrowser();

function browserIn(timeZone) {
  const launcher = chromeLauncher({
    launchOptions: {
      executablePath: browser.executablePath,
      headless: 'shell',
      args: [...browser.args],
      env: { ...process.env, ...browser.env },
    },
    concurrency: browser.concurrent ? 2 : 1,
    createPage: async ({ context }) => {
      const page = await context.newPage();
      await page.emulateTimezone(timeZone);
      return page;
    },
  });
  launcher.name = timeZone;
  return launcher;
}

export default {
  files: ['test/core/**/*.test.ts', 'test/elements/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrentBrowsers: 1,
  browsers: TIME_ZONES.map(browserIn),
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.json' })],
  // A busy machine takes its time; only what hangs waits for all of it.
  testsStartTimeout: 120_000,
  testsFinishTimeout: 900_000,
  testFramework: { config: { timeout: 60_000 } },
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countingReporter()],
};
