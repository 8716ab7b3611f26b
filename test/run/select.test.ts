import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { select } from './select.ts';

const SYNC = ['test/core/sync/page.test.ts', 'test/core/sync/retry-range.test.ts', 'test/core/sync/retry.test.ts'];
const DESK = ['test/elements/desk/openslot-desk-session.test.ts', 'test/elements/desk/openslot-desk.test.ts'];
const SANDBOX = ['sandbox/realtime/test/frames.test.ts', 'sandbox/test/data-api.test.ts', 'sandbox/test/start.test.ts'];
const SQL = ['supabase/tests/hours_become_slots.test.sql', 'supabase/tests/staff_run_their_day.test.sql'];
const STORIES = [
  'stories/booking/openslot-times.stories.ts',
  'stories/desk/openslot-desk-surroundings.stories.ts',
  'stories/desk/openslot-desk.stories.ts',
];

const repository = {
  suites: [
    { name: 'node', files: SYNC },
    { name: 'browser', files: [SYNC[0]!, ...DESK, 'test/locales/languages.test.ts'] },
    { name: 'stories', files: STORIES },
    { name: 'sandbox', files: SANDBOX },
    { name: 'sql', files: SQL },
    { name: 'lint' },
    { name: 'types' },
  ],
  groups: { check: ['lint', 'types'] },
  sources: [
    'src/core/sync/page.ts',
    'src/core/sync/retry.ts',
    'src/core/sync/store.ts',
    'src/elements/booking/times/openslot-times.ts',
    'src/elements/booking/times/tiles.ts',
    'src/elements/desk/openslot-desk.ts',
    'src/locales/de/booking.ts',
    'src/define.ts',
    'sandbox/api/data-api.ts',
    'sandbox/api/keys.ts',
    'sandbox/realtime/frames.ts',
    'supabase/migrations/1_slots.sql',
  ],
};

function selected(...names: string[]) {
  const { suites, unknown } = select(names, repository);
  return { ...Object.fromEntries(suites), ...(unknown.length > 0 && { unknown }) };
}

describe('a name selects', () => {
  test('a suite, and all suites of a group', () => {
    assert.deepEqual(selected('sql'), { sql: null });
    assert.deepEqual(selected('check'), { lint: null, types: null });
  });

  test('the tests of a folder of src, in each suite that runs them', () => {
    assert.deepEqual(selected('src/core/sync'), { node: SYNC, browser: [SYNC[0]] });
    assert.deepEqual(selected('./src/core/sync/'), selected('src/core/sync'));
  });

  test('the tests that are named after a file of src, or those of its folder', () => {
    assert.deepEqual(selected('src/core/sync/retry.ts'), { node: SYNC.slice(1) });
    assert.deepEqual(selected('src/core/sync/store.ts'), { node: SYNC, browser: [SYNC[0]] });
  });

  test('the tests of the nearest folder where the mirrored one has none', () => {
    assert.deepEqual(selected('src/locales/de/booking.ts'), { browser: ['test/locales/languages.test.ts'] });
  });

  test('the stories of an element', () => {
    assert.deepEqual(selected('src/elements/desk/openslot-desk.ts'), { browser: DESK, stories: STORIES.slice(1) });
    assert.deepEqual(selected('src/elements/booking/times'), { stories: STORIES.slice(0, 1) });
  });

  test('one file of tests or stories', () => {
    assert.deepEqual(selected(DESK[1]!), { browser: [DESK[1]] });
    assert.deepEqual(selected(STORIES[0]!), { stories: [STORIES[0]] });
    assert.deepEqual(selected(SQL[0]!), { sql: [SQL[0]] });
  });

  test('files of tests with a part of their name', () => {
    assert.deepEqual(selected('openslot-desk'), { browser: DESK, stories: STORIES.slice(1) });
    assert.deepEqual(selected('retry'), { node: SYNC.slice(1) });
  });

  test('the tests beside a file of the sandbox', () => {
    assert.deepEqual(selected('sandbox/api/data-api.ts'), { sandbox: ['sandbox/test/data-api.test.ts'] });
    assert.deepEqual(selected('sandbox/api/keys.ts'), { sandbox: SANDBOX.slice(1) });
    assert.deepEqual(selected('sandbox/realtime'), { sandbox: SANDBOX.slice(0, 1) });
  });

  test('all stories of the database for a migration', () => {
    assert.deepEqual(selected('supabase/migrations/1_slots.sql'), { sql: SQL });
  });

  test('together with others, each file once', () => {
    assert.deepEqual(selected('retry', 'src/core/sync/retry.ts', 'page'), {
      node: [...SYNC.slice(1), SYNC[0]],
      browser: [SYNC[0]],
    });
    assert.deepEqual(selected('openslot-desk', 'stories'), { browser: DESK, stories: null });
    assert.deepEqual(selected('stories', 'openslot-times'), { stories: null });
  });

  test('nothing, and is reported, if no test belongs to it', () => {
    assert.deepEqual(selected('nonsense', 'sql', 'src/define.ts', 'src/core/sink'), {
      sql: null,
      unknown: ['nonsense', 'src/define.ts', 'src/core/sink'],
    });
  });
});
