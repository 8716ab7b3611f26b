import { summary } from './summary.mjs';

/** A reporter for node:test that ends with the summary. Suites don't count, their tests do. */
export default async function* countingReporter(events) {
  let passed = 0;
  const failures = [];
  const skipped = [];
  for await (const { type, data } of events) {
    const why = data?.skip ?? data?.todo;
    if (why !== undefined) {
      // `skip: true` gives no reason, `skip: 'why'` does. A suite that is left out has no tests to count.
      const left = type === 'test:pass' || type === 'test:fail';
      if (left) skipped.push({ title: data.name, reason: typeof why === 'string' ? why : undefined });
      continue;
    }
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') passed += 1;
    if (type === 'test:fail') failures.push({ title: data.name, error: data.details.error });
  }
  yield `${summary(passed, failures, skipped)}\n`;
}
