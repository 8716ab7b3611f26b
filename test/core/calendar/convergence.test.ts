import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { isOpenslotError } from '../../../src/core/errors.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject, MIRA, SERVICES } from '../../support/memory/memory-backend.ts';
import { truth, type Visit, visit } from '../../support/pages/visit.ts';

const patient = { name: 'Ada Byron', email: 'ada@example.org' };
const day = Array.from({ length: 9 }, (_, index) =>
  new Date(Date.UTC(2026, 10, 24, 8) + index * 1_200_000).toISOString().replace('.000Z', 'Z'),
);

const strangers = [1, 2, 3].map((number) => `11111111-0000-4000-8000-00000000000${number}`);

/** How many requests were carried out and refused, over all runs. Without a hold, a property of holds would prove nothing. */
const outcomes = new Map<string, number>();
const LEAST_OUTCOMES = {
  'hold: done': 5,
  'hold: refused': 3,
  'book: done': 5,
  'book: refused': 1,
  'others hold: done': 5,
  'others hold: refused': 1,
  'others book: done': 5,
  'others book: refused': 1,
  'ends with a hold': 3,
  'ends confirmed': 5,
  'ends rejected': 1,
} as const;
/** Errors that no project gives as its answer. */
const surprises: unknown[] = [];

function count(outcome: string): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

function countRefusal(what: string, error: unknown): void {
  if (isOpenslotError(error)) count(`${what}: refused`);
  else surprises.push(error);
}

/** Others may be refused, as the slot may be taken. */
function attempt(what: string, act: () => unknown): void {
  try {
    act();
    count(`${what}: done`);
  } catch (error) {
    countRefusal(what, error);
  }
}

function follow(what: string, promise: Promise<unknown>): void {
  promise.then(
    () => count(`${what}: done`),
    (error: unknown) => countRefusal(what, error),
  );
}

/** What may happen to a tab and around it, at one of nine times of a morning, through one of three others. */
const HAPPENS = {
  otherHolds: ({ project }: Visit, start: string, visitor: string) =>
    attempt('others hold', () => project.database.hold({ provider: MIRA.id, service: 'first-visit', start, visitor })),
  otherReleases: ({ project }: Visit, _: string, visitor: string) =>
    attempt('others release', () => project.database.release({ visitor })),
  otherBooks: ({ project }: Visit, start: string, visitor: string) =>
    attempt('others book', () =>
      project.database.book({
        provider: MIRA.id,
        service: 'consultation',
        start,
        patient,
        request_id: crypto.randomUUID(),
        visitor,
      }),
    ),
  staffBlocks: ({ project }: Visit, start: string) =>
    project.database.setStatus(MIRA.id, start, new Date(Date.parse(start) + 1_800_000).toISOString(), 'blocked'),
  staffOpens: ({ project }: Visit) => project.database.setStatus(MIRA.id, day[0]!, day[3]!, 'open'),
  staffRenames: ({ project }: Visit, start: string) => project.database.configure(MIRA.id, { name: start }),
  holds: ({ calendar }: Visit, start: string) => follow('hold', calendar.hold(SERVICES.consultation.slug, start)),
  releases: ({ calendar }: Visit) => follow('release', calendar.release()),
  books: ({ calendar }: Visit, start: string) =>
    follow('book', calendar.book({ service: 'consultation', start, patient })),
  losesMessages: ({ backend }: Visit, _: string, __: string, many: number) => (backend.socket.losesMessages = many),
  losesAnswers: ({ backend }: Visit, _: string, __: string, many: number) => (backend.faults.losesAnswers = many),
  slows: ({ backend }: Visit, _: string, __: string, many: number) => (backend.faults.latency = many * 300),
  drops: ({ backend }: Visit) => backend.socket.drop(),
  stalls: ({ backend }: Visit) => backend.socket.stall(),
  isClosed: ({ backend }: Visit) => backend.socket.closeChannels(),
  goesOffline: ({ backend }: Visit) => backend.goOffline(),
  comesOnline: ({ backend, page }: Visit) => {
    backend.goOnline();
    page.wake();
  },
  wakes: ({ page }: Visit) => page.wake(),
} satisfies Record<string, (tab: Visit, start: string, visitor: string, many: number) => unknown>;

const events = fc.array(
  fc.tuple(
    fc.constantFrom(...(Object.keys(HAPPENS) as (keyof typeof HAPPENS)[])),
    fc.nat({ max: day.length - 1 }),
    fc.nat({ max: strangers.length - 1 }),
    fc.constantFrom(0, 3, 50, 400, 3_000, 20_000),
  ),
  { minLength: 5, maxLength: 40 },
);

describe('whatever happens', () => {
  it('the picture ends equal to the database’s, with the visitor’s own hold and booking as they are', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.nat(), async (happening, seed) => {
        const clock = createFakeClock({ seed });
        const tab = await visit({ clock, project: createMemoryProject({ clock }) });
        for (const [name, at, who, wait] of happening) {
          HAPPENS[name](tab, day[at]!, strangers[who]!, who + 1);
          await clock.advance(wait);
        }
        Object.assign(tab.backend.faults, { losesAnswers: 0, latency: 0 });
        tab.backend.socket.losesMessages = 0;
        tab.backend.goOnline();
        // The visitor does nothing. Meanwhile requests time out, closed channels are rejoined, and checks find lost messages.
        await clock.advance(240_000);
        const { slots, hold, booking, connection, provider } = tab.calendar.getState();
        const facts = truth(tab);
        const expected = facts.map((slot) =>
          Date.parse(slot.held_until ?? '') <= clock.now() ? { ...slot, status: 'open' } : slot,
        );
        expect([...slots.values()].map(({ id, status }) => `${id} ${status}`)).to.deep.equal(
          expected.map(({ id, status }) => `${id} ${status}`),
        );
        expect([connection, provider]).to.deep.equal([
          'live',
          tab.project.database.calendar({ provider: MIRA.id }).provider,
        ]);
        expect(surprises.splice(0)).to.deep.equal([]);
        count(`ends ${booking?.phase ?? 'without a booking'}`);
        count(hold ? 'ends with a hold' : 'ends without a hold');
        for (const start of hold?.slotStarts ?? [])
          expect(facts.find((slot) => slot.start === start)?.status).to.equal('held');
        tab.client.close();
        await clock.advance(60_000);
        expect(clock.pending).to.equal(0);
      }),
      { seed: 20261124, numRuns: 30 },
    );
    for (const [outcome, times] of Object.entries(LEAST_OUTCOMES)) {
      expect(outcomes.get(outcome) ?? 0, outcome).to.be.at.least(times);
    }
  });
});
