/** Classes, events, texts and the headless core. Registers nothing: import `openslot/define` for that. */
export * from './core/index.ts';
export * from './elements/booking-events.ts';
export * from './elements/events.ts';
export * from './elements/inbox-events.ts';
export type { Draft, RequestEvents, Requests } from './elements/requests.ts';
export { Display, type DisplayOptions } from './elements/display.ts';
export { OpenslotBooking } from './elements/openslot-booking.ts';
export { OpenslotCalendar } from './elements/openslot-calendar.ts';
export { OpenslotConfirmation, type Standing } from './elements/openslot-confirmation.ts';
export { OpenslotFooter } from './elements/openslot-footer.ts';
export { OpenslotForm } from './elements/openslot-form.ts';
export { OpenslotHeader } from './elements/openslot-header.ts';
export { OpenslotHold } from './elements/openslot-hold.ts';
export { OpenslotManage } from './elements/openslot-manage.ts';
export { OpenslotMove } from './elements/openslot-move.ts';
export { OpenslotNotice, type Notice, type NoticeAction } from './elements/openslot-notice.ts';
export { OpenslotNotificationList } from './elements/openslot-notification-list.ts';
export { OpenslotNotifications } from './elements/openslot-notifications.ts';
export { OpenslotPush } from './elements/openslot-push.ts';
export { OpenslotServices } from './elements/openslot-services.ts';
export { OpenslotSkeleton } from './elements/openslot-skeleton.ts';
export { OpenslotToasts } from './elements/openslot-toasts.ts';
export { OpenslotTimes } from './elements/openslot-times.ts';
export {
  addLocale,
  type AppointmentMessages,
  type ExtraMessages,
  type InboxMessages,
  type Locale,
  type Messages,
  type OwnMessages,
  type SetupMessages,
  type StepMessages,
} from './locales/index.ts';
