import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface LocalSmtpServer {
  /** What a mail program takes for its server. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A mail server on loopback that takes everything and passes nothing on.
 * @param take called with each mail as it came over the wire, before the server says yes to it
 */
export async function startSmtpServer(take: (mail: Buffer) => Promise<void> | void): Promise<LocalSmtpServer> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, callback) => {
      buffer(stream)
        .then(take)
        .then(() => callback(), callback);
    },
  });
  // A client that hangs up in the middle of it, as a killed worker does.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
