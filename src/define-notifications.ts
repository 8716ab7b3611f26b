/** Registers `<openslot-notifications>` and what it consists of. As `define.ts`. */
import { OpenslotNotificationList } from './elements/notifications/openslot-notification-list.ts';
import { OpenslotNotifications } from './elements/notifications/openslot-notifications.ts';
import { OpenslotPush } from './elements/notifications/openslot-push.ts';
import { OpenslotToasts } from './elements/notifications/openslot-toasts.ts';

const elements = {
  'openslot-notification-list': OpenslotNotificationList,
  'openslot-push': OpenslotPush,
  'openslot-toasts': OpenslotToasts,
  'openslot-notifications': OpenslotNotifications,
};

for (const [tag, element] of Object.entries(elements)) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
