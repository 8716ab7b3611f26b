/** Which error a caller receives when something is missing that Openslot's functions use in the database. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { isOpenslotError } from '../../src/core/errors.ts';
import { createSupabaseBackend } from '../../src/core/calendar/supabase-backend.ts';
import type { Backend } from '../../src/core/calendar/backend.ts';

describe('a broken installation', () => {
  let sandbox: Sandbox;
  let backend: Backend;

  before(async () => {
    sandbox = await startSandbox();
    backend = createSupabaseBackend({ supabaseUrl: sandbox.url, supabaseKey: sandbox.publishableKey });
  });
  after(() => sandbox.stop());

  for (const [title, sqlstate, status, hide, restore] of [
    [
      'a function is missing',
      '42883',
      404,
      'alter function openslot.find_provider(text) rename to hidden',
      'alter function openslot.hidden(text) rename to find_provider',
    ],
    [
      'a table is missing',
      '42P01',
      404,
      'alter table openslot.opening_ranges rename to hidden',
      'alter table openslot.hidden rename to opening_ranges',
    ],
    [
      'the schema is missing',
      '3F000',
      400,
      'alter schema openslot rename to hidden',
      'alter schema hidden rename to openslot',
    ],
  ] as const) {
    test(`${title}: not_installed, and asking again is no use`, async () => {
      await backend.calendar({ provider: 'mira-lindqvist' });
      await sandbox.query(hide);
      const error = await backend.calendar({ provider: 'mira-lindqvist' }).then(
        () => assert.fail('the calendar was answered'),
        (reason: unknown) => reason,
      );
      await sandbox.query(restore);
      assert.ok(isOpenslotError(error), String(error));
      assert.deepEqual(
        [error.code, error.status, error.detail, error.transient],
        ['not_installed', status, { code: sqlstate }, false],
      );
      assert.match(error.message, /does not exist/);
      await backend.calendar({ provider: 'mira-lindqvist' });
    });
  }
});
