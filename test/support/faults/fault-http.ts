/** What can go wrong with one HTTP request, for the fault proxy. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { trickle } from './trickle.ts';

export type HttpFault =
  | 'pass'
  /** The connection closes before the request reaches the server. */
  | 'refuse'
  /** The server does what was asked; its answer never arrives. */
  | 'lose-answer'
  /** The server is asked twice, as by a gateway that tries again; the second answer arrives. */
  | 'ask-twice'
  /** Nothing happens until the proxy stops or the client gives up. */
  | 'hang'
  /** The proxy answers in the server's place. */
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  /** The request is held back until the promise settles, and reaches the server even if the client has given up by then. */
  | { readonly requestAfter: Promise<unknown> }
  /** The answer is held back until the promise settles. */
  | { readonly answerAfter: Promise<unknown> }
  /** The answer's body arrives as something else. */
  | { readonly rewrite: (body: string) => string };

/** Answers arrive from a server whose clock differs by `ms`. */
export function skewServerTime(ms: number): HttpFault {
  const shifted = (time: string) => new Date(Date.parse(time) + ms).toISOString();
  return {
    rewrite: (body) =>
      body.replace(/("server_time":\s*")([^"]+)/, (_, key: string, time: string) => key + shifted(time)),
  };
}

export async function relayHttp(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: HttpFault,
  bytesPerSecond: number,
): Promise<void> {
  if (fault === 'hang') return;
  if (fault === 'refuse') {
    request.socket.destroy();
    return;
  }
  if (typeof fault === 'object' && 'status' in fault) {
    request.resume();
    response.writeHead(fault.status, {
      'access-control-allow-origin': '*',
      'content-type': 'application/json',
      ...fault.headers,
    });
    response.end(fault.body);
    return;
  }
  try {
    const body = await buffer(request);
    if (typeof fault === 'object' && 'requestAfter' in fault) await fault.requestAfter.catch(() => undefined);
    let answer = await ask(target, request, body);
    if (fault === 'ask-twice') {
      await buffer(answer);
      answer = await ask(target, request, body);
    }
    if (fault === 'lose-answer') {
      await buffer(answer);
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'object' && 'answerAfter' in fault) await fault.answerAfter.catch(() => undefined);
    if (typeof fault === 'object' && 'rewrite' in fault) {
      const rewritten = fault.rewrite((await buffer(answer)).toString('utf8'));
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && name !== 'transfer-encoding' && name !== 'content-length')
          response.setHeader(name, value);
      }
      response.writeHead(answer.statusCode ?? 502).end(rewritten);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (bytesPerSecond === Infinity) await pipeline(answer, response);
    else await pipeline(answer, trickle(bytesPerSecond), response);
  } catch {
    // The client or the server went away.
    request.socket.destroy();
  }
}

async function ask(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { hostname, port, host } = new URL(target);
  const forwarded = httpRequest({ hostname, port, method, path: url, headers: { ...headers, host } });
  forwarded.end(body);
  const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
  return answer;
}
