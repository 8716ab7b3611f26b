import { expect, test } from './clinic.ts';

for (const timeZone of ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Stockholm']) {
  test(`a patient in ${timeZone} sees the same instants, in local time`, async ({ visit, sandbox }) => {
    const patient = await visit({ timeZone });
    await patient.live();
    await patient.openLastDay();
    const shown = await patient.timeNames();
    const { rows } = await sandbox.query(
      `select (extract(epoch from s.start_time) * 1000)::float8 as start from openslot.availability_slots s join openslot.providers p on p.id = s.provider_id
        where p.slug = 'mira-lindqvist' and s.status = 'open'`,
    );
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: '2-digit' });
    const possible = new Set(rows.map((row) => format.format((row as { start: number }).start)));
    for (const time of shown) expect(possible).toContain(time);
  });
}
