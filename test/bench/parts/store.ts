/** The cost of one message for a widget with 5,000 loaded slots, without drawing: the browser part measures that. */
import { createAvailability } from '../../../src/core/index.ts';
import { applyChange, applySnapshot } from '../../../src/core/calendar/slots.ts';
import type { ChangedSlot, Provider, Service } from '../../../src/core/wire.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf, timed } from '../report/spread.ts';

const [SLOTS, RUNS] = [5_000, 5_000];
const MINUTE_MS = 60_000;
const SLOT_MS = 15 * MINUTE_MS;
const START = Date.UTC(2030, 0, 7);
const BUDGET_MS = 1;

const provider: Provider = {
  id: '',
  slug: '',
  name: '',
  title: null,
  avatar_url: null,
  time_zone: 'Europe/Stockholm',
  slot_minutes: 15,
  min_notice_minutes: 0,
  change_notice_minutes: null,
  change_policy: null,
  booking_window_days: 366,
  clinic: '',
};
const service: Service = {
  id: '',
  slug: '',
  name: '',
  description: null,
  duration_minutes: 30,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
};

function slotAt(index: number, revision: number, status: ChangedSlot['status']): ChangedSlot {
  const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
  const from = START + index * SLOT_MS;
  const held_until = status === 'held' ? iso(START + SLOT_MS) : null;
  return { id: from / MINUTE_MS, start: iso(from), end: iso(from + SLOT_MS), status, held_until, revision };
}

export const store: Part = async () => {
  const slots = Array.from({ length: SLOTS }, (_, index) => slotAt(index, 1, 'open'));
  let state = applySnapshot(null, { revision: 1, slots, fullDays: [] });
  const messageOf = (revision: number) => {
    const index = (revision * 997) % SLOTS;
    const status = state.slots.get((START + index * SLOT_MS) / MINUTE_MS)?.status === 'open' ? 'booked' : 'open';
    return { after: revision - 1, revision, slots: [slotAt(index, revision, status)], fullDays: [] };
  };
  const apply = spreadOf(
    await timed(RUNS, () => {
      state = applyChange(state, messageOf(state.revision + 1));
    }),
  );
  const availability = createAvailability();
  const both = spreadOf(
    await timed(RUNS / 5, () => {
      state = applyChange(state, messageOf(state.revision + 1));
      availability({
        slots: state.slots,
        fullDays: state.days,
        provider,
        service,
        zone: 'Europe/Stockholm',
        now: START,
      });
    }),
  );
  const rows: Row[] = [
    {
      what: `store: apply one message, ${SLOTS} slots loaded`,
      unit: 'ms',
      measured: apply,
      budget: atMost(BUDGET_MS, apply.p99, `p99 < ${BUDGET_MS} ms`),
    },
    { what: 'the same, and work out the bookable times', unit: 'ms', measured: both },
    {
      what: `apply a snapshot of ${SLOTS} slots`,
      unit: 'ms',
      measured: spreadOf(await timed(RUNS / 50, () => applySnapshot(null, { revision: 1, slots, fullDays: [] }))),
    },
  ];
  return { rows };
};
