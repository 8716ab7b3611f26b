import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Channel, ChannelConnection } from './channel.ts';
import { sleep, type Timer } from './clock.ts';
import { decodeFrame, messageFrame, type ClientMessage, type Frame, type Protocol, type Ref } from './frames.ts';
import { join, JoinRefused, type Bearer } from './join.ts';
import type { Services } from './services.ts';

/** A client that reads too slowly is disconnected when this many bytes wait for it. */
const MAX_UNSENT_BYTES = 16_000_000;

const NORMAL_CLOSURE = 1000;
const INTERNAL_ERROR = 1011;

/**
 * One client's WebSocket. Joins are decided one after the other; while one is undecided, no other message goes in or out,
 * heartbeats and broadcasts included. Each channel handles its messages in its own time, without stopping the other channels.
 */
export class Connection implements ChannelConnection {
  isOpen = true;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  #webSocket: WebSocket;
  /** Thousands of sockets share a frame, so its bytes are written directly, without the WebSocket library. */
  #stream: Duplex;
  #protocol: Protocol;
  #bearer: Bearer;
  #services: Services;
  #channels = new Map<string, Channel>();
  #handling: Promise<void> = Promise.resolve();
  /** Frames that wait for the answer to a join; `null` when no join is undecided. */
  #heldBack: Frame[] | null = null;
  #idle: Timer;

  constructor(webSocket: WebSocket, stream: Duplex, protocol: Protocol, bearer: Bearer, services: Services) {
    this.#webSocket = webSocket;
    this.#stream = stream;
    this.#protocol = protocol;
    this.#bearer = bearer;
    this.#services = services;
    this.#idle = services.clock.after(services.timings.idle, () => this.close(NORMAL_CLOSURE));
    webSocket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    webSocket.on('ping', () => this.#idle.restart());
    webSocket.on('pong', () => this.#idle.restart());
    webSocket.on('error', () => {
      // A protocol violation or a lost connection: the close event follows.
    });
    this.closed = new Promise((resolve) => {
      webSocket.once('close', () => {
        this.#leaveAll();
        resolve();
      });
    });
  }

  send(frame: Frame): void {
    if (this.#heldBack) this.#heldBack.push(frame);
    else this.#write(frame);
  }

  /**
   * Forgets the channel a moment later, so that messages that arrived together with the channel's last one still find it, and
   * get no answer.
   */
  forget(channel: Channel): void {
    setImmediate(() => {
      if (this.#channels.get(channel.topicName) === channel) this.#channels.delete(channel.topicName);
    });
  }

  /** The other clients get the presence diff at once; the closing handshake may take longer. */
  close(code: number): void {
    this.#leaveAll();
    this.#webSocket.close(code);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  #write(frame: Frame): void {
    const bytes = frame.bytes(this.#protocol);
    if (!bytes || this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    this.#stream.write(bytes);
    if (this.#stream.writableLength > MAX_UNSENT_BYTES) this.terminate();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#idle.restart();
    const message = decodeFrame(this.#protocol, data, isBinary);
    if (!message) return;
    this.#handling = this.#handling
      .then(() => (this.isOpen ? this.#handle(message) : undefined))
      .catch(() => this.close(INTERNAL_ERROR));
  }

  async #handle(message: ClientMessage): Promise<void> {
    const { topic, event } = message;
    const channel = this.#channels.get(topic);
    if (event === 'phx_join' && topic.startsWith('realtime:')) await this.#join(message, channel);
    else if (channel) this.#watch(channel.handle(message));
    else if (event === 'phx_leave' && topic.startsWith('realtime:')) this.#reply(message, message.joinRef, 'ok', {});
    else if (event === 'heartbeat' && topic === 'phoenix') this.#reply(message, null, 'ok', {});
    else this.#reply(message, null, 'error', { reason: 'unmatched topic' });
  }

  async #join(message: ClientMessage, former: Channel | undefined): Promise<void> {
    this.#heldBack = [];
    if (former?.isOpen) {
      former.leave();
      this.send(former.closeFrame());
    }
    this.#channels.delete(message.topic);
    const openChannels = [...this.#channels.values()].filter(({ isOpen }) => isOpen).length;
    try {
      const joined = await join(this, message, this.#bearer, openChannels, this.#services);
      if (!joined) return;
      const { channel, replay } = joined;
      this.#channels.set(message.topic, channel);
      const response = { postgres_changes: channel.bindings };
      this.#replyToJoin(message, 'ok', response);
      for (const { payload } of replay) channel.push('broadcast', payload);
      this.#watch(channel.greet());
    } catch (error) {
      if (!(error instanceof JoinRefused)) throw error;
      await sleep(this.#services.clock, this.#services.timings.joinError);
      this.#replyToJoin(message, 'error', { reason: error.message });
      if (error.disconnects) this.close(NORMAL_CLOSURE);
    }
  }

  /** A task of a channel must not fail. */
  #watch(work: Promise<void>): void {
    work.catch(() => this.close(INTERNAL_ERROR));
  }

  /** Sends the answer before the frames that were held back for it. */
  #replyToJoin(message: ClientMessage, status: 'ok' | 'error', response: unknown): void {
    const heldBack = this.#heldBack ?? [];
    this.#heldBack = null;
    this.#reply(message, message.joinRef, status, response);
    for (const frame of heldBack) this.#write(frame);
  }

  #reply({ ref, topic }: ClientMessage, joinRef: Ref, status: 'ok' | 'error', response: unknown): void {
    this.send(messageFrame({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } }));
  }

  #leaveAll(): void {
    this.isOpen = false;
    this.#idle.cancel();
    for (const channel of this.#channels.values()) channel.leave();
    this.#channels.clear();
  }
}
