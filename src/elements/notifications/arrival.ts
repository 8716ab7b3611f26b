/** What `<openslot-notifications>` says about notifications that have just arrived. Pure. */
import type { Arrival } from '../../core/inbox/types.ts';
import type { Toast } from './openslot-toasts.ts';
import type { InboxDisplay } from './wording.ts';

export const MOST_TOASTS = 3;

export interface ArrivalTexts {
  /** For screen readers. */
  readonly announcement: string;
  /** One for each notification, or one that sums them up. */
  readonly toasts: readonly Omit<Toast, 'key'>[];
}

/** Sums the notifications up where there are too many for a toast each, or where they came while the page was hidden. */
export function textsOfArrival({ notifications, away }: Arrival, display: InboxDisplay): ArrivalTexts {
  const words = notifications.map((notification) => display.words(notification));
  if (words.length > MOST_TOASTS || (away && words.length > 1)) {
    const summary = display.messages.summary(words.length);
    return { announcement: summary, toasts: [{ what: summary, about: null, isSummary: true }] };
  }
  return {
    announcement: words.map(({ what }) => what).join(' '),
    toasts: words.map(({ what, about, message }) => ({ what, about: message ?? about, isSummary: false })),
  };
}
