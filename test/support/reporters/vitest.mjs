import { summary } from './summary.mjs';

/** A reporter for Vitest that ends with the summary. */
export default class CountingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    const skipped = [];
    const failures = unhandledErrors.map((error) => ({ title: 'outside of a test', error }));
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors, note } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'skipped') skipped.push({ title: test.fullName, reason: note });
        if (state === 'failed') failures.push({ title: test.fullName, error: errors[0] });
      }
      if (module.state() === 'failed' && module.errors().length > 0) {
        failures.push({ title: module.relativeModuleId, error: module.errors()[0] });
      }
    }
    console.log(summary(passed, failures, skipped));
  }
}
