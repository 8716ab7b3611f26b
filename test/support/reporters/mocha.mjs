import mocha from 'mocha';
import { summary } from './summary.mjs';

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = mocha.Runner.constants;

/** A reporter for Mocha in Node that prints failures with their stacks, and the summary. */
class CountingReporter extends mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    let passed = 0;
    const failures = [];
    const skipped = [];
    const titleOf = (test) => test.titlePath().join(' › ');
    runner.on(EVENT_TEST_PASS, () => (passed += 1));
    runner.on(EVENT_TEST_FAIL, (test, error) => failures.push({ title: titleOf(test), error }));
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push({ title: titleOf(test) }));
    runner.once(EVENT_RUN_END, () => {
      mocha.reporters.Base.list(this.failures);
      console.log(summary(passed, failures, skipped));
    });
  }
}

// Mocha calls `require()`, which gives what is exported under this name.
export { CountingReporter as 'module.exports' };
