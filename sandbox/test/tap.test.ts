import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TapCounter } from '../pgtap/tap.ts';

function count(...lines: string[]) {
  const counter = new TapCounter();
  for (const line of lines) counter.read(line);
  return counter.finish();
}

test('passed and failed assertions are counted, with the diagnostics of the failed ones', () => {
  const result = count(
    '1..3',
    'ok 1 - fine',
    'not ok 2 - wrong\n# have: 1\n# want: 2',
    'ok 3 - fine',
    '# Looks like you failed 1 test of 3',
  );
  assert.deepEqual(result, { passed: 2, failed: 1, problems: ['not ok 2 - wrong', '# have: 1', '# want: 2'] });
});

test('TODO and SKIP are no failures', () => {
  assert.deepEqual(count('1..2', 'not ok 1 - later # TODO soon', 'ok 2 # SKIP not here'), {
    passed: 2,
    failed: 0,
    problems: [],
  });
});

test('a missed plan is a failure', () => {
  assert.deepEqual(count('1..2', 'ok 1').problems, ['planned 2 assertions, ran 1']);
});

test('a file without assertions is a failure', () => {
  assert.deepEqual(count('some row'), { passed: 0, failed: 1, problems: ['no assertion ran'] });
});

test('a stream that ends with an error fails once', () => {
  const counter = new TapCounter();
  counter.read('1..5');
  counter.read('ok 1');
  counter.abort('syntax error\nnear line 3');
  assert.deepEqual(counter.finish(), { passed: 1, failed: 1, problems: ['syntax error', 'near line 3'] });
});
