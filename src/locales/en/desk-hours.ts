/** Texts of the panel that edits the weekly hours, days off and extra hours. The browser loads them together with the panel. */
import { count } from './booking.ts';

export const enHours = {
  addRange: (day: string) => `Add hours on ${day}`,
  removeRange: (day: string, range: string) => `Remove ${range} on ${day}`,
  from: 'From',
  to: 'To',
  fromOn: (day: string) => `From, ${day}`,
  toOn: (day: string) => `To, ${day}`,
  copyToWeekdays: 'Copy Monday to Tuesday–Friday',
  addDayOff: 'Add days off',
  addExtra: 'Add extra hours',
  exceptionKind: { off: 'Off', extra: 'Extra hours' },
  allDay: 'Whole days',
  noteFor: 'What for',
  removeException: (what: string) => `Remove ${what}`,
  endsNextDay: 'next day',
  overnight: (range: string) => `${range} (next day)`,
  rangeEmpty: 'Beginning and end can’t be the same.',
  rangeWrong: 'The end must be after the beginning.',
  rangesOverlap: 'These hours overlap.',
  preview: 'See what changes',
  previewing: 'Looking…',
  willAdd: (number: number) => `${count(number, 'time', 'times')} more`,
  willRemove: (number: number) => `${count(number, 'time', 'times')} fewer`,
  willNotChange: 'No times change.',
  outsideTitle: (number: number) =>
    `${count(number, 'appointment', 'appointments')} would lie outside your hours and stay:`,
  whoWhen: (name: string, when: string) => `${name}, ${when}`,
  dayHours: (day: string, hours: string) => `${day} ${hours}`,
  newerHours: 'The hours as they are now',
  takeNewer: 'Use those instead',
};

export type HoursTexts = typeof enHours;
