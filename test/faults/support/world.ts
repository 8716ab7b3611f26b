/** Some tabs on one provider's calendar: plays what happens to them, heals it, and says what must be true then. */
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

/** The database's own account of a provider, past all clients. */
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
  /** Lets time pass; in a world of real time, less of it. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until it is so, or fails with what `check` throws. */
  until(check: () => Promise<void> | void): Promise<void>;
  truth(): Promise<Truth>;
  close(): Promise<void>;
}

/** Plays a scenario to its end and checks that nothing of it is left behind. */
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
      checkNobodyIsForgotten(world.tabs, truth);
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

/** Begins it and doesn't wait: what takes time goes on beside the next steps. */
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

/** The network is well, every tab is open and looked at, and whoever has a question open asks it again. */
async function heal(world: World): Promise<void> {
  for (const tab of world.tabs) {
    const { network, clock, page } = tab;
    network.heal();
    clock.wake();
    const noticed = page.hidden || !page.online;
    page.online = true;
    page.hidden = false;
    // Otherwise nothing tells the tab that all is well.
    if (noticed) page.wake();
    tab.subscribe();
  }
  const settled = () =>
    world.until(() => {
      for (const { name, idle, network } of world.tabs) assert.ok(idle && network.quiet, `${name} still asks`);
    });
  await settled();
  for (const tab of world.tabs) tab.askAgain();
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
    `${tab.name} knows the server's time but for ${clockOffset + tab.clock.skew} ms`,
  );
}

function checkNothingPending(tab: Tab, { snapshot, now }: Truth): void {
  const { hold, booking } = tab.state;
  assert.ok(tab.idle, `${tab.name} still asks`);
  assert.notEqual(booking?.phase, 'submitting', tab.name);
  assert.deepEqual(tab.surprises, [], `${tab.name} got errors that nobody should get`);
  if (!hold) return;
  assert.ok(hold.heldUntil, `${tab.name}'s hold is confirmed`);
  for (const start of hold.slotStarts) {
    const slot = snapshot.slots.find((other) => other.start === start);
    // A request that came late may have extended it.
    assert.ok((slot?.held_until ?? '') >= hold.heldUntil, `${tab.name} holds what the database says`);
    assert.ok(Date.parse(hold.heldUntil) > now, `${tab.name}'s hold has not run out`);
  }
}

/** Every time that is held is held by somebody who knows. */
function checkNobodyIsForgotten(tabs: readonly Tab[], { snapshot, now }: Truth): void {
  // Nobody can know of a hold that was asked for and given up before the question arrived. It runs out.
  if (tabs.some(({ network }) => network.haunted)) return;
  const known = new Set(tabs.flatMap((tab) => tab.state.hold?.slotStarts ?? []));
  const forgotten = snapshot.slots.filter(
    (slot) => slot.status === 'held' && !hasRunOut(slot, now) && !known.has(slot.start),
  );
  assert.deepEqual(forgotten, [], 'nobody knows who holds it');
}

/** No booking is lost, doubled or told wrongly, and the booked slots are those of the appointments. */
async function checkBookings({ tabs, truth }: World): Promise<void> {
  const { booked, confirmed } = await truth();
  // A question that arrives after it was asked again and refused may still succeed, untold.
  const ghosts = new Set(tabs.filter(({ network }) => network.haunted).flatMap(({ refused }) => refused));
  const told = tabs.flatMap((tab) => [...tab.appointments.values()].map(({ appointment }) => appointment));
  const summary = ({ id, start, patient }: Appointment) => `${id} ${start} ${patient.name}`;
  const expected = told.filter(({ status }) => status === 'confirmed').map(summary);
  const found = [...confirmed]
    .filter(([, { patient }]) => !ghosts.has(patient))
    .map(([id, { start, patient }]) => `${id} ${start} ${patient}`);
  assert.deepEqual(found.sort(), expected.sort(), 'what is booked is what patients were told');

  const patients = [...confirmed.values()].map(({ patient }) => patient);
  assert.equal(new Set(patients).size, patients.length, 'nobody is booked twice for one request');
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
