/** The requests that inner elements of `<openslot-notifications>` send to it. */
import type { InboxNotification } from '../../core/inbox/types.ts';

export interface InboxRequests {
  'openslot-inbox-select': { readonly notification: InboxNotification };
  'openslot-inbox-older': null;
  'openslot-inbox-retry': null;
  /** Remove the toast of that key. */
  'openslot-toast-dismiss': { readonly key: number };
  /** Open the list of notifications. */
  'openslot-toast-show': null;
  'openslot-push-on': null;
  'openslot-push-off': null;
}

export type InboxRequestEvents = { [Type in keyof InboxRequests]: CustomEvent<InboxRequests[Type]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is the only way to add to the map
  interface HTMLElementEventMap extends InboxRequestEvents {}
}
