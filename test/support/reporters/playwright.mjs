/** A reporter for @playwright/test that ends with the plain line `N passed, N failed`. */
export default class CountingReporter {
  #passed = 0;
  #failed = 0;
  #suite;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** An error outside of any test, such as a file that doesn't load. */
  onError() {
    this.#failed += 1;
  }

  onEnd() {
    for (const test of this.#suite?.allTests() ?? []) {
      if (test.outcome() === 'unexpected') this.#failed += 1;
      else if (test.outcome() !== 'skipped') this.#passed += 1;
    }
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
  }

  printsToStdio() {
    return false;
  }
}
