import { randomUUID } from 'node:crypto';
import { PoolExhausted } from './authorization-pool.ts';
import { isCheckUnanswered, Permissions } from './authorization.ts';
import { BindingError } from './change-bindings.ts';
import { PresenceCalls, type PresenceChannel } from './channel-presence.ts';
import type { Timer } from './clock.ts';
import { DatabaseUnavailable } from './database.ts';
import { BinaryBroadcast, broadcastFrame, messageFrame, type ClientMessage, type Frame, type Ref } from './frames.ts';
import type { JoinConfig } from './join-config.ts';
import type { JsonObject } from './json.ts';
import { MAX_PAYLOAD_BYTES } from './options.ts';
import { bindingId, type ChangesSubscriber } from './postgres-changes.ts';
import type { Services } from './services.ts';
import { TokenError, type Claims } from './tokens.ts';
import type { Topic } from './topics.ts';

/** The longest time between two checks of a token's expiry. */
const MAX_TOKEN_CHECK_INTERVAL = 3_600_000;

/** The part of the connection that its channels use. */
export interface ChannelConnection {
  send(frame: Frame): void;
  /** The channel calls this when it has closed itself. */
  forget(channel: Channel): void;
}

export interface ChannelCredentials {
  token: string;
  claims: Claims;
  /** `null` on public topics, where everything is allowed. */
  permissions: Permissions | null;
}

/** One join of one connection to one topic. It is open from its construction until it leaves or is shut down. */
export class Channel implements PresenceChannel, ChangesSubscriber {
  readonly topicName: string;
  readonly joinRef: Ref;
  readonly config: JoinConfig;
  readonly presenceKey: string;
  readonly replayedIds: ReadonlySet<string>;
  readonly topic: Topic;
  readonly services: Services;
  isOpen = true;
  #connection: ChannelConnection;
  #credentials: ChannelCredentials;
  #presence: PresenceCalls;
  #tokenCheck: Timer;
  #resubscription: Timer | null = null;
  #tasks: (() => Promise<void>)[] = [];
  #isBusy = false;

  constructor(
    connection: ChannelConnection,
    join: { topicName: string; joinRef: Ref; config: JoinConfig; replayedIds: ReadonlySet<string> },
    credentials: ChannelCredentials,
    services: Services,
  ) {
    this.topicName = join.topicName;
    this.joinRef = join.joinRef;
    this.config = join.config;
    this.replayedIds = join.replayedIds;
    this.presenceKey = join.config.presence.key || randomUUID();
    this.services = services;
    this.#connection = connection;
    this.#credentials = credentials;
    this.#presence = new PresenceCalls(this);
    this.topic = services.topics.enter(this.topicName, this.config.isPrivate, this);
    this.#tokenCheck = this.#checkTokenLater();
  }

  get receivesBroadcasts(): boolean {
    return this.permissions?.canRead('broadcast') ?? true;
  }

  get receivesPresence(): boolean {
    return this.permissions?.canRead('presence') ?? true;
  }

  get permissions(): Permissions | null {
    return this.#credentials.permissions;
  }

  /** The bindings to table changes, as the reply to the join lists them. */
  get bindings(): JsonObject[] {
    return this.config.postgresChanges.map((params) => ({ id: bindingId(params), ...params }));
  }

  /** Sends the messages that follow the reply to the join without a request. */
  greet(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.config.broadcast.replicationReady) {
        this.#pushSystem('system', 'ok', 'Replication connection established');
      }
      if (this.config.postgresChanges.length > 0) await this.#subscribeToChanges();
      if (this.config.presence.enabled) this.#presence.sendState();
    });
  }

  /** Handles a message after all earlier ones. */
  handle(message: ClientMessage): Promise<void> {
    return this.#inTurn(async () => {
      if (message.event === 'broadcast') await this.#broadcast(message);
      else if (message.event === 'presence') await this.#presence.handle(message);
      else if (message.event === 'access_token') await this.#refreshToken(message.payload);
      else if (message.event === 'phx_leave') this.#answerLeave(message);
    });
  }

  receive(frame: Frame): void {
    this.#connection.send(frame);
  }

  push(event: string, payload: unknown): void {
    this.receive(messageFrame({ joinRef: this.joinRef, topic: this.topicName, event, payload }));
  }

  reply(ref: Ref, status: 'ok' | 'error', response: unknown = {}): void {
    const payload = { status, response };
    this.receive(messageFrame({ joinRef: this.joinRef, ref, topic: this.topicName, event: 'phx_reply', payload }));
  }

  shutDown(reason: string): void {
    if (!this.isOpen) return;
    this.#pushSystem('system', 'error', reason);
    this.receive(this.closeFrame());
    this.#connection.forget(this);
    this.leave();
  }

  /** Leaves the topic without a message to the client. Tasks that still wait are dropped. */
  leave(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#tokenCheck.cancel();
    this.#resubscription?.cancel();
    this.services.changes.unsubscribe(this);
    this.services.topics.leave(this.topic, this.config.isPrivate, this);
    const diff = this.topic.presence.untrack(this, this.presenceKey);
    if (diff) this.topic.announce(diff);
  }

  /** The last message of a channel: its reference is that of the join. */
  closeFrame(): Frame {
    return messageFrame({
      joinRef: this.joinRef,
      ref: this.joinRef,
      topic: this.topicName,
      event: 'phx_close',
      payload: {},
    });
  }

  resubscribe(): void {
    const { clock, timings } = this.services;
    this.#resubscription?.cancel();
    this.#resubscription = clock.after(timings.resubscribe, () => {
      void this.#inTurn(() => this.#subscribeToChanges());
    });
  }

  /** Runs the tasks one after the other, the first one at once, until the channel is closed. */
  async #inTurn(task: () => Promise<void>): Promise<void> {
    this.#tasks.push(task);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#tasks.shift(); next && this.isOpen; next = this.#tasks.shift()) await next();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Ignores a leave with another reference than the join's. */
  #answerLeave({ ref, joinRef }: ClientMessage): void {
    if (this.joinRef !== null && this.joinRef !== joinRef) return;
    this.leave();
    this.reply(ref, 'ok');
    this.receive(this.closeFrame());
    this.#connection.forget(this);
  }

  async #broadcast({ ref, payload }: ClientMessage): Promise<void> {
    if (!(await this.#mayBroadcast()) || !this.isOpen) return;
    const { ack, self } = this.config.broadcast;
    const isBinary = payload instanceof BinaryBroadcast;
    const size = isBinary ? payload.payload.length : Buffer.byteLength(JSON.stringify(payload ?? null));
    if (size > MAX_PAYLOAD_BYTES) {
      if (ack) this.reply(ref, 'error', 'payload_size_exceeded');
      return;
    }
    this.services.limits.messages.count(1);
    const frame = isBinary
      ? broadcastFrame(this.topicName, payload)
      : messageFrame({ topic: this.topicName, event: 'broadcast', payload: payload ?? {} });
    this.topic.broadcast(frame, self ? {} : { except: this });
    if (ack) this.reply(ref, 'ok');
  }

  /** Without permission, a broadcast is dropped and its sender gets no answer. */
  async #mayBroadcast(): Promise<boolean> {
    if (!this.permissions) return true;
    try {
      return await this.permissions.canWrite('broadcast');
    } catch (error) {
      if (isCheckUnanswered(error)) return false;
      throw error;
    }
  }

  async #refreshToken(payload: unknown): Promise<void> {
    const token = (payload as { access_token?: unknown } | null)?.access_token;
    if (typeof token !== 'string' || token.startsWith('sb_') || token === this.#credentials.token) return;
    try {
      const claims = await this.services.tokens.verify(token);
      const permissions = await this.#permissionsOf(claims);
      if (!this.isOpen) return;
      if (permissions && !permissions.canRead('broadcast') && !permissions.canRead('presence')) {
        this.shutDown(`You do not have permissions to read from this Channel topic: ${this.#subTopic}`);
        return;
      }
      this.#credentials = { token, claims, permissions };
      this.#tokenCheck.cancel();
      this.#tokenCheck = this.#checkTokenLater();
      if (this.config.postgresChanges.length > 0) this.resubscribe();
    } catch (error) {
      if (error instanceof TokenError) this.shutDown(error.onRefresh);
      else if (error instanceof DatabaseUnavailable) this.shutDown(error.message);
      else if (error instanceof PoolExhausted) this.shutDown(':increase_connection_pool');
      else throw error;
    }
  }

  async #permissionsOf(claims: Claims): Promise<Permissions | null> {
    if (!this.config.isPrivate) return null;
    const permissions = new Permissions(this.services, this.#subTopic, claims);
    await permissions.loadReads(this.receivesPresence ? ['broadcast', 'presence'] : ['broadcast']);
    return permissions;
  }

  #checkTokenLater(): Timer {
    const { clock, tokens } = this.services;
    const { claims } = this.#credentials;
    return clock.after(Math.min(claims.exp * 1000 - clock.now(), MAX_TOKEN_CHECK_INTERVAL), () => {
      try {
        tokens.checkExpiry(claims);
        this.#tokenCheck = this.#checkTokenLater();
      } catch (error) {
        this.shutDown((error as TokenError).message);
      }
    });
  }

  async #subscribeToChanges(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.services.changes.subscribe(this, this.config.postgresChanges, this.#credentials.claims);
      this.#pushSystem('postgres_changes', 'ok', 'Subscribed to PostgreSQL');
    } catch (error) {
      if (error instanceof BindingError) this.#pushSystem('postgres_changes', 'error', error.message);
      else if (error instanceof DatabaseUnavailable) this.resubscribe();
      else throw error;
    }
  }

  #pushSystem(extension: string, status: 'ok' | 'error', message: string): void {
    if (this.isOpen) this.push('system', { message, status, extension, channel: this.#subTopic });
  }

  get #subTopic(): string {
    return this.topicName.slice('realtime:'.length);
  }
}
