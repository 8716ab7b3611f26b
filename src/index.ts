/** Classes, events, texts and the headless core. Registers nothing: import `openslot/define` for that. */
export * from './core/index.ts';
export * from './elements/booking/events.ts';
export * from './elements/shared/events.ts';
export * from './elements/notifications/events.ts';
export type { Draft, RequestEvents, Requests } from './elements/booking/requests.ts';
export { Display, type DisplayOptions } from './elements/shared/display.ts';
export { OpenslotBooking } from './elements/booking/openslot-booking.ts';
export { OpenslotCalendar } from './elements/booking/times/openslot-calendar.ts';
export { OpenslotConfirmation, type StatusText } from './elements/booking/appointment/openslot-confirmation.ts';
export { OpenslotFooter } from './elements/booking/times/openslot-footer.ts';
export { OpenslotForm } from './elements/booking/details/openslot-form.ts';
export { OpenslotHeader } from './elements/booking/times/openslot-header.ts';
export { OpenslotHold } from './elements/booking/openslot-hold.ts';
export { OpenslotManage } from './elements/booking/appointment/openslot-manage.ts';
export { OpenslotMove } from './elements/booking/appointment/openslot-move.ts';
export { OpenslotNotice, type Notice, type NoticeAction } from './elements/booking/openslot-notice.ts';
export { OpenslotNotificationList } from './elements/notifications/openslot-notification-list.ts';
export { OpenslotNotifications } from './elements/notifications/openslot-notifications.ts';
export { OpenslotPush } from './elements/notifications/openslot-push.ts';
export { OpenslotServices } from './elements/booking/times/openslot-services.ts';
export { OpenslotSkeleton } from './elements/booking/times/openslot-skeleton.ts';
export { OpenslotToasts } from './elements/notifications/openslot-toasts.ts';
export { OpenslotTimes } from './elements/booking/times/openslot-times.ts';
export {
  addLocale,
  type AppointmentMessages,
  type DeskMessages,
  type DetailsMessages,
  type InboxMessages,
  type Locale,
  type Messages,
  type OwnMessages,
  type QuestionsMessages,
  type SetupMessages,
  type WeekMessages,
  type ZonesMessages,
} from './locales/index.ts';
