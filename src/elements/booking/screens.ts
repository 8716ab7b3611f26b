/** Which screen is shown when, and what is loaded when. Only this file imports screens. */
import type { LazyTable } from '../shared/lazy-modules.ts';
import type { Screen, View } from './screen.ts';
import { screen as times } from './times/screen.ts';

interface Row {
  /** The card shows this screen. Where several rows say so, it shows the first one that could be loaded. */
  readonly isShown?: (view: View) => unknown;
  /** The browser loads it at once although the card does not show it, or shows it as a part of another screen. */
  readonly isNeeded?: (view: View) => unknown;
  readonly load: Screen | (() => Promise<{ readonly screen: Screen }>);
}

const choosesTime = ({ flow, offer }: View) => flow.step === 'times' && offer;

export const SCREENS: Readonly<Record<string, Row>> = {
  failure: {
    isShown: ({ failure, flow, state, offer }) =>
      failure ? failure.code !== 'appointment_not_found' : flow.step === 'times' && !offer && state?.error,
    load: () => import('./failure/screen.ts'),
  },
  appointment: {
    isShown: ({ failure, flow }) => (failure ? failure.code === 'appointment_not_found' : flow.step === 'done'),
    isNeeded: ({ token, flow }) => token || flow.booked || flow.busy,
    load: () => import('./appointment/screen.ts'),
  },
  details: {
    isShown: ({ flow }) => flow.step === 'details',
    load: () => import('./details/screen.ts'),
  },
  move: {
    isShown: ({ flow }) => flow.step === 'move',
    load: () => import('./appointment/move-screen.ts'),
  },
  week: { isShown: (view) => choosesTime(view) && view.isWeekly, load: () => import('./week/screen.ts') },
  times: { isShown: choosesTime, load: times },
  zones: { load: () => import('./zones/screen.ts') },
  questions: {
    isNeeded: ({ flow }) => flow.chosen?.service.questions?.length,
    load: () => import('./questions/screen.ts'),
  },
};

/** What is loaded once the times are on the page, so that it is there when the patient goes on. */
export const PRELOADED = ['failure', 'details'];

export const loads: LazyTable<string, Screen> = Object.fromEntries(
  Object.entries(SCREENS).map(([name, { load }]) => [
    name,
    typeof load === 'function' ? async () => (await load()).screen : load,
  ]),
);
