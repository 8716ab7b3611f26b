import { summary } from './summary.mjs';

/** A reporter for @web/test-runner that ends with the summary over all browsers. */
export function countingReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      const failures = [];
      const skipped = [];
      const count = (suite, path) => {
        for (const test of suite.tests) {
          const title = [...path, test.name].join(' › ');
          if (test.passed) passed += 1;
          else if (test.skipped) skipped.push({ title });
          else failures.push({ title, error: test.error });
        }
        for (const inner of suite.suites) count(inner, [...path, inner.name]);
      };
      for (const session of sessions) {
        const before = failures.length;
        const file = `${session.browser.name}, ${session.testFile}`;
        if (session.testResults) count(session.testResults, [file]);
        // A file that didn't load, or an error outside of a test, has no test to its name.
        if (!session.passed && failures.length === before) failures.push({ title: file, error: session.errors[0] });
      }
      // The default reporter leaves the cursor within a line.
      console.log(`\n${summary(passed, failures, skipped)}`);
    },
  };
}
