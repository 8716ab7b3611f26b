import { summary } from './summary.mjs';

const reasonOf = ({ annotations }) => annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;

/** A reporter for @playwright/test that ends with the summary. */
export default class CountingReporter {
  /** Errors outside of any test, such as a file that doesn't load. */
  #failures = [];
  #suite;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onError(error) {
    this.#failures.push({ title: 'outside of a test', error });
  }

  onEnd() {
    let passed = 0;
    const skipped = [];
    for (const test of this.#suite?.allTests() ?? []) {
      if (test.outcome() === 'unexpected')
        this.#failures.push({ title: test.title, error: test.results.at(-1)?.error });
      else if (test.outcome() === 'skipped') skipped.push({ title: test.title, reason: reasonOf(test) });
      else passed += 1;
    }
    console.log(summary(passed, this.#failures, skipped));
  }

  printsToStdio() {
    return false;
  }
}
