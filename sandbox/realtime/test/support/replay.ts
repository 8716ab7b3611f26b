import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { isObject } from '../../json.ts';
import { ConnectionRefusal, TestClient, type ReceivedFrame } from './client.ts';
import type { RunningClock } from './clock.ts';
import type { TestDatabase } from './database.ts';
import type { TestServer } from './server.ts';

/**
 * One line of a fixture. `<name>` in a sent text stands for a token, `<x*1000>` for 1,000 times x. Recordings hold no tokens,
 * so the fixture names the token. A key or version that is missing is also missing in the URL. Each recorded frame has its
 * line: a line that can't be played is skipped, and gives the reason.
 */
type Step = { note?: string } & (
  | { do: 'sql'; sql: string; params?: unknown[] }
  | { do: 'wait-for'; sql: string }
  | { do: 'advance'; milliseconds: number }
  | { do: 'restart-database' }
  | { do: 'stop-server' }
  | { do: 'start-server' }
  | { do: 'skip'; why: string; client?: string; text?: string; base64?: string }
  | { do: 'connect'; client: string; vsn?: string; key?: string }
  | { do: 'expect-refusal'; client: string; status: number; body: string }
  | ClientStep
);

type ClientStep =
  | { do: 'send' | 'expect'; client: string; text: string; base64?: never }
  | { do: 'send' | 'expect'; client: string; base64: string; text?: never }
  /** Frames in random order, such as one change to several channels of a socket. */
  | { do: 'expect-together'; client: string; texts: string[] }
  | { do: 'expect-close'; client: string; code: number }
  | { do: 'expect-pong' | 'disconnect' | 'terminate'; client: string };

/** Keys whose values may differ from run to run. */
const VOLATILE_KEYS = new Set(['phx_ref', 'phx_ref_prev', 'presence_ref', 'commit_timestamp']);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const AGE_OF_TOKEN = /expired \d+ seconds ago$/;

interface Stage {
  server: TestServer;
  database: TestDatabase;
  clock: RunningClock;
  /** Makes the tokens of a run, under the names in the fixtures. */
  tokens(): Promise<Record<string, string>>;
}

/**
 * Plays the clients' part of a recorded session and compares, client by client, each frame of the server with the recorded
 * one. Values that change from run to run may differ, but equal recorded values must be equal in the run.
 */
export class Replay {
  #stage: Stage;
  #tokens: Record<string, string> = {};
  #opening = new Map<string, Promise<TestClient>>();
  #replaced = new Map<string, unknown>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** @returns the reasons for skipped frames, with their numbers */
  async run(fixture: string): Promise<Map<string, number>> {
    this.#tokens = await this.#stage.tokens();
    this.#opening.clear();
    this.#replaced.clear();
    const skipped = new Map<string, number>();
    const file = new URL(`../fixtures/${fixture}.jsonl`, import.meta.url);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      try {
        const step = JSON.parse(line) as Step;
        if (step.do === 'skip') skipped.set(step.why, (skipped.get(step.why) ?? 0) + 1);
        else await this.#step(step);
      } catch (error) {
        if (error instanceof Error) error.message = `${fixture}.jsonl:${index + 1}: ${error.message}`;
        throw error;
      }
    }
    for (const opening of this.#opening.values()) {
      const client = await opening;
      await client.expectSilence();
      await client.close();
    }
    return skipped;
  }

  async #step(step: Exclude<Step, { do: 'skip' }>): Promise<void> {
    const { database, server, clock } = this.#stage;
    if (step.do === 'sql') {
      await database.query(step.sql, step.params);
    } else if (step.do === 'wait-for') {
      await database.waitUntil(step.sql);
    } else if (step.do === 'advance') {
      clock.advance(step.milliseconds);
    } else if (step.do === 'restart-database') {
      await database.restart();
    } else if (step.do === 'stop-server') {
      await server.stopRealtime();
    } else if (step.do === 'start-server') {
      await server.startRealtime();
    } else if (step.do === 'connect') {
      this.#connect(step);
    } else if (step.do === 'expect-refusal') {
      const { status, body } = step;
      await assert.rejects(this.#opening.get(step.client)!, new ConnectionRefusal(status, body));
      this.#opening.delete(step.client);
    } else {
      await this.#play(step, await this.#opening.get(step.client)!);
    }
  }

  async #play(step: ClientStep, client: TestClient): Promise<void> {
    if (step.do === 'send') {
      client.send(this.#dataOf(step));
    } else if (step.do === 'expect') {
      this.#compare(await client.next(), step);
    } else if (step.do === 'expect-together') {
      this.#compareAll(await client.nextFrames(step.texts.length), step.texts);
    } else if (step.do === 'expect-pong') {
      await client.expectSilence();
    } else {
      this.#opening.delete(step.client);
      if (step.do === 'expect-close') assert.equal(await client.closed, step.code);
      else await client.expectPong();
      client.expectNothingUnread();
      if (step.do === 'disconnect') await client.close();
      else client.terminate();
    }
  }

  #connect({ client, vsn, key }: Extract<Step, { do: 'connect' }>): void {
    const apikey = key === undefined ? undefined : this.#tokens[key]!;
    const url = this.#stage.server.url({ ...(vsn !== undefined && { vsn }), ...(apikey !== undefined && { apikey }) });
    const opening = TestClient.open(url);
    opening.catch(() => {
      // The step that expects the refusal checks it.
    });
    this.#opening.set(client, opening);
  }

  #dataOf(step: { text?: string; base64?: string }): string | Buffer {
    const isText = step.text !== undefined;
    const data = isText ? step.text! : Buffer.from(step.base64!, 'base64').toString('latin1');
    const whole = data.replaceAll(/<x\*(\d+)>/g, (_match, times: string) => 'x'.repeat(Number(times)));
    if (!isText) return Buffer.from(whole, 'latin1');
    return whole.replaceAll(/<([\w-]+)>/g, (_match, name: string) => {
      assert.ok(this.#tokens[name], `a token named ${name}`);
      return this.#tokens[name];
    });
  }

  #compare(received: ReceivedFrame, step: { text?: string; base64?: string }): void {
    const isBinary = step.base64 !== undefined;
    const recorded = isBinary ? parseBinary(Buffer.from(step.base64!, 'base64')) : (JSON.parse(step.text!) as unknown);
    assert.equal(received.isBinary, isBinary, `binary or text: ${received.data.toString()}`);
    const actual = isBinary ? parseBinary(received.data) : (JSON.parse(received.data.toString()) as unknown);
    assert.deepEqual(actual, this.#expected(recorded, actual, ''));
  }

  #compareAll(received: ReceivedFrame[], texts: string[]): void {
    const inOrder = [...received].sort((a, b) => (headOf(a.data.toString()) < headOf(b.data.toString()) ? -1 : 1));
    const recorded = [...texts].sort((a, b) => (headOf(a) < headOf(b) ? -1 : 1));
    for (const [index, text] of recorded.entries()) this.#compare(inOrder[index]!, { text });
  }

  /** The recorded value, with the parts that may differ replaced by the actual ones. */
  #expected(recorded: unknown, actual: unknown, key: string): unknown {
    if (Array.isArray(recorded)) {
      return recorded.map((item, index) => this.#expected(item, (actual as unknown[] | null)?.[index], key));
    }
    if (isObject(recorded)) {
      return Object.fromEntries(
        Object.entries(recorded).map(([name, value]) => [
          name,
          this.#expected(value, isObject(actual) ? actual[name] : undefined, name),
        ]),
      );
    }
    if (isSameButForAge(recorded, actual)) return actual;
    if (!isVolatile(key, recorded) || shape(recorded) !== shape(actual)) return recorded;
    if (!this.#replaced.has(String(recorded))) this.#replaced.set(String(recorded), actual);
    return this.#replaced.get(String(recorded));
  }
}

function isVolatile(key: string, value: unknown): boolean {
  return (
    VOLATILE_KEYS.has(key) ||
    // Numbers of bindings. In rows and payloads, an id is compared.
    ((key === 'id' || key === 'ids') && typeof value === 'number' && value > 1000) ||
    (typeof value === 'string' && UUID.test(value))
  );
}

/** Both give the time since a token expired, and are otherwise equal. */
function isSameButForAge(recorded: unknown, actual: unknown): boolean {
  if (typeof recorded !== 'string' || typeof actual !== 'string' || !AGE_OF_TOKEN.test(recorded)) return false;
  return recorded.replace(AGE_OF_TOKEN, '') === actual.replace(AGE_OF_TOKEN, '');
}

/** Replaces all digits and all letters by one of each: a time must still look like a time, an id like an id. */
function shape(value: unknown): string {
  return `${typeof value} ${typeof value === 'number' ? '' : String(value).replaceAll(/[A-Za-z0-9_-]/g, 'x')}`;
}

/** Topic, event and reference of a text frame of protocol 2.0.0. They identify the frame. */
function headOf(text: string): string {
  const [, ref, topic, event] = JSON.parse(text) as unknown[];
  return JSON.stringify([topic, event, ref]);
}

/** A server's binary broadcast: `04`, four lengths and flags, topic, event, meta, payload. */
function parseBinary(data: Buffer): unknown {
  const [kind, topicLength, eventLength, metaLength, isJson] = data;
  const parts: string[] = [];
  let offset = 5;
  for (const length of [topicLength!, eventLength!, metaLength!]) {
    parts.push(data.toString('utf8', offset, offset + length));
    offset += length;
  }
  const [topic, event, meta] = parts as [string, string, string];
  const payload = data.subarray(offset);
  return {
    kind,
    topic,
    event,
    meta: meta && (JSON.parse(meta) as unknown),
    payload: isJson ? (JSON.parse(payload.toString()) as unknown) : payload.toString('hex'),
  };
}
