import { expect, test } from './clinic.ts';

test('two hundred slots that change in one transaction are one broadcast, and every open widget is right', async ({
  visit,
  sandbox,
}) => {
  const pages = await Promise.all([visit(), visit()]);
  await Promise.all(pages.map((page) => page.live()));
  const frames: string[] = [];
  await Promise.all(pages.map((page) => page.ready()));
  // A third page, whose frames are counted from its first one.
  const listener = await visit({
    prepare: (page) => {
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())));
    },
  });
  await listener.live();
  const before = frames.filter((frame) => frame.includes('"revision"')).length;
  const nextBefore = await listener.nextFree.innerText();

  const { rows } = await sandbox.query(
    `insert into openslot.overrides (provider_id, effect, during)
     select p.id, 'closed', tstzrange(s.start_time, s.end_time)
       from openslot.availability_slots s join openslot.providers p on p.id = s.provider_id
      where p.slug = 'mira-lindqvist' and s.status = 'open' and s.start_time > now() order by s.start_time limit 200
     returning during`,
  );
  expect(rows).toHaveLength(200);

  const expected = await sandbox.query(
    `select (extract(epoch from min(s.start_time)) * 1000)::float8 as next from openslot.availability_slots s join openslot.providers p on p.id = s.provider_id
      where p.slug = 'mira-lindqvist' and s.status = 'open' and s.start_time > now() + interval '1 hour'`,
  );
  const next = (expected.rows[0] as { next: number }).next;
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Stockholm',
    hour: 'numeric',
    minute: '2-digit',
  }).format(next);
  for (const page of [...pages, listener]) {
    await expect(page.nextFree).not.toHaveText(nextBefore);
    await expect(page.nextFree).toHaveText(new RegExp(`, ${text}$`));
  }
  expect(frames.filter((frame) => frame.includes('"revision"')).length - before).toBe(1);
});
