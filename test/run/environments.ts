/**
 * Where each unit test runs. Core has no page, and most tests of elements and locales call plain functions: they run in Node, in
 * each of three time zones. A test that opens a page runs in each engine, and so does what every engine implements in its own way.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));

/** One behind UTC with daylight saving time, one ahead of it by a half hour, one whose clocks move by half an hour. */
export const TIME_ZONES = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'] as const;

/** Dates and their names, timers, events of a page, storage, locks, channels between tabs and cryptography are the engine's. */
const OF_THE_ENGINE = [
  /^test\/core\/time\/(clock|time-zone)/,
  /^test\/core\/push\//,
  /^test\/core\/(sync\/page|inbox\/tabs|calendar\/visitor-id)\.test\.ts$/,
  /^test\/elements\/notifications\/wording\.test\.ts$/,
];

/** A page object, a key that is pressed, an element that is put on the page, or the page itself. */
const OPENS_A_PAGE = /\/support\/pages\/(?!seen|visit)|'@web\/test-runner-commands'|\bfixture\b|\b(window|document)\./;

const unitTests = globSync('test/{core,elements,locales,support}/**/*.test.ts', { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

const opensPage = (file: string) =>
  !file.startsWith('test/core/') && OPENS_A_PAGE.test(readFileSync(join(ROOT, file), 'utf8'));

export const NODE_TESTS: readonly string[] = unitTests.filter((file) => !opensPage(file));

export const BROWSER_TESTS: readonly string[] = unitTests.filter(
  (file) => opensPage(file) || OF_THE_ENGINE.some((pattern) => pattern.test(file)),
);

/** What the tests need to run in Node by Mocha, the framework of @web/test-runner. */
export const MOCHA = { require: ['./test/support/fakes/page-in-node.ts'], extension: ['ts'] };

export const NODE_OPTIONS = [
  '--experimental-webstorage',
  '--localstorage-file=:memory:',
  '--disable-warning=ExperimentalWarning',
];
