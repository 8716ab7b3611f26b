import { expect, test } from './clinic.ts';

for (const timeZone of ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Stockholm']) {
  test(`a patient in ${timeZone} sees the same instants, in local time`, async ({ visit, sandbox }) => {
    const patient = await visit({ timezoneId: timeZone });
    await patient.live();
    await patient.openLastDay();
    const shown = await patient.times.evaluateAll((times) =>
      times.map((time) => ({ start: Date.parse(time.dataset['start'] ?? ''), name: time.textContent.trim() })),
    );
    const [day = ''] = await patient.widget.getByRole('heading', { name: /^\w+day,? \d/ }).allInnerTexts();

    const { rows } = await sandbox.query<{ start: number }>(
      `select (extract(epoch from s.start_time) * 1000)::float8 as start
         from openslot.availability_slots s join openslot.providers p on p.id = s.provider_id
        where p.slug = 'mira-lindqvist' and s.status = 'open'
          and s.start_time between to_timestamp($1::float8 / 1000) and to_timestamp($2::float8 / 1000)
        order by s.start_time`,
      [shown[0]?.start, shown.at(-1)?.start],
    );
    const written = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    const time = written({ hour: 'numeric', minute: '2-digit' });
    const date = written({ weekday: 'long', day: 'numeric', month: 'long' });
    expect(shown.length).toBeGreaterThan(1);
    expect(shown).toEqual(rows.map(({ start }) => ({ start, name: time.format(start) })));
    expect(new Set(rows.map(({ start }) => date.format(start)))).toEqual(new Set([day]));
  });
}
