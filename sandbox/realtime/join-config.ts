import { isObject, type JsonObject } from './json.ts';

/** The configuration that a client sends with its join, completed with the defaults. */
export interface JoinConfig {
  isPrivate: boolean;
  broadcast: { ack: boolean; self: boolean; replicationReady: boolean; replay: unknown };
  /** `key` is empty when the server is to choose one. */
  presence: { enabled: boolean; key: string };
  /** The bindings as the client sent them; not checked here. */
  postgresChanges: JsonObject[];
}

/**
 * @param topic without the prefix `realtime:`. A client of the first protocol sends no `config`; its topic names the table:
 * `schema`, `schema:table` or `schema:table:filter`.
 * @throws {TypeError} when `config` is not an object
 */
export function parseJoinConfig(payload: unknown, topic: string): JoinConfig {
  const join = isObject(payload) ? payload : {};
  const config = join['config'] ?? {};
  if (!isObject(config)) throw new TypeError('no function clause matching in Access.get/3');
  const broadcast = objectIn(config, 'broadcast');
  const presence = objectIn(config, 'presence');
  return {
    isPrivate: config['private'] === true,
    broadcast: {
      ack: broadcast['ack'] === true,
      self: broadcast['self'] === true,
      replicationReady: broadcast['replication_ready'] === true,
      replay: broadcast['replay'],
    },
    presence: {
      enabled: presence['enabled'] === true,
      key: typeof presence['key'] === 'string' ? presence['key'] : '',
    },
    postgresChanges: 'config' in join ? bindingsIn(config) : [bindingOfTopic(topic)],
  };
}

function objectIn(config: JsonObject, name: string): JsonObject {
  const value = config[name];
  return isObject(value) ? value : {};
}

function bindingsIn(config: JsonObject): JsonObject[] {
  const bindings = config['postgres_changes'];
  return Array.isArray(bindings) ? bindings.filter(isObject) : [];
}

function bindingOfTopic(topic: string): JsonObject {
  const [schema, table, ...filter] = topic.split(':');
  return { schema, ...(table !== undefined && { table }), ...(filter.length > 0 && { filter: filter.join(':') }) };
}
