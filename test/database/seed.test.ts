import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import { unpackSnapshot } from '../../src/core/runs.ts';
import type { PackedSnapshot } from '../../src/core/wire.ts';
import { AMARA, Clinic, MIRA } from './support/clinic.ts';

describe('the seed', { timeout: 300_000 }, () => {
  let clinic: Clinic;

  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  it('shows calendars with open times and services', async () => {
    for (const provider of [MIRA.slug, AMARA.slug, 'priya-raman']) {
      const { body } = await clinic.call<PackedSnapshot>('openslot_calendar', { provider });
      const starts = unpackSnapshot(body).slots.map((slot) => slot.start);
      assert.equal(body.provider.slug, provider);
      assert.ok(body.services.length >= 2);
      assert.ok(starts.length > 500);
      assert.deepEqual(starts, starts.toSorted());
    }
  });

  it('changes nothing when it is run again', async () => {
    const contents = `select
      (select jsonb_agg(slot order by id) from openslot.availability_slots slot) as slots,
      (select jsonb_agg(appointment order by id) from openslot.appointments appointment) as appointments,
      (select jsonb_agg(provider order by id) from openslot.providers provider) as providers`;
    const before = await clinic.row(contents);
    const owner = new Client({ connectionString: clinic.sandbox.databaseUrl });
    await owner.connect();
    try {
      await owner.query(await readFile(new URL('../../supabase/seed.sql', import.meta.url), 'utf8'));
    } finally {
      await owner.end();
    }
    assert.deepEqual(await clinic.row(contents), before);
  });
});
