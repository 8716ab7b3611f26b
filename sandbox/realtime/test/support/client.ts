import assert from 'node:assert/strict';
import { WebSocket, type RawData } from 'ws';

export interface ReceivedFrame {
  isBinary: boolean;
  data: Buffer;
}

/** A text frame of protocol 2.0.0. */
export type JsonFrame = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

export interface JoinParams {
  config?: Record<string, unknown>;
  token?: string;
  ref?: string;
}

/** A bare WebSocket that queues the received frames until the test reads them. */
export class TestClient {
  /** Resolves with the code when the socket has closed. */
  readonly closed: Promise<number>;
  #socket: WebSocket;
  #received: ReceivedFrame[] = [];
  #waiting: ((frame: ReceivedFrame) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => void socket.once('close', resolve));
    socket.on('message', (data: RawData, isBinary) => {
      this.#receive({ isBinary, data: data as Buffer });
    });
  }

  /** @throws {ConnectionRefusal} */
  static open(url: string): Promise<TestClient> {
    const socket = new WebSocket(url);
    const client = new TestClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => {
        resolve(client);
      });
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          reject(new ConnectionRefusal(response.statusCode ?? 0, body));
        });
      });
    });
  }

  send(data: string | Buffer | JsonFrame): void {
    this.#socket.send(Array.isArray(data) ? JSON.stringify(data) : data);
  }

  sendJoin(topic: string, { config = {}, token, ref = '1' }: JoinParams = {}): void {
    const payload = { config, ...(token !== undefined && { access_token: token }) };
    this.send([ref, ref, `realtime:${topic}`, 'phx_join', payload]);
  }

  /** Joins and checks that the server accepted. */
  async join(topic: string, params: JoinParams = {}): Promise<void> {
    this.sendJoin(topic, params);
    const [, ref, , event, payload] = await this.nextJson();
    assert.deepEqual([ref, event, (payload as { status: string }).status], [params.ref ?? '1', 'phx_reply', 'ok']);
  }

  next(): Promise<ReceivedFrame> {
    const frame = this.#received.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async nextFrames(count: number): Promise<ReceivedFrame[]> {
    const frames: ReceivedFrame[] = [];
    while (frames.length < count) frames.push(await this.next());
    return frames;
  }

  /** The next frame, which must be text. */
  async nextJson(): Promise<JsonFrame> {
    const { data } = await this.next();
    return JSON.parse(data.toString()) as JsonFrame;
  }

  /** Waits for a `system` message and returns its payload. */
  async nextSystem(): Promise<unknown> {
    const [, , , event, payload] = await this.nextJson();
    assert.equal(event, 'system');
    return payload;
  }

  /** Checks that the server has sent no frame so far: it answers pings even while a join blocks the socket. */
  async expectSilence(): Promise<void> {
    await this.expectPong();
    this.expectNothingUnread();
  }

  async expectPong(): Promise<void> {
    await new Promise((resolve) => {
      this.#socket.once('pong', resolve);
      this.#socket.ping();
    });
  }

  expectNothingUnread(): void {
    assert.deepEqual(
      this.#received.map(({ data }) => data.toString()),
      [],
    );
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(frame: ReceivedFrame): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(frame);
    else this.#received.push(frame);
  }
}

/** The server answered with an HTTP error. */
export class ConnectionRefusal extends Error {
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`${status} ${body}`);
    this.status = status;
    this.body = body;
  }
}
