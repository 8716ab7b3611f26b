import type { Messages } from '../types.ts';

const rules = new Intl.PluralRules('en');

export function count(number: number, one: string, other: string): string {
  return `${number} ${rules.select(number) === 'one' ? one : other}`;
}

const timesFree = (number: number) => (number > 0 ? count(number, 'time free', 'times free') : 'No free times');

export const en: Messages = {
  lang: 'en',

  widget: (provider) => `Book a time with ${provider}`,
  loading: 'Loading free times',
  loadingAppointment: 'Loading your appointment',
  peopleViewing: (number, capped) =>
    capped ? `${number}+ people viewing` : count(number, 'person viewing', 'people viewing'),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} viewing`,
  connection: { live: 'Live', connecting: 'Connecting', polling: 'Updates regularly', offline: 'Offline' },

  services: 'Service',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  showWeek: 'Week',
  legend: 'The bar shows how much of a day is free.',
  chooseDay: 'Choose a day to see its times.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
  takenTime: (time) => `${time}, taken`,
  justTaken: (time) => `${time} was just taken.`,

  timesShownIn: 'Times shown in',
  showInZone: (zone) => `Show in ${zone}`,
  nextFree: 'Next free:',

  noTimesInMonth: (month) => `No free times in ${month}.`,
  noTimesOnDay: (day) => `No free times on ${day}.`,
  noTimesAtAll: 'No free times right now. As soon as one opens up, it appears here by itself.',
  next: (day) => `Next: ${day}`,
  offline: (since) => `You’re offline. Times as of ${since}.`,
  notUpdating: (since) => `We can’t reach the clinic at the moment. Times as of ${since}.`,
  unreachable: 'We can’t reach the clinic. Please check your connection and try again.',
  tryAgain: 'Try again',
};
