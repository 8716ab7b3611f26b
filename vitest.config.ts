/** Runs every story as a test (`npm test -- stories`): it renders, its play function passes, axe finds nothing. */
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser } from './test/support/browsers/browser.ts';

const browser = await findBrowser();

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      {
        plugins: [await storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'stories',
          testTimeout: 60_000,
          setupFiles: ['test/support/browsers/fail-on-errors.mjs'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: browser.executablePath,
                args: [...browser.args],
                env: { ...process.env, ...browser.env },
              },
              // Without movement, so that axe never measures a text that is half faded in.
              contextOptions: { timezoneId: 'Europe/Stockholm', locale: 'en-GB', reducedMotion: 'reduce' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
