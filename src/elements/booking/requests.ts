import type { Answer } from '../../core/wire.ts';

/**
 * What inner elements request of `<openslot-booking>`: state comes down as properties, requests go up as these events.
 * They bubble but are not composed, so they never leave the widget.
 */
export interface Requests {
  /** `service` is the id of one. */
  'openslot-service-select': { readonly service: string };
  /** `day` is `YYYY-MM-DD`. */
  'openslot-day-select': { readonly day: string };
  /** `month` is `YYYY-MM`. */
  'openslot-month-change': { readonly month: string };
  /** `start` is an ISO instant. */
  'openslot-time-select': { readonly start: string };
  /** `zone` is an IANA name. */
  'openslot-zone-change': { readonly zone: string };
  /** Show the list of all time zones. */
  'openslot-zone-list': null;
  'openslot-zone-list-close': null;
  'openslot-view-change': { readonly view: 'month' | 'week' };
  /** Show a time without choosing it. */
  'openslot-time-show': { readonly start: string };
  'openslot-details-change': { readonly field: keyof Draft; readonly value: string };
  /** `key` of the question; null removes the answer. */
  'openslot-answer-change': { readonly key: string; readonly answer: Answer | null };
  'openslot-details-submit': { readonly draft: Draft };
  'openslot-hold-extend': null;
  'openslot-back': null;
  'openslot-retry': null;
  'openslot-reschedule-request': null;
  'openslot-move-confirm': null;
  /** `reason` is what the patient wrote about it, if anything. */
  'openslot-cancel-confirm': { readonly reason: string };
  'openslot-book-another': null;
}

/** What the patient typed, as it stands in the fields. */
export interface Draft {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly note: string;
}

export type RequestEvents = { [Type in keyof Requests]: CustomEvent<Requests[Type]> };

export type RequestHandlers = { readonly [Type in keyof RequestEvents]?: (event: RequestEvents[Type]) => void };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is the only way to add to the map
  interface HTMLElementEventMap extends RequestEvents {}
}
