/**
 * Launchers of @web/test-runner, each in a time zone of its own: Chromium, Firefox, WebKit. Those of Firefox and WebKit are
 * null where the machine doesn't have them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import puppeteer from 'puppeteer-core';
import { findBrowser } from './browser.ts';

function find(...commands) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find((file) => existsSync(file));
}

export async function chromium(timeZone) {
  const { executablePath, args, env, concurrent } = await findBrowser();
  const launcher = chromeLauncher({
    launchOptions: { executablePath, headless: 'shell', args: [...args], env: { ...process.env, ...env } },
    concurrency: concurrent ? 2 : 1,
    createPage: async ({ context }) => {
      const page = await context.newPage();
      await page.emulateTimezone(timeZone);
      return page;
    },
  });
  launcher.name = `Chromium in ${timeZone}`;
  return launcher;
}

/** FIREFOX_PATH, else what is installed; headless, through WebDriver BiDi. Its pages share a focus: one at a time. */
export function firefox(timeZone) {
  const executablePath = process.env.FIREFOX_PATH ?? find('firefox', 'firefox-esr');
  if (!executablePath) return null;
  const launcher = chromeLauncher({
    puppeteer,
    launchOptions: { browser: 'firefox', executablePath, headless: true, env: { ...process.env, TZ: timeZone } },
    concurrency: 1,
  });
  launcher.name = `Firefox in ${timeZone}`;
  return launcher;
}

/** WebKitGTK's own small browser through WebKitWebDriver, on a display of its own; one page at a time. */
export function webkit(timeZone) {
  const [driver, display] = [find('WebKitWebDriver'), find('Xvfb')];
  if (!driver || !display) return null;
  const options = {
    hostname: '127.0.0.1',
    path: '/',
    logLevel: 'error',
    capabilities: { 'wdio:enforceWebDriverClassic': true },
  };
  const launcher = webdriverLauncher(options);
  const { initialize, startSession, stop } = launcher;
  const name = `WebKit in ${timeZone}`;
  const processes = [];
  let started;
  const start = async () => {
    const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    processes.push(screen);
    const [number, port] = await Promise.all([firstOutput(screen, screen.stdio[3]), freePort()]);
    // A display without a graphics card composes pages in software, which costs a fifth of the time.
    const env = { ...process.env, DISPLAY: `:${number}`, TZ: timeZone, WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
    processes.push(spawn(driver, ['-p', String(port)], { env, stdio: 'ignore' }));
    await isListening(port);
    options.port = port;
  };
  return Object.assign(launcher, {
    name,
    concurrency: 1,
    async initialize(config) {
      await initialize.call(launcher, config);
      // It names itself after its capabilities.
      launcher.name = name;
    },
    async startSession(...args) {
      started ??= start();
      await started;
      return startSession.apply(launcher, args);
    },
    async stop() {
      await stop.call(launcher);
      for (const child of processes.reverse()) child.kill();
    },
  });
}

/** The first that a process writes to a stream of its own. */
function firstOutput(child, stream) {
  return new Promise((resolve, reject) => {
    stream.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

/** Resolves once a server that was just started takes connections. */
async function isListening(port) {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').catch(() => null);
    socket.destroy();
    if (isOpen) return;
    await setTimeout(100);
  }
  throw new Error(`Nobody listens on port ${port}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
