import { summary } from './summary.mjs';

/** A reporter for node:test that ends with the summary. Suites don't count, their tests do. */
export default async function* countingReporter(events) {
  let passed = 0;
  const failures = [];
  const skipped = [];
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (data?.skip !== undefined || data?.todo !== undefined) {
      if (type === 'test:pass') skipped.push(data.name);
      continue;
    }
    if (type === 'test:pass') passed += 1;
    if (type === 'test:fail') failures.push({ title: data.name, error: data.details.error });
  }
  yield `${summary(passed, failures, skipped)}\n`;
}
