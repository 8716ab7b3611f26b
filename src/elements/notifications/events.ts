/** Events that `<openslot-notifications>` sends to the page. */
import type { InboxNotification } from '../../core/inbox/types.ts';
import { OpenslotEvent } from '../shared/events.ts';

/**
 * Notifications arrived. If several tabs of a browser show the same inbox, only one of them fires this event. With
 * `preventDefault()`, no toast appears.
 */
export class OpenslotNotificationEvent extends OpenslotEvent<{
  /** Oldest first. More than one if they arrived while the page was not visible. */
  readonly notifications: readonly InboxNotification[];
}> {
  constructor(notifications: readonly InboxNotification[]) {
    super('openslot-notification', { notifications }, true);
  }
}

/** The reader chose a notification; only with the attribute `selectable`. */
export class OpenslotNotificationSelectEvent extends OpenslotEvent<{ readonly notification: InboxNotification }> {
  constructor(notification: InboxNotification) {
    super('openslot-notification-select', { notification });
  }
}

/** The number of unread notifications has changed. */
export class OpenslotUnreadChangeEvent extends OpenslotEvent<{ readonly unread: number }> {
  constructor(unread: number) {
    super('openslot-unread-change', { unread });
  }
}

declare module '../shared/events.ts' {
  interface OpenslotEventMap {
    'openslot-notification': OpenslotNotificationEvent;
    'openslot-notification-select': OpenslotNotificationSelectEvent;
    'openslot-unread-change': OpenslotUnreadChangeEvent;
  }
}
