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
  /** Comparing pictures takes a while, so it is done on demand: with the database's, or null. */
  | { readonly type: 'report'; readonly truth: string | null }
  /** Cut every socket, as a network or a server that goes away does. */
  | { readonly type: 'cut' }
  /** Ends the process. */
  | { readonly type: 'close' };

export type Reply =
  | { readonly type: 'opened'; readonly count: number }
  | { readonly type: 'watching' }
  | { readonly type: 'cut' }
  /** `machineNow()` of each viewer. */
  | { readonly type: 'seen'; readonly times: readonly number[] }
  | ({ readonly type: 'report' } & ViewersReport);

export interface ViewersReport {
  /** How many viewers are in each state of connection. */
  readonly connections: Readonly<Record<string, number>>;
  /** How many viewers show something else than the database's picture (see `pictureOf`); 0 if that wasn't asked for. */
  readonly different: number;
  /** How many of those say that they are live. */
  readonly wronglyLive: number;
  /** Broadcasts that came in so far, over all viewers. */
  readonly messages: number;
  /** Joins that were refused so far because the server's pool of connections was used up, over all viewers. */
  readonly refused: number;
}
