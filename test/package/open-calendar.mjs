/**
 * `node test/package/open-calendar.mjs URL KEY`: follows a calendar with the built package, in the Node that runs this file. Prints how it
 * is connected, and how many slots it has.
 */
import { createOpenslotClient } from 'openslot/core';

const [, , supabaseUrl, supabaseKey] = process.argv;
const calendar = createOpenslotClient({ supabaseUrl, supabaseKey }).calendar({ provider: 'mira-lindqvist' });
const isSettled = ({ connection, slots }) => slots.size > 0 && connection !== 'connecting';

const leave = calendar.subscribe(() => {
  const state = calendar.getState();
  if (!isSettled(state)) return;
  console.log(`${state.connection}, ${state.slots.size} slots`);
  leave();
});
