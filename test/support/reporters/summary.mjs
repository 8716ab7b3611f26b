/**
 * What every suite ends with: a line for each test that was left out, `○ test: why`, a line for each failure,
 * `✗ test: what went wrong`, and the plain line `N passed, N failed`. `npm test` repeats these lines of all suites at its own
 * end, for readers who see only the end of a long log.
 *
 * @param {number} passed
 * @param {readonly { title: string, error?: unknown }[]} failures
 * @param {readonly { title: string, reason?: string }[]} skipped
 */
export function summary(passed, failures, skipped) {
  return [
    ...skipped.map(({ title, reason }) => `○ ${title}: ${reason || 'no reason is given'}`),
    ...failures.map(({ title, error }) => `✗ ${title}: ${gist(error)}`),
    `${passed} passed, ${failures.length} failed`,
  ].join('\n');
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const LONGEST = 600;

/** The message of an error on one line; the whole of it, with its stack, is in the suite's own report. */
function gist(error) {
  const text = error?.cause?.message ?? error?.message ?? error ?? 'no message';
  return String(text).replaceAll(COLOURS, '').replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
}
