/** What the bench and its viewer processes say to each other. */

export interface ViewersOptions {
  /** `core`: clients of the SDK's core, as widgets are. `bare`: sockets that join the topic and look at nothing. */
  readonly kind: 'core' | 'bare';
  readonly url: string;
  readonly key: string;
  /** Slug or id. */
  readonly provider: string;
  readonly providerId: string;
  readonly count: number;
  /** Bare sockets beside them, which cost the server as much and this machine little. Nobody asks what they see. */
  readonly bystanders?: number;
  readonly presence: boolean;
}

export type Request =
  | { readonly type: 'open'; readonly options: ViewersOptions }
  /** Note when each viewer sees that slot gone (held, booked) or open again. Bare ones note the next message. */
  | { readonly type: 'watch'; readonly slotId: number; readonly gone: boolean }
  /** Comparing pictures takes a while, so it is done on demand. */
  | { readonly type: 'report'; readonly pictures: boolean }
  /** Ends the process. */
  | { readonly type: 'close' };

export type Reply =
  | { readonly type: 'opened'; readonly count: number }
  | { readonly type: 'watching' }
  /** `machineNow()` of each viewer. */
  | { readonly type: 'seen'; readonly times: readonly number[] }
  | ({ readonly type: 'report' } & ViewersReport);

export interface ViewersReport {
  /** How many viewers are in each state of connection. */
  readonly connections: Readonly<Record<string, number>>;
  /** How many viewers show each picture (see `pictureOf`). All equal means one entry; none if it wasn't asked for. */
  readonly pictures: Readonly<Record<string, number>>;
  /** Broadcasts that came in so far, over all viewers. */
  readonly messages: number;
  /** Channels that the server closed so far for too many messages, over all viewers. */
  readonly closed: number;
}
