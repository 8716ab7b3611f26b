import { PoolExhausted } from './authorization-pool.ts';
import { Permissions, type Extension } from './authorization.ts';
import { Channel, type ChannelConnection, type ChannelCredentials } from './channel.ts';
import { DatabaseUnavailable } from './database.ts';
import type { ClientMessage } from './frames.ts';
import { isObject } from './json.ts';
import { parseJoinConfig, type JoinConfig } from './join-config.ts';
import { findReplay, ReplayError, type ReplayedMessage } from './replay.ts';
import type { Services } from './services.ts';
import { TokenError, type Claims } from './tokens.ts';

/** Why a join is refused; the client receives the message as `reason`. */
export class JoinRefused extends Error {
  /** Whether the server closes the whole connection after the answer. */
  readonly disconnects: boolean;

  constructor(code: string, message: string, disconnects = false) {
    super(`${code}: ${message}`);
    this.disconnects = disconnects;
  }
}

/** The identity of a connection; a join may bring a token of its own. */
export interface Bearer {
  token: string;
  claims: Claims;
}

export interface Joined {
  channel: Channel;
  /** Messages to send after the reply. */
  replay: ReplayedMessage[];
}

/**
 * @param openChannels number of the connection's other channels
 * @returns `null` when the connection has ended meanwhile
 * @throws {JoinRefused}
 */
export async function join(
  connection: ChannelConnection & { isOpen: boolean },
  message: ClientMessage,
  bearer: Bearer,
  openChannels: number,
  services: Services,
): Promise<Joined | null> {
  const subTopic = message.topic.slice('realtime:'.length);
  if (subTopic === '') throw new JoinRefused('TopicNameRequired', 'You must provide a topic name');
  if (services.limits.joins.isExceeded()) {
    throw new JoinRefused('ClientJoinRateLimitReached', 'Too many joins per second', true);
  }
  services.limits.joins.count(1);
  if (openChannels >= services.limits.channelsPerConnection) {
    throw new JoinRefused('ChannelRateLimitReached', 'Too many channels');
  }
  const { token, claims } = await identify(message.payload, bearer, services);
  const config = parseConfig(message.payload, subTopic);
  const permissions = config.isPrivate ? await authorize(subTopic, claims, config, services) : null;
  const replay = await replayFor(subTopic, config, permissions, services);
  if (!connection.isOpen) return null;

  const credentials: ChannelCredentials = { token, claims, permissions };
  const { topic: topicName, joinRef } = message;
  const replayedIds = new Set(replay.map(({ id }) => id));
  const channel = new Channel(connection, { topicName, joinRef, config, replayedIds }, credentials, services);
  return { channel, replay };
}

async function identify(payload: unknown, bearer: Bearer, { tokens }: Services): Promise<Bearer> {
  const token = isObject(payload) ? payload['access_token'] : undefined;
  try {
    if (typeof token === 'string' && !token.startsWith('sb_')) return { token, claims: await tokens.verify(token) };
    tokens.checkExpiry(bearer.claims);
    return bearer;
  } catch (error) {
    if (error instanceof TokenError) throw new JoinRefused(error.code, error.message);
    throw error;
  }
}

function parseConfig(payload: unknown, subTopic: string): JoinConfig {
  try {
    return parseJoinConfig(payload, subTopic);
  } catch (error) {
    throw new JoinRefused('UnknownErrorOnChannel', (error as TypeError).message);
  }
}

async function authorize(topic: string, claims: Claims, config: JoinConfig, services: Services): Promise<Permissions> {
  const permissions = new Permissions(services, topic, claims);
  const extensions: Extension[] = config.presence.enabled ? ['broadcast', 'presence'] : ['broadcast'];
  await reachDatabase(services, () => permissions.loadReads(extensions));
  if (!extensions.some((extension) => permissions.canRead(extension))) throw unauthorized(topic);
  return permissions;
}

async function replayFor(
  topic: string,
  config: JoinConfig,
  permissions: Permissions | null,
  services: Services,
): Promise<ReplayedMessage[]> {
  const { replay } = config.broadcast;
  if (replay === undefined) return [];
  if (!permissions) throw new JoinRefused('UnableToReplayMessages', 'Replay is not allowed for public channels');
  if (!permissions.canRead('broadcast')) throw unauthorized(topic);
  try {
    return await reachDatabase(services, () => findReplay(services.database, topic, replay));
  } catch (error) {
    if (error instanceof ReplayError) throw new JoinRefused('UnableToReplayMessages', error.message);
    throw error;
  }
}

async function reachDatabase<Result>({ database }: Services, run: () => Promise<Result>): Promise<Result> {
  try {
    return await database.retrying(run);
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw new JoinRefused('UnableToConnectToProject', error.message);
    if (error instanceof PoolExhausted) throw new JoinRefused('IncreaseConnectionPool', error.message);
    throw error;
  }
}

function unauthorized(topic: string): JoinRefused {
  return new JoinRefused('Unauthorized', `You do not have permissions to read from this Channel topic: ${topic}`);
}
