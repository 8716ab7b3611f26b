/** Classes, events, texts and the headless core. Registers nothing: import `openslot/define` for that. */
export * from './core/index.ts';
export * from './elements/booking-events.ts';
export * from './elements/events.ts';
export type { Draft, RequestEvents, Requests } from './elements/requests.ts';
export { Display, type DisplayOptions } from './elements/display.ts';
export { OpenslotBooking } from './elements/openslot-booking.ts';
export { OpenslotCalendar } from './elements/openslot-calendar.ts';
export { OpenslotConfirmation } from './elements/openslot-confirmation.ts';
export { OpenslotFooter } from './elements/openslot-footer.ts';
export { OpenslotForm } from './elements/openslot-form.ts';
export { OpenslotHeader } from './elements/openslot-header.ts';
export { OpenslotHold } from './elements/openslot-hold.ts';
export { OpenslotNotice, type Notice, type NoticeAction } from './elements/openslot-notice.ts';
export { OpenslotServices } from './elements/openslot-services.ts';
export { OpenslotSkeleton } from './elements/openslot-skeleton.ts';
export { OpenslotTimes } from './elements/openslot-times.ts';
export { addLocale, type Locale, type Messages, type SetupMessages, type StepMessages } from './locales/index.ts';
