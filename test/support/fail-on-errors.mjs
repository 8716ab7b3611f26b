/**
 * @web/test-runner loads this before the tests of each file. Mocha fails a test for an uncaught error only, while the
 * runner prints unhandled rejections with `console.error`; here all that is printed so becomes an uncaught error.
 */
const { error } = console;
const RUNNERS_OWN = 'An error was thrown in a Promise outside a test.';

console.error = (...parts) => {
  error.apply(console, parts);
  // The runner prints the error itself after this sentence.
  if (String(parts[0]).startsWith(RUNNERS_OWN)) return;
  globalThis.reportError(parts.find((part) => part instanceof Error) ?? new Error(parts.map(String).join(' ')));
};
