import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface LocalSmtpServer {
  /** The server's URL for the sender's configuration. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A mail server on loopback that accepts all mails and forwards none.
 * @param take receives each mail as it arrived over the network, before the server accepts it
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
  // A client may hang up in the middle of a mail, as a killed worker does.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
