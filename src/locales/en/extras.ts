import { count } from './booking.ts';
import type { ExtraMessages } from '../types.ts';

export const enExtras: ExtraMessages = {
  zones: {
    title: 'Time zone',
    close: 'Close',
    search: 'Search for a city',
    yours: 'Yours',
    clinics: 'The clinic’s',
    others: 'All time zones',
    found: (number) => (number > 0 ? count(number, 'time zone', 'time zones') : 'No time zones'),
    none: (query) => `We know no time zone for “${query}”. Try a larger city nearby.`,
  },
  week: {
    month: 'Month',
    previous: 'Previous week',
    next: 'Next week',
    nothing: 'No free times',
    moreTimes: (number) => `${number} more`,
  },
  questions: {
    choose: 'Please choose…',
    missing: 'Please answer this question.',
    choiceMissing: 'Please choose one of these.',
    choicesMissing: 'Please choose at least one of these.',
    tickMissing: 'Please tick this box to go on.',
    dateMissing: 'Please enter a date.',
    tooLong: (most) => `Please use at most ${count(most, 'character', 'characters')}.`,
  },
};
