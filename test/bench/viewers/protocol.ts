/** The messages between the bench and its viewer processes. */

export interface ViewersOptions {
  /** `core`: clients of the SDK's core, as in widgets. `bare`: sockets that join the topic and ignore the content. */
  readonly kind: 'core' | 'bare';
  readonly url: string;
  readonly key: string;
  /** Slug or id. */
  readonly provider: string;
  readonly providerId: string;
  readonly count: number;
  /** Additional bare sockets, which cost the server as much and this machine little. Nothing measures what they receive. */
  readonly bystanders?: number;
  readonly presence: boolean;
}

export type Request =
  | { readonly type: 'open'; readonly options: ViewersOptions }
  /** Note when each viewer sees the slot taken (held, booked) or open again. Bare viewers note the next message. */
  | { readonly type: 'watch'; readonly slotId: number; readonly gone: boolean }
  /** Compare the viewers' pictures with the database's, or with none for null. It takes a while, so it is done on demand. */
  | { readonly type: 'report'; readonly truth: string | null }
  /** Cut every socket, as a network failure or a stopping server does. */
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
  /** The number of viewers in each connection state. */
  readonly connections: Readonly<Record<string, number>>;
  /** The number of viewers whose picture differs from the database's (see `pictureOf`); 0 without a comparison. */
  readonly different: number;
  /** The number of those that show that they are live. */
  readonly wronglyLive: number;
  /** Broadcasts received so far, over all viewers. */
  readonly messages: number;
  /** Joins that were refused so far because the server's connection pool was exhausted, over all viewers. */
  readonly refused: number;
}
