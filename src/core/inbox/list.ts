/** The list of an inbox: the page of the newest notifications, pages of older ones, and what was read meanwhile. Pure. */
import type { InboxNotification } from './types.ts';

/** How many notifications the database returns at once. */
const PAGE = 50;

export interface InboxList {
  /** Newest first. */
  readonly notifications: readonly InboxNotification[];
  /** How many are unread, as the database counted them with the newest page. */
  readonly unread: number;
  readonly hasOlder: boolean;
}

/** Takes in the newest page. Older notifications stay in the list, unless some between them and the page are missing. */
export function withNewest(list: InboxList | null, page: readonly InboxNotification[], unread: number): InboxList {
  const oldest = page.at(-1)?.id ?? 0;
  const isWhole = page.length < PAGE;
  const isJoined = list?.notifications.some(({ id }) => id >= oldest) ?? false;
  if (!list || isWhole || !isJoined) return { notifications: page, unread, hasOlder: !isWhole };
  const older = list.notifications.filter(({ id }) => id < oldest);
  return { notifications: [...page, ...older], unread, hasOlder: older.length > 0 ? list.hasOlder : true };
}

/** Takes in a page that was requested as the one before the list's last notification. */
export function withOlder(list: InboxList, page: readonly InboxNotification[]): InboxList {
  const oldest = list.notifications.at(-1)?.id ?? Infinity;
  const older = page.filter(({ id }) => id < oldest);
  return { ...list, notifications: [...list.notifications, ...older], hasOlder: page.length === PAGE };
}

/**
 * The list in which all notifications up to an id are read. If the list reaches down to that id, every unread notification is
 * in it, since it has no gaps.
 */
export function readUpTo(list: InboxList, id: number): InboxList {
  if (!list.notifications.some((notification) => notification.id <= id)) return list;
  const isNewlyRead = (notification: InboxNotification) => notification.id <= id && !notification.read;
  const notifications = list.notifications.some(isNewlyRead)
    ? list.notifications.map((notification) =>
        isNewlyRead(notification) ? { ...notification, read: true } : notification,
      )
    : list.notifications;
  return { ...list, notifications, unread: notifications.filter(({ read }) => !read).length };
}
