import type { Loader } from './locale.ts';

/** The languages that come with Openslot beside English. Each file exports the parts of a locale. */
export const loaders: Readonly<Record<string, Loader>> = {
  ar: () => import('./ar/booking.ts'),
  de: () => import('./de/booking.ts'),
  es: () => import('./es/booking.ts'),
  fr: () => import('./fr/booking.ts'),
  he: () => import('./he/booking.ts'),
  hi: () => import('./hi/booking.ts'),
  it: () => import('./it/booking.ts'),
  ja: () => import('./ja/booking.ts'),
  nl: () => import('./nl/booking.ts'),
  pl: () => import('./pl/booking.ts'),
  pt: () => import('./pt/booking.ts'),
  tr: () => import('./tr/booking.ts'),
  zh: () => import('./zh/booking.ts'),
};
