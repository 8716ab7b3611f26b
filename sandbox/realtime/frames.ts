import { isObject, parseJson } from './json.ts';

/** Serializer versions of Phoenix; the client chooses one in the URL (`vsn`). */
export type Protocol = '1.0.0' | '2.0.0';

/** Clients count in strings; numbers are returned unchanged. */
export type Ref = string | number | null;

export interface ClientMessage {
  joinRef: Ref;
  ref: Ref;
  topic: string;
  event: string;
  /** The client's JSON, or a `UserBroadcast` for a binary frame. */
  payload: unknown;
}

export interface ServerMessage {
  joinRef?: Ref;
  ref?: Ref;
  topic: string;
  event: string;
  payload: unknown;
}

/** Finished JSON text that is sent unchanged, so that numbers keep the digits of the database. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A broadcast whose payload the server does not read. */
export interface UserBroadcast {
  event: string;
  encoding: 'json' | 'binary';
  payload: Buffer;
  /** JSON object, or empty. */
  meta: string;
}

/** A client's parsed binary frame. A class of its own, because JSON could have the same keys. */
export class BinaryBroadcast implements UserBroadcast {
  readonly event: string;
  readonly encoding: 'json' | 'binary';
  readonly payload: Buffer;
  /** The server does not forward a client's own meta data. */
  readonly meta = '';

  constructor(event: string, encoding: 'json' | 'binary', payload: Buffer) {
    this.event = event;
    this.encoding = encoding;
    this.payload = payload;
  }
}

const USER_BROADCAST_PUSH = 3;
const USER_BROADCAST = 4;
const OPCODE_TEXT = 1;
const OPCODE_BINARY = 2;

/** @returns `null` for frames that the server ignores: broken JSON, another version's format, unknown binary kinds */
export function decodeFrame(protocol: Protocol, data: Buffer, isBinary: boolean): ClientMessage | null {
  if (isBinary) return protocol === '2.0.0' ? decodeBinary(data) : null;
  const json = parseJson(data.toString());
  return protocol === '2.0.0' ? decodeArray(json) : decodeObject(json);
}

function decodeArray(json: unknown): ClientMessage | null {
  if (!Array.isArray(json) || json.length !== 5) return null;
  const [joinRef, ref, topic, event, payload] = json as unknown[];
  return toMessage(joinRef, ref, topic, event, payload);
}

function decodeObject(json: unknown): ClientMessage | null {
  return isObject(json)
    ? toMessage(json['join_ref'], json['ref'], json['topic'], json['event'], json['payload'])
    : null;
}

function toMessage(
  joinRef: unknown,
  ref: unknown,
  topic: unknown,
  event: unknown,
  payload: unknown,
): ClientMessage | null {
  if (typeof topic !== 'string' || typeof event !== 'string') return null;
  return { joinRef: toRef(joinRef), ref: toRef(ref), topic, event, payload };
}

function toRef(value: unknown): Ref {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function decodeBinary(data: Buffer): ClientMessage | null {
  if (data.length < 7 || data[0] !== USER_BROADCAST_PUSH) return null;
  const parts: string[] = [];
  let offset = 7;
  for (const length of data.subarray(1, 6)) {
    parts.push(data.toString('utf8', offset, offset + length));
    offset += length;
  }
  if (offset > data.length) return null;
  const [joinRef, ref, topic, event] = parts as [string, string, string, string];
  const payload = new BinaryBroadcast(event, data[6] === 1 ? 'json' : 'binary', data.subarray(offset));
  return { joinRef: joinRef || null, ref: ref || null, topic, event: 'broadcast', payload };
}

/**
 * A message to one or many sockets: encoded at most once per protocol, as a complete WebSocket frame, so that a broadcast to
 * thousands of clients costs one write for each.
 */
export class Frame {
  #encoded = new Map<Protocol, Buffer | null>();
  #encode: (protocol: Protocol) => Buffer | null;

  constructor(encode: (protocol: Protocol) => Buffer | null) {
    this.#encode = encode;
  }

  /** @returns `null` when the protocol has no form for the message */
  bytes(protocol: Protocol): Buffer | null {
    let bytes = this.#encoded.get(protocol);
    if (bytes === undefined) {
      bytes = this.#encode(protocol);
      this.#encoded.set(protocol, bytes);
    }
    return bytes;
  }
}

export function messageFrame(message: ServerMessage): Frame {
  return new Frame((protocol) => webSocketFrame(OPCODE_TEXT, Buffer.from(encodeText(protocol, message))));
}

/** Binary for protocol 2.0.0. Text for 1.0.0, which has no form for a binary payload. */
export function broadcastFrame(topic: string, broadcast: UserBroadcast): Frame {
  return new Frame((protocol) => {
    if (protocol === '2.0.0') return encodeBinaryBroadcast(topic, broadcast);
    if (broadcast.encoding === 'binary') return null;
    const meta = broadcast.meta && `"meta":${broadcast.meta},`;
    const payload = `{"event":${JSON.stringify(broadcast.event)},${meta}"payload":${broadcast.payload.toString()},"type":"broadcast"}`;
    const text = encodeText(protocol, { topic, event: 'broadcast', payload: new RawJson(payload) });
    return webSocketFrame(OPCODE_TEXT, Buffer.from(text));
  });
}

function encodeText(protocol: Protocol, message: ServerMessage): string {
  const payload = message.payload instanceof RawJson ? message.payload.text : JSON.stringify(message.payload);
  const [ref, topic, event] = [message.ref ?? null, message.topic, message.event].map((part) => JSON.stringify(part));
  return protocol === '2.0.0'
    ? `[${JSON.stringify(message.joinRef ?? null)},${ref},${topic},${event},${payload}]`
    : `{"ref":${ref},"event":${event},"topic":${topic},"payload":${payload}}`;
}

function encodeBinaryBroadcast(topicName: string, broadcast: UserBroadcast): Buffer | null {
  const [topic, event, meta] = [topicName, broadcast.event, broadcast.meta].map((part) => Buffer.from(part)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  // The format has one byte for each length.
  if ([topic, event, meta].some((part) => part.length > 255)) return null;
  const encoding = broadcast.encoding === 'json' ? 1 : 0;
  const head = Buffer.from([USER_BROADCAST, topic.length, event.length, meta.length, encoding]);
  return webSocketFrame(OPCODE_BINARY, Buffer.concat([head, topic, event, meta, broadcast.payload]));
}

/** One unmasked, unfragmented frame (RFC 6455, 5.2), as servers send them. */
function webSocketFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  let header: Buffer;
  if (length < 126) {
    header = Buffer.from([0x80 | opcode, length]);
  } else if (length < 0x1_0000) {
    header = Buffer.from([0x80 | opcode, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
  } else {
    header = Buffer.alloc(10);
    header[0] = 0x80 | opcode;
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}
