/**
 * The runners of element tests and of stories load this before the tests of each file. They fail for an uncaught error; here
 * whatever is printed with `console.error` becomes one. That is also how @web/test-runner treats an unhandled rejection.
 */
const { error } = console;
const RUNNERS_OWN = 'An error was thrown in a Promise outside a test.';

console.error = (...parts) => {
  error.apply(console, parts);
  // The runner prints the error itself after this sentence.
  if (String(parts[0]).startsWith(RUNNERS_OWN)) return;
  globalThis.reportError(parts.find((part) => part instanceof Error) ?? new Error(parts.map(String).join(' ')));
};
