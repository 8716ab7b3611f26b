import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { transform } from 'esbuild';
import type { Routes } from '../http-server.ts';
import type { Mailbox } from './mailbox.ts';

const PAGE = import.meta.dirname;

/** No inline code or styles, nothing from other origins; the frames show the mails. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * A mail may use its own styles; nothing else may load or run. The sandbox also applies when the mail is opened as a page of
 * its own. The frame has the page's origin, so that the page can measure its height; this is safe because no script runs.
 */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The demo's mailbox under /mailbox/: `mails` lists the received mails, `mails/ID` is one of them, `mails/ID/html` its HTML
 * for the reader. DELETE on `mails` empties the mailbox; pages of other sites can't send it, because a browser's preflight
 * request gets no permission.
 */
export function mailboxPages(mailbox: Mailbox): Routes {
  return async (request, response) => {
    const { pathname } = URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? {};
    if (!pathname?.startsWith('/mailbox')) return false;
    const reply = await answer(mailbox, request, pathname);
    if (!reply) return false;
    send(request, response, reply);
    return true;
  };
}

interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function answer(mailbox: Mailbox, request: IncomingMessage, pathname: string): Promise<Reply | null> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (pathname === '/mailbox') return { status: 308, headers: { location: '/mailbox/' } };
  if (pathname === '/mailbox/mails' && request.method === 'DELETE') {
    mailbox.clear();
    return { status: 204 };
  }
  if (!isRead) return null;
  switch (pathname) {
    case '/mailbox/':
      return page('index.html', 'text/html; charset=utf-8');
    case '/mailbox/mailbox.css':
      return page('mailbox.css', 'text/css; charset=utf-8');
    case '/mailbox/page.js':
      return { type: 'text/javascript; charset=utf-8', body: await script() };
    case '/mailbox/mails':
      return list(mailbox, request);
    default:
      return oneMail(mailbox, pathname);
  }
}

function list(mailbox: Mailbox, request: IncomingMessage): Reply {
  const etag = `"${mailbox.revision}"`;
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { type: JSON_TYPE, headers: { etag }, body: JSON.stringify(mailbox.list()) };
}

function oneMail(mailbox: Mailbox, pathname: string): Reply | null {
  const [, id, part] = /^\/mailbox\/mails\/([0-9a-f-]{36})(\/html)?$/.exec(pathname) ?? [];
  const mail = id && mailbox.find(id);
  if (!mail) return null;
  if (!part) return { type: JSON_TYPE, body: JSON.stringify(mail) };
  if (mail.html === null) return null;
  // Links open in a new tab, not in the frame.
  const body = mail.html.replace(/<head[^>]*>/i, '$&<base target="_blank">');
  return { type: 'text/html; charset=utf-8', headers: { 'content-security-policy': MAIL_POLICY }, body };
}

async function page(file: string, type: string): Promise<Reply> {
  const body = await readFile(path.join(PAGE, file), 'utf8');
  return { type, headers: { 'content-security-policy': PAGE_POLICY }, body };
}

let made: Promise<string> | undefined;

/** The page's script, with its types removed. */
function script(): Promise<string> {
  made ??= readFile(path.join(PAGE, 'page.ts'), 'utf8').then(async (source) => {
    const { code } = await transform(source, { loader: 'ts', target: 'es2022' });
    return code;
  });
  return made;
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const { status = 200, type, headers = {}, body = '' } = reply;
  response.writeHead(status, {
    ...(type ? { 'content-type': type, 'content-length': Buffer.byteLength(body) } : {}),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(request.method === 'HEAD' || !type ? undefined : body);
}
