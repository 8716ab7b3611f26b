/** End-to-end tests: real pages, the built script bundle, a sandbox of their own per worker. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/support/browsers/browser.ts';

const browser = await findBrowser();

export default defineConfig({
  // The pages load what is built.
  globalSetup: './test/e2e/build.ts',
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['line']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    launchOptions: {
      executablePath: browser.executablePath,
      args: [...browser.args],
      env: { ...process.env, ...browser.env },
    },
  },
});
