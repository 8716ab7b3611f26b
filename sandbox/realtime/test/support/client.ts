import { WebSocket, type RawData } from 'ws';

export interface ReceivedFrame {
  isBinary: boolean;
  data: Buffer;
}

/** A bare WebSocket that keeps what it receives until the test asks for it. */
export class TestClient {
  readonly closed: Promise<number>;
  #socket: WebSocket;
  #received: ReceivedFrame[] = [];
  #waiting: ((frame: ReceivedFrame) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => void socket.once('close', resolve));
    socket.on('message', (data: RawData, isBinary) => this.#receive({ isBinary, data: data as Buffer }));
  }

  /** @throws {ConnectionRefusal} */
  static open(url: string): Promise<TestClient> {
    const socket = new WebSocket(url);
    const client = new TestClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => reject(new ConnectionRefusal(response.statusCode!, body)));
      });
    });
  }

  send(data: string | Buffer): void {
    this.#socket.send(data);
  }

  next(): Promise<ReceivedFrame> {
    const frame = this.#received.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The next frame, which must be text, parsed. */
  async nextJson(): Promise<unknown> {
    const { data } = await this.next();
    return JSON.parse(data.toString());
  }

  /** Sends a heartbeat and returns all frames, parsed where they are text, that came before its reply. */
  async flush(ref = 'flush'): Promise<unknown[]> {
    this.send(JSON.stringify([null, ref, 'phoenix', 'heartbeat', {}]));
    const frames: unknown[] = [];
    for (;;) {
      const { isBinary, data } = await this.next();
      const frame: unknown = isBinary ? data : JSON.parse(data.toString());
      if (Array.isArray(frame) && frame[1] === ref) return frames;
      frames.push(frame);
    }
  }

  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('pong', () => resolve());
      this.#socket.ping();
    });
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
