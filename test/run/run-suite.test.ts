import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readOutcome } from './run-suite.ts';

const FOR_MACHINE = '○ sends a push: NOT TESTED on this machine: its browser has none';
const WITHOUT_ENGINE = 'NOT TESTED on this machine: elements in WebKit, which is not installed';

function read(lines: readonly string[], code: number | null = 0, strict = true) {
  const { passed, failed, failures, skipped } = readOutcome(lines.join('\n'), code, strict);
  return { passed, failed, failures, skipped };
}

describe('the outcome of a suite', () => {
  test('is what its last line counts, and the lines of those that failed', () => {
    assert.deepEqual(read(['1 passed, 0 failed', 'more', '✗ pages: gone', '2 passed, 1 failed'], 1), {
      passed: 2,
      failed: 1,
      failures: ['✗ pages: gone'],
      skipped: [],
    });
  });

  test('is one test if it counts none', () => {
    assert.deepEqual(read(['fine']), { passed: 1, failed: 0, failures: [], skipped: [] });
    assert.deepEqual(read(['bad'], 1), { passed: 0, failed: 1, failures: ['✗ see its output above'], skipped: [] });
  });

  test('is a failure if it dies after its tests, is killed, or runs none', () => {
    for (const [line, code] of [
      ['3 passed, 0 failed', 1],
      ['3 passed, 0 failed', null],
      ['0 passed, 0 failed', 0],
    ] as const) {
      assert.equal(read([line], code).failed, 1);
    }
  });

  test('has what was left out, with its reasons', () => {
    const lines = [WITHOUT_ENGINE, FOR_MACHINE, '○ moves: not yet', '3 passed, 0 failed'];
    assert.deepEqual(read(lines, 0, false), {
      passed: 3,
      failed: 0,
      failures: [],
      skipped: [WITHOUT_ENGINE, FOR_MACHINE, '○ moves: not yet'],
    });
  });

  test('is a failure in CI for each test that is left out for another reason than the machine', () => {
    const { failed, failures } = read([WITHOUT_ENGINE, FOR_MACHINE, '○ moves: not yet', '3 passed, 0 failed']);
    assert.deepEqual([failed, failures], [1, ['✗ was left out ○ moves: not yet']]);
  });
});
