/**
 * `npm run test:browsers`: the tests of core and elements in every engine that is installed: Chromium as in `npm test`, and
 * Firefox (`firefox` or `firefox-esr`). Says which engine it could not find.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import config from './web-test-runner.config.mjs';

function find(...commands) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find((file) => existsSync(file));
}

function firefox(executablePath) {
  const launcher = chromeLauncher({
    puppeteer,
    launchOptions: { browser: 'firefox', executablePath, headless: true },
    // Its pages share the focus of the one window.
    concurrency: 1,
  });
  launcher.name = 'Firefox';
  return launcher;
}

const path = process.env.FIREFOX_PATH ?? find('firefox', 'firefox-esr');
if (!path) console.log('No Firefox found: install it, or set FIREFOX_PATH.');
const [chromium] = config.browsers;

export default { ...config, browsers: [chromium, ...(path ? [firefox(path)] : [])] };
