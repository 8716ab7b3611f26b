/** The choice of the PostgreSQL to start, and the errors for one that can't be started. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PostgresError } from '../database/postgres-error.ts';
import { findPostgres, OWN_POSTGRES } from '../database/postgres-binaries.ts';

describe('the PostgreSQL in a folder of the caller’s choice', () => {
  const chosen = process.env[OWN_POSTGRES] ?? '';
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'openslot-postgres-test-'));
    process.env[OWN_POSTGRES] = folder;
  });
  afterEach(async () => {
    process.env[OWN_POSTGRES] = chosen;
    await rm(folder, { recursive: true });
  });

  /** Programs of which `postgres --version` prints this answer. */
  async function install(answer: string, programs = ['initdb', 'postgres']): Promise<void> {
    for (const name of programs) {
      await writeFile(path.join(folder, name), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    }
  }

  async function refusal(): Promise<[string, string]> {
    const error: unknown = await findPostgres().then(
      () => null,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PostgresError, String(error));
    return [error.code, error.message];
  }

  test('is used instead of npm’s', async () => {
    await install('postgres (PostgreSQL) 16.4 (Debian 16.4-1)');
    const { initdb, postgres, version } = await findPostgres();
    assert.deepEqual(
      { initdb, postgres, version },
      { initdb: path.join(folder, 'initdb'), postgres: path.join(folder, 'postgres'), version: '16.4' },
    );
  });

  test('must be at least 15', async () => {
    await install('postgres (PostgreSQL) 14.19');
    assert.deepEqual(await refusal(), ['too_old', `Openslot needs PostgreSQL 15 or newer; ${folder} has 14.19.`]);
    await install('postgres (PostgreSQL) 15beta1');
    assert.equal((await findPostgres()).version, '15beta1');
  });

  test('must exist', async () => {
    const [code, message] = await refusal();
    assert.equal(code, 'not_installed');
    assert.ok(message.startsWith(`PostgreSQL does not run from ${folder}: `), message);
  });

  test('must be PostgreSQL', async () => {
    await install('hello');
    assert.deepEqual(await refusal(), ['not_installed', `PostgreSQL does not run from ${folder}: it says "hello"`]);
  });

  test('must be able to make a database', async () => {
    await install('postgres (PostgreSQL) 16.4', ['postgres']);
    assert.deepEqual(await refusal(), ['not_installed', `${folder} has no initdb.`]);
  });
});
