/** What `<openslot-notifications>` tells the page. */
import type { InboxNotification } from '../../core/inbox/types.ts';
import { OpenslotEvent } from '../shared/events.ts';

/**
 * Something came in. Of all tabs of a browser that show the same inbox, one fires it. Preventing the default shows no toast.
 */
export class OpenslotNotificationEvent extends OpenslotEvent<{
  /** Oldest first. More than one came while nobody looked. */
  readonly notifications: readonly InboxNotification[];
}> {
  constructor(notifications: readonly InboxNotification[]) {
    super('openslot-notification', { notifications }, true);
  }
}

/** One was chosen; only with the attribute `selectable`. */
export class OpenslotNotificationSelectEvent extends OpenslotEvent<{ readonly notification: InboxNotification }> {
  constructor(notification: InboxNotification) {
    super('openslot-notification-select', { notification });
  }
}

/** The number of unread ones has changed. */
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
