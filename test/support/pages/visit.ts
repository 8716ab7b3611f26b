/** One tab that looks at a provider of the project in memory, with time standing still. */
import { expect } from '@open-wc/testing';
import { createOpenslotClient, type OpenslotClient } from '../../../src/core/client.ts';
import type { OpenslotError } from '../../../src/core/errors.ts';
import type { Calendar, CalendarOptions } from '../../../src/core/calendar/types.ts';
import type { PatientDetails, Slot } from '../../../src/core/wire.ts';
// They come in chunks of their own, whose loading takes no fake time.
import '../../../src/core/calendar/operations.ts';
import '../../../src/core/realtime/connections.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { createFakePage, type FakePage } from '../fakes/fake-page.ts';
import { createMemoryProject, type Faults, type MemoryBackend, type MemoryProject } from '../memory/memory-backend.ts';

export const PATIENT: PatientDetails = { name: 'Ada Byron', email: 'ada@example.org' };
/** The visitor of another tab. */
export const STRANGER = '11111111-0000-4000-8000-000000000001';

export interface Visit {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly project: MemoryProject;
  readonly backend: MemoryBackend;
  readonly client: OpenslotClient;
  readonly calendar: Calendar;
  /** Ends the subscription that the visit began with. */
  leave(): void;
}

export interface VisitOptions extends Partial<CalendarOptions> {
  readonly clock?: FakeClock;
  readonly project?: MemoryProject;
  readonly faults?: Partial<Faults>;
  readonly seed?: number;
}

/** Opens a tab without waiting for anything. */
export function startVisit(options: VisitOptions = {}): Visit {
  const { seed = 1, faults, provider = 'mira-lindqvist', realtime = 'broadcast', presence = false } = options;
  const clock = options.clock ?? createFakeClock({ seed });
  const page = createFakePage();
  const project = options.project ?? createMemoryProject({ clock });
  const backend = project.backend(faults);
  const client = createOpenslotClient({ backend }, { clock, page });
  const calendar = client.calendar({ provider, realtime, presence });
  const leave = calendar.subscribe(() => undefined);
  return { clock, page, project, backend, client, calendar, leave };
}

/** Opens a tab and waits until its calendar is live. */
export async function visit(options: VisitOptions = {}): Promise<Visit> {
  const opened = startVisit(options);
  // Chunks are loaded in the browser's time: wait for those that the first snapshot needs before fake time goes on.
  await opened.clock.settle();
  await new Promise((resolve) => setTimeout(resolve));
  await opened.clock.advance(350);
  // The rest of what was loaded meanwhile.
  await new Promise((resolve) => setTimeout(resolve));
  await opened.clock.settle();
  return opened;
}

/** What is shown at a time: the status of the slot that begins then, or null when it isn't shown. */
export function shownAt({ calendar }: Visit, start: string): Slot['status'] | null {
  return [...calendar.getState().slots.values()].find((slot) => slot.start === start)?.status ?? null;
}

/** What the database would tell somebody who came now, to compare with what is shown. */
export function truth({ project, calendar }: Visit): readonly Slot[] {
  return project.database.calendar({ provider: calendar.getState().provider?.id ?? '' }).slots;
}

/** After all is said and done, what is shown is what the database has, by whatever message it came. */
export function expectTruth(tab: Visit): void {
  const { slots, fullDays, provider } = tab.calendar.getState();
  const database = tab.project.database.calendar({ provider: provider?.id ?? '' });
  expect([...slots.values()].map(withoutRevision)).to.deep.equal(database.slots.map(withoutRevision));
  expect(fullDays.map(withoutRevision)).to.deep.equal(database.fullDays.map(withoutRevision));
}

function withoutRevision<T extends object>(known: T): T {
  return { ...known, revision: 0 };
}

/** The code that a promise is rejected with; `none` when it isn't. */
export function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as OpenslotError).code,
  );
}
