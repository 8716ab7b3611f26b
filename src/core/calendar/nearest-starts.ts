import type { Availability, BookableStart } from './availability.ts';

/** The bookable times nearest to one that another visitor took, in order of time. */
export function nearestStarts(availability: Availability, start: string, count = 3): readonly BookableStart[] {
  const target = Date.parse(start);
  return availability.starts
    .filter(({ at }) => at !== target)
    .sort((a, b) => Math.abs(a.at - target) - Math.abs(b.at - target))
    .slice(0, count)
    .sort((a, b) => a.at - b.at);
}
