import { startFaultProxy } from '../support/fault-proxy.ts';
import { embed, expect, test, type Attributes } from './clinic.ts';

test.describe('the site owner reads what to mend', () => {
  const cases: [title: string, change: Attributes, message: RegExp, code: string][] = [
    ['no URL', { 'supabase-url': undefined }, /supabase-url.*is missing/, 'missing_config'],
    ['no key', { 'supabase-key': undefined }, /supabase-key.*is missing/, 'missing_config'],
    ['no provider', { provider: undefined }, /provider.*is missing/, 'missing_config'],
    ['not a URL', { 'supabase-url': 'northside' }, /supabase-url/, 'invalid_config'],
    ['a secret key', { 'supabase-key': 'sb_secret_abcdefghijklmnop' }, /never a secret one/, 'invalid_config'],
    ['an unknown zone', { 'time-zone': 'Mars/Olympus' }, /time-zone/, 'invalid_config'],
    ['an unknown provider', { provider: 'nobody' }, /no provider “nobody”/, 'provider_not_found'],
    ['an unknown service', { service: 'surgery' }, /no service “surgery”/, 'service_not_found'],
    ['a wrong key', { 'supabase-key': 'sb_publishable_wrong_0123456789' }, /refuses the key/, 'invalid_key'],
  ];
  for (const [title, change, message, code] of cases) {
    test(title, async ({ page, sandbox }) => {
      const right = { 'supabase-url': sandbox.url, 'supabase-key': sandbox.publishableKey, provider: 'mira-lindqvist' };
      const owner = await embed(page, sandbox.url, { ...right, ...change });
      await expect(owner.widget.getByText(message).first()).toBeVisible();
      await expect.poll(owner.codes).toContain(code);
      expect(owner.problems).toEqual([]);
    });
  }

  test('and once the attribute is mended, the widget works', async ({ page, sandbox }) => {
    const owner = await embed(page, sandbox.url, {
      'supabase-url': sandbox.url,
      'supabase-key': sandbox.publishableKey,
      provider: 'nobody',
    });
    await expect(owner.widget.getByText(/no provider/).first()).toBeVisible();
    await owner.widget.evaluate((element) => element.setAttribute('provider', 'mira-lindqvist'));
    await owner.ready();
  });
});

test.describe('a project that is not as it should be', () => {
  const answers: [title: string, answer: { status: number; body: string } | 'refuse', message: RegExp, code: string][] =
    [
      ['is paused', { status: 540, body: '{"message":"Project paused"}' }, /taking a break/, 'project_unavailable'],
      ['is overloaded', { status: 503, body: 'upstream connect error' }, /taking a break/, 'project_unavailable'],
      [
        'answers with a web page',
        { status: 200, body: '<!doctype html><title>Sign in to the Wi-Fi</title>' },
        /don’t understand/,
        'bad_response',
      ],
      ['can’t be reached', 'refuse', /can’t reach the clinic/, 'network'],
    ];
  for (const [title, answer, message, code] of answers) {
    test(`${title}, and later is`, async ({ page, sandbox }) => {
      const proxy = await startFaultProxy(sandbox.url);
      proxy.http = (path) => (path.startsWith('/rest/') ? answer : 'pass');
      try {
        const patient = await embed(page, sandbox.url, {
          'supabase-url': proxy.url,
          'supabase-key': sandbox.publishableKey,
          provider: 'mira-lindqvist',
        });
        await expect(patient.widget.getByText(message).first()).toBeVisible();
        await expect.poll(patient.codes).toContain(code);
        proxy.http = () => 'pass';
        await patient.widget.getByRole('button', { name: 'Try again' }).click();
        await patient.ready();
        expect(patient.problems).toEqual([]);
      } finally {
        await proxy.stop();
      }
    });
  }

  test('has no migrations', async ({ page, sandbox }) => {
    // What PostgREST answers where there is no such function.
    const body =
      '{"code":"PGRST202","details":"Searched for the function public.openslot_calendar with parameter provider or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.","hint":null,"message":"Could not find the function public.openslot_calendar(provider) in the schema cache"}';
    await page.route('**/rpc/openslot_calendar', (route) =>
      route.fulfill({ status: 404, contentType: 'application/json', body }),
    );
    const owner = await embed(page, sandbox.url, {
      'supabase-url': sandbox.url,
      'supabase-key': sandbox.publishableKey,
      provider: 'mira-lindqvist',
    });
    await expect(owner.widget.getByText(/Openslot isn’t installed there completely/).first()).toBeVisible();
    await expect.poll(owner.codes).toContain('not_installed');
    expect(owner.problems).toEqual([]);
  });

  test('has an older schema', async ({ page, sandbox }) => {
    await page.route('**/rpc/openslot_calendar', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), schema_version: 0 } });
    });
    const owner = await embed(page, sandbox.url, {
      'supabase-url': sandbox.url,
      'supabase-key': sandbox.publishableKey,
      provider: 'mira-lindqvist',
    });
    await expect(owner.widget.getByText(/older version of Openslot’s migrations/).first()).toBeVisible();
    await expect.poll(owner.codes).toContain('schema_outdated');
  });
});
