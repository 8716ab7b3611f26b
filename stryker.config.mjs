import { MOCHA, NODE_OPTIONS, NODE_TESTS } from './test/run/environments.ts';

/** Files of elements whose functions need no page. */
const FUNCTIONS = [
  'booking/appointment/calendar-links',
  'booking/appointment/ics',
  'booking/attributes',
  'booking/details/draft',
  'booking/details/patient-details',
  'booking/details/phone',
  'booking/offer',
  'booking/times/month-page',
  'booking/times/tiles',
  'desk/agenda/grid',
  'desk/agenda/layout',
  'desk/panels/hours-draft',
  'desk/starts',
  'notifications/attributes',
  'notifications/wording',
  'shared/initials',
];

/**
 * `npm run test:mutants`: changes the code in thousands of small ways, one at a time, and shows which of them no test
 * notices. Read reports/mutants.html. What did not change since the run before is not run again; add `--force` for all of it.
 * One file: `npm run test:mutants -- --mutate src/core/calendar/sync.ts`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  // The framework of @web/test-runner, in Node: it need not start a browser for each change.
  mochaOptions: { ...MOCHA, spec: [...NODE_TESTS] },
  testRunnerNodeArgs: [...NODE_OPTIONS],
  mutate: [
    'src/core/**/*.ts',
    ...FUNCTIONS.map((name) => `src/elements/${name}.ts`),
    // Only a browser has service workers, and its push service isn't ours to run.
    '!src/core/push/browser.ts',
  ],
  // What runs only while a file is loaded, as tables and constants do, would cost a new process and all tests for each change.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: 'reports/mutants-incremental.json',
  reporters: ['clear-text', 'progress', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutants.html' },
  jsonReporter: { fileName: 'reports/mutants.json' },
  clearTextReporter: { reportTests: false, logTests: false },
  // A busy machine takes its time.
  timeoutMS: 10_000,
  timeoutFactor: 2,
};
