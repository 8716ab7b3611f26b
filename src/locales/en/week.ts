import type { WeekMessages } from '../types.ts';

export const enWeek: WeekMessages = {
  month: 'Month',
  previous: 'Previous week',
  next: 'Next week',
  nothing: 'No free times',
  moreTimes: (number) => `${number} more`,
};
