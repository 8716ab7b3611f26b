/** Tabs on one provider's calendar: plays the events, repairs the network, and checks the final state. */
import assert from 'node:assert/strict';
import type { Appointment, CalendarSnapshot } from '../../../src/core/wire.ts';
import { assertShows, hasRunOut } from './picture.ts';
import type { Scenario, StaffEdit, Step, TabStep } from './steps.ts';
import type { Tab } from './tab.ts';

/** A time that an appointment takes, buffers included, in epoch ms. */
export interface BusyRange {
  readonly from: number;
  readonly until: number;
}

/** The database's own state for a provider, read without any client. */
export interface Truth {
  readonly snapshot: CalendarSnapshot;
  /** Epoch ms by the database's clock. */
  readonly now: number;
  /** Slots marked booked. */
  readonly booked: readonly BusyRange[];
  /** Confirmed appointments, by id. */
  readonly confirmed: ReadonlyMap<
    string,
    { readonly start: string; readonly patient: string; readonly busy: BusyRange }
  >;
}

export interface World {
  readonly tabs: readonly Tab[];
  staff(edit: StaffEdit, at: number, count: number): Promise<void>;
  /** Lets time pass; a world with real time lets less of it pass. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until `check` doesn't throw, or fails with the error of `check`. */
  until(check: () => Promise<void> | void): Promise<void>;
  truth(): Promise<Truth>;
  close(): Promise<void>;
}

/** Plays a scenario to its end, repairs everything, and checks the final state. */
export async function playOut(world: World, { steps }: Scenario): Promise<void> {
  try {
    for (const tab of world.tabs) tab.subscribe();
    await world.pass(1_000);
    for (const step of steps) await play(world, step);
    await heal(world);
    await world.until(async () => {
      const truth = await world.truth();
      for (const tab of world.tabs) checkPicture(tab, truth);
      for (const tab of world.tabs) checkNothingPending(tab, truth);
      checkHoldsAreKnown(world.tabs, truth);
    });
    await checkBookings(world);
  } finally {
    for (const tab of world.tabs) tab.close();
    await world.close();
  }
}

async function play(world: World, step: Step): Promise<void> {
  if (step.do === 'wait') await world.pass(step.ms);
  else if (step.do === 'staff') await world.staff(step.edit, step.at, step.count);
  else happen(world.tabs[step.tab] as Tab, step);
}

/** Starts the step without waiting, because a step that takes time runs beside the next ones. */
function happen(tab: Tab, step: TabStep): void {
  const { calendar, clock, network, page } = tab;
  switch (step.do) {
    case 'hold':
      tab.hold(step.at, step.long);
      break;
    case 'book':
      tab.book(step.at, step.long);
      break;
    case 'book-held':
      tab.bookHeld();
      break;
    case 'release':
      tab.release();
      break;
    case 'cancel':
      tab.cancel();
      break;
    case 'reschedule':
      tab.reschedule(step.at);
      break;
    case 'clear':
      calendar.clearBooking();
      break;
    case 'requests':
      network.requests(step.fate, step.count);
      break;
    case 'messages':
      network.messages(step.fate, step.count);
      break;
    case 'socket':
      network.socket(step.fate);
      break;
    case 'offline':
    case 'online':
      page.online = step.do === 'online';
      network[step.do]();
      page.wake();
      break;
    case 'clock':
      clock.skew = step.ms;
      break;
    case 'sleep':
    case 'wake':
      clock[step.do]();
      break;
    case 'hide':
      page.hide();
      break;
    case 'look':
      page.hidden = false;
      page.wake();
      break;
    case 'leave':
      tab.leave();
      break;
    case 'return':
      tab.subscribe();
  }
}

/** The network works, every tab is open and visible, and every visitor repeats the requests that got no answer. */
async function heal(world: World): Promise<void> {
  for (const tab of world.tabs) {
    const { network, clock, page } = tab;
    network.heal();
    clock.wake();
    const noticed = page.hidden || !page.online;
    page.online = true;
    page.hidden = false;
    // Otherwise no event shows the tab that the network works again.
    if (noticed) page.wake();
    tab.subscribe();
  }
  const settled = () =>
    world.until(() => {
      for (const { name, idle, network } of world.tabs)
        assert.ok(idle && network.quiet, `${name} still has requests under way`);
    });
  await settled();
  for (const tab of world.tabs) tab.repeatUnanswered();
  await settled();
  for (const tab of world.tabs) tab.lookUp();
  await settled();
}

function checkPicture(tab: Tab, truth: Truth): void {
  assertShows(tab.state, truth, tab.name);
  const { error, connection, clockOffset } = tab.state;
  assert.equal(error?.code, undefined, tab.name);
  assert.ok(connection === 'live' || connection === 'polling', `${tab.name} is ${connection}`);
  assert.ok(
    Math.abs(clockOffset + tab.clock.skew) < 2_000,
    `${tab.name} has the server's time except for ${clockOffset + tab.clock.skew} ms`,
  );
}

function checkNothingPending(tab: Tab, { snapshot, now }: Truth): void {
  const { hold, booking } = tab.state;
  assert.ok(tab.idle, `${tab.name} still has requests under way`);
  assert.notEqual(booking?.phase, 'submitting', tab.name);
  assert.deepEqual(tab.unexpectedErrors, [], `${tab.name} got unexpected errors`);
  if (!hold) return;
  assert.ok(hold.heldUntil, `${tab.name}'s hold is confirmed`);
  for (const start of hold.slotStarts) {
    const slot = snapshot.slots.find((other) => other.start === start);
    // A late request may have extended the hold. Staff may have blocked its time, which the patient can book all the same.
    assert.ok(!slot || (slot.held_until ?? '') >= hold.heldUntil, `${tab.name} shows the hold that the database has`);
    assert.ok(Date.parse(hold.heldUntil) > now, `${tab.name}'s hold has not run out`);
  }
}

/** Every held time is held by a visitor whose tab shows the hold. */
function checkHoldsAreKnown(tabs: readonly Tab[], { snapshot, now }: Truth): void {
  // A tab can't know of a hold whose request it gave up before the request arrived. Such a hold expires.
  if (tabs.some(({ network }) => network.lateRequestsPossible)) return;
  const known = new Set(tabs.flatMap((tab) => tab.state.hold?.slotStarts ?? []));
  const forgotten = snapshot.slots.filter(
    (slot) => slot.status === 'held' && !hasRunOut(slot, now) && !known.has(slot.start),
  );
  assert.deepEqual(forgotten, [], 'no tab shows this hold');
}

/** No booking is lost, doubled or shown wrongly, and the booked slots are those of the appointments. */
async function checkBookings({ tabs, truth }: World): Promise<void> {
  const { booked, confirmed } = await truth();
  // A request that arrives after it was repeated and refused may still succeed, without an answer to the patient.
  const ghosts = new Set(tabs.filter(({ network }) => network.lateRequestsPossible).flatMap(({ refused }) => refused));
  const seen = tabs.flatMap((tab) => [...tab.appointments.values()].map(({ appointment }) => appointment));
  const summary = ({ id, start, patient }: Appointment) => `${id} ${start} ${patient.name}`;
  const expected = seen.filter(({ status }) => status === 'confirmed').map(summary);
  const found = [...confirmed]
    .filter(([, { patient }]) => !ghosts.has(patient))
    .map(([id, { start, patient }]) => `${id} ${start} ${patient}`);
  assert.deepEqual(found.sort(), expected.sort(), 'the bookings are those that patients saw confirmed');

  const patients = [...confirmed.values()].map(({ patient }) => patient);
  assert.equal(new Set(patients).size, patients.length, 'no request made two bookings');
  const busy = [...confirmed.values()].map((appointment) => appointment.busy).sort((a, b) => a.from - b.from);
  busy.forEach(({ from }, index) => assert.ok(from >= (busy[index - 1]?.until ?? 0), 'no two appointments overlap'));
  assert.deepEqual(joined(booked), joined(busy), 'booked slots are those of appointments');
}

function joined(ranges: readonly BusyRange[]): BusyRange[] {
  const result: BusyRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last?.until === range.from) result[result.length - 1] = { from: last.from, until: range.until };
    else result.push(range);
  }
  return result;
}
