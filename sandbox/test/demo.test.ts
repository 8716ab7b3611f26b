import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { PUBLISHABLE_KEY } from '../api/keys.ts';
import { demoPages } from '../demo/demo.ts';

describe('the demo pages', () => {
  let server: Server;
  let port: number;

  before(async () => {
    const routes = demoPages();
    server = createServer((request, response) => {
      void (async () => {
        if (!(await routes(request, response))) response.writeHead(404).end('no page');
      })();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  /** A raw request, because `fetch` would normalise the path first. */
  async function get(path: string, options: { method?: string; host?: string } = {}) {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path,
      method: options.method ?? 'GET',
      headers: { host: options.host ?? `127.0.0.1:${port}` },
    }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  }

  test('hold the URL and key of the sandbox that serves them', async () => {
    for (const path of ['/', '/npm/']) {
      const { status, headers, body } = await get(path);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.ok(body.includes(`supabase-url="http://127.0.0.1:${port}"`));
      assert.ok(body.includes(`supabase-key="${PUBLISHABLE_KEY}"`));
      assert.doesNotMatch(body, /%SUPABASE/);
    }
  });

  test('use the host that they were opened at, if it is this machine', async () => {
    assert.ok((await get('/', { host: 'localhost:1234' })).body.includes('supabase-url="http://localhost:1234"'));
    const { body } = await get('/', { host: 'evil.example"><script>' });
    assert.ok(body.includes(`supabase-url="http://127.0.0.1:${port}"`));
    assert.doesNotMatch(body, /evil/);
  });

  test('have their style sheet', async () => {
    const { status, headers } = await get('/clinic.css');
    assert.deepEqual([status, headers['content-type']], [200, 'text/css; charset=utf-8']);
  });

  test('redirect to the slash if it is missing', async () => {
    const { status, headers } = await get('/npm');
    assert.deepEqual([status, headers.location], [308, '/npm/']);
  });

  test('answer HEAD without a body', async () => {
    const { status, headers, body } = await get('/', { method: 'HEAD' });
    assert.equal(status, 200);
    assert.notEqual(headers['content-length'], '0');
    assert.equal(body, '');
  });

  for (const path of [
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/openslot/../../package.json',
    '/openslot/%2e%2e%2f%2e%2e%2fpackage-lock.json',
    '/..%5c..%5cpackage.json',
    '/npm/main.ts',
    '/clinic.css%00.html',
    '/%',
    '/rest/v1/',
  ]) {
    test(`serve nothing else: ${path}`, async () => {
      assert.equal((await get(path)).status, 404);
    });
  }

  test('refuse other methods', async () => {
    assert.equal((await get('/', { method: 'POST' })).status, 404);
  });
});
