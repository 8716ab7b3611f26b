/** The network of one tab: a proxy in front of the sandbox. */
import { setTimeout as pause } from 'node:timers/promises';
import { type FaultProxy, type HttpFault, startFaultProxy } from '../../support/faults/fault-proxy.ts';
import type { MessageFate, RequestFate, SocketFate } from './steps.ts';
import type { TabNetwork } from './tab.ts';

const HTTP_FAULTS: Record<RequestFate, (late: () => number) => HttpFault> = {
  'answer lost': () => 'lose-answer',
  refused: () => 'refuse',
  unavailable: () => ({ status: 503, body: '{"message":"upstream connect error"}' }),
  limited: () => ({
    status: 429,
    body: '{"code":"PT429","message":"rate_limited","details":"{\\"retry_after_seconds\\":1}"}',
  }),
  nonsense: () => ({ status: 200, body: '<html>Please log in</html>' }),
  late: (late) => ({ requestAfter: pause(late()) }),
};

const WRITES = /openslot_(hold|release|book|reschedule|cancel)$/;

export class FaultyNetwork implements TabNetwork {
  readonly proxy: FaultProxy;
  private readonly providerId: string;
  private sendsLate = false;

  /** @param late ms by which a late request or message is delayed */
  static async start(url: string, providerId: string, late: () => number): Promise<FaultyNetwork> {
    return new FaultyNetwork(await startFaultProxy(url), providerId, late);
  }

  private readonly late: () => number;

  private constructor(proxy: FaultProxy, providerId: string, late: () => number) {
    this.proxy = proxy;
    this.providerId = providerId;
    this.late = late;
  }

  /** Also true if the machine was too busy to answer within a hurried client's time limit. */
  get lateRequestsPossible(): boolean {
    return this.sendsLate || this.proxy.givenUp.some((path) => WRITES.test(path));
  }

  get quiet(): boolean {
    return this.proxy.openRequests === 0;
  }

  requests(fate: RequestFate, count: number): void {
    this.sendsLate ||= fate === 'late';
    let left = count;
    this.proxy.http = () => (left-- > 0 ? HTTP_FAULTS[fate](this.late) : 'pass');
  }

  messages(fate: MessageFate, count: number): void {
    let left = count;
    this.proxy.frame = (message, direction) => {
      // Only messages about slots have a revision.
      if (direction === 'up' || !message.includes('"revision"') || left-- <= 0) return 'pass';
      if (fate === 'lost') return 'drop';
      return fate === 'twice' ? 'duplicate' : { after: pause(this.late()) };
    };
  }

  socket(fate: SocketFate): void {
    if (fate === 'cut') this.proxy.cutSockets();
    else if (fate === 'silent') this.proxy.silent = true;
    else
      for (const kind of ['provider', 'viewers'])
        this.proxy.say(`openslot:${kind}:${this.providerId}`, 'phx_close', {});
  }

  offline(): void {
    this.proxy.http = () => 'refuse';
    this.proxy.refuseSockets = true;
    this.proxy.cutSockets();
  }

  online(): void {
    this.proxy.http = () => 'pass';
    this.proxy.refuseSockets = false;
  }

  heal(): void {
    this.online();
    this.proxy.frame = () => 'pass';
    if (!this.proxy.silent) return;
    this.proxy.silent = false;
    // A connection that was silent for long is reset once packets arrive again.
    this.proxy.cutSockets();
  }
}
