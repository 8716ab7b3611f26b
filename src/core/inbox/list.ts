/** The list of an inbox. Pure: a page of the newest, pages of older ones, and what was read meanwhile, put together. */
import type { InboxNotification } from './types.ts';

/** As many as the database gives at once. */
export const PAGE = 50;

export interface InboxList {
  /** Newest first. */
  readonly notifications: readonly InboxNotification[];
  /** How many are unread, as the database counted them with the newest page. */
  readonly unread: number;
  readonly hasOlder: boolean;
}

/** Takes the newest page in. What is older stays, unless something between the two is missing. */
export function withNewest(list: InboxList | null, page: readonly InboxNotification[], unread: number): InboxList {
  const oldest = page.at(-1)?.id ?? 0;
  const isWhole = page.length < PAGE;
  const isJoined = list?.notifications.some(({ id }) => id >= oldest) ?? false;
  if (!list || isWhole || !isJoined) return { notifications: page, unread, hasOlder: !isWhole };
  const older = list.notifications.filter(({ id }) => id < oldest);
  return { notifications: [...page, ...older], unread, hasOlder: older.length > 0 ? list.hasOlder : true };
}

/** Takes a page of older ones in, which was asked for before the last of the list. */
export function withOlder(list: InboxList, page: readonly InboxNotification[]): InboxList {
  const oldest = list.notifications.at(-1)?.id ?? Infinity;
  const older = page.filter(({ id }) => id < oldest);
  return { ...list, notifications: [...list.notifications, ...older], hasOlder: page.length === PAGE };
}

/**
 * The list with all up to an id read. The list has no gaps, so if it reaches down to that id, all that is unread is in it.
 */
export function readUpTo(list: InboxList, id: number): InboxList {
  if (!list.notifications.some((notification) => notification.id <= id)) return list;
  const isNews = (notification: InboxNotification) => notification.id <= id && !notification.read;
  const notifications = list.notifications.some(isNews)
    ? list.notifications.map((notification) => (isNews(notification) ? { ...notification, read: true } : notification))
    : list.notifications;
  return { ...list, notifications, unread: notifications.filter(({ read }) => !read).length };
}
