/** A reporter for @web/test-runner that ends with the plain line `N passed, N failed` over all browsers. */
export function countingReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      const count = (suite) => {
        for (const test of suite.tests) {
          if (test.passed) passed += 1;
          else if (!test.skipped) failed += 1;
        }
        suite.suites.forEach(count);
      };
      for (const session of sessions) {
        if (session.testResults) count(session.testResults);
        // A file that didn't load, or an error outside of a test, has no test to its name.
        if (!session.passed && !(session.testResults && hasFailure(session.testResults))) failed += 1;
      }
      console.log(`${passed} passed, ${failed} failed`);
    },
  };
}

function hasFailure(suite) {
  return suite.tests.some((test) => !test.passed && !test.skipped) || suite.suites.some(hasFailure);
}
