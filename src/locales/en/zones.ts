import { count } from './booking.ts';
import type { ZonesMessages } from '../types.ts';

export const enZones: ZonesMessages = {
  title: 'Time zone',
  close: 'Close',
  search: 'Search for a city',
  yours: 'Yours',
  clinics: 'The clinic’s',
  others: 'All time zones',
  found: (number) => (number > 0 ? count(number, 'time zone', 'time zones') : 'No time zones'),
  none: (query) => `We know no time zone for “${query}”. Try a larger city nearby.`,
};
