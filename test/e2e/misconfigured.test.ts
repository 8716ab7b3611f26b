import { embed, expect, test, type Attributes } from './clinic.ts';

test.describe('the site’s owner reads how to correct', () => {
  const cases: [title: string, change: Attributes, message: RegExp, code: string, problem?: RegExp][] = [
    [
      'no URL',
      { 'supabase-url': undefined },
      /^This booking widget isn’t set up yet\s*The attribute “supabase-url” is missing\.$/,
      'missing_config',
    ],
    [
      'no key',
      { 'supabase-key': undefined },
      /^This booking widget isn’t set up yet\s*The attribute “supabase-key” is missing\.$/,
      'missing_config',
    ],
    [
      'no provider',
      { provider: undefined },
      /^This booking widget isn’t set up yet\s*The attribute “provider” is missing\.$/,
      'missing_config',
    ],
    [
      'not a URL',
      { 'supabase-url': 'northside' },
      /^This booking widget isn’t set up yet\s*The attribute “supabase-url” can’t be what it is\. It must be the URL of a Supabase project/,
      'invalid_config',
    ],
    [
      'a secret key',
      { 'supabase-key': 'sb_secret_abcdefghijklmnop' },
      /^This booking widget isn’t set up yet\s*The attribute “supabase-key” can’t be what it is\. .*, never a secret one\.$/,
      'invalid_config',
    ],
    [
      'an unknown zone',
      { 'time-zone': 'Mars/Olympus' },
      /^This booking widget isn’t set up yet\s*The attribute “time-zone” can’t be what it is\. It must be “viewer”, “provider” or a time zone/,
      'invalid_config',
    ],
    [
      'an unknown provider',
      { provider: 'nobody' },
      /^This booking widget isn’t set up yet\s*There is no provider “nobody”\. /,
      'provider_not_found',
      /status of 404 .*\/openslot_calendar/,
    ],
    ['an unknown service', { service: 'surgery' }, /^There is no service “surgery”\. /, 'service_not_found'],
    [
      'a wrong key',
      { 'supabase-key': 'sb_publishable_wrong_0123456789' },
      /^This booking widget isn’t set up yet\s*The project refuses the key in the attribute “supabase-key”\./,
      'invalid_key',
      /status of 401 .*\/openslot_calendar/,
    ],
  ];
  for (const [title, change, message, code, problem] of cases) {
    test(title, async ({ page, sandbox, problems }) => {
      if (problem) problems.expect(problem);
      if (code === 'invalid_key')
        problems.allow(/^console: WebSocket connection .* failed: HTTP Authentication failed/);
      const right = { 'supabase-url': sandbox.url, 'supabase-key': sandbox.publishableKey, provider: 'mira-lindqvist' };
      const owner = await embed(page, sandbox.url, { ...right, ...change });
      await expect(owner.text(message)).toBeVisible();
      await expect.poll(owner.codes).toEqual([code]);
    });
  }

  test('and once the attribute is corrected, the widget works', async ({ page, sandbox, problems }) => {
    problems.expect(/status of 404 .*\/openslot_calendar/);
    const owner = await embed(page, sandbox.url, {
      'supabase-url': sandbox.url,
      'supabase-key': sandbox.publishableKey,
      provider: 'nobody',
    });
    await expect(owner.text(/^This booking widget isn’t set up yet\s*There is no provider “nobody”\. /)).toBeVisible();
    await owner.widget.evaluate((element) => element.setAttribute('provider', 'mira-lindqvist'));
    await owner.ready();
  });
});

test.describe('a project with a wrong set-up', () => {
  const answers: [
    title: string,
    answer: { status: number; body: string } | 'refuse',
    message: RegExp,
    code: string,
    problem?: RegExp,
  ][] = [
    [
      'is paused',
      { status: 540, body: '{"message":"Project paused"}' },
      /^The clinic’s booking system is taking a break\./,
      'project_unavailable',
      /status of 540 .*\/openslot_calendar/,
    ],
    [
      'is overloaded',
      { status: 503, body: 'upstream connect error' },
      /^The clinic’s booking system is taking a break\./,
      'project_unavailable',
      /status of 503 .*\/openslot_calendar/,
    ],
    [
      'answers with a web page',
      { status: 200, body: '<!doctype html><title>Sign in to the Wi-Fi</title>' },
      /^The booking system gave an answer that we don’t understand\./,
      'bad_response',
    ],
    [
      'can’t be reached',
      'refuse',
      /^We can’t reach the clinic\./,
      'network',
      /net::ERR_EMPTY_RESPONSE .*\/openslot_calendar/,
    ],
  ];
  for (const [title, answer, message, code, problem] of answers) {
    test(`${title}, and later is`, async ({ page, sandbox, network, problems }) => {
      if (problem) problems.expect(problem);
      network.http = (path) => (path.startsWith('/rest/') ? answer : 'pass');
      const patient = await embed(page, sandbox.url, {
        'supabase-url': network.url,
        'supabase-key': sandbox.publishableKey,
        provider: 'mira-lindqvist',
      });
      await expect(patient.text(message)).toBeVisible();
      await expect.poll(patient.codes).toEqual([code]);
      network.http = () => 'pass';
      await patient.button('Try again').click();
      await patient.ready();
      await patient.live();
    });
  }

  test('has no migrations', async ({ page, sandbox, problems }) => {
    problems.expect(/status of 404 .*\/openslot_calendar/);
    // PostgREST's answer if the function doesn't exist.
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
    await expect(
      owner.text(/ answers, but Openslot isn’t installed there completely\. Apply its migrations\.$/),
    ).toBeVisible();
    await expect.poll(owner.codes).toEqual(['not_installed']);
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
    await expect(
      owner.text(/^This booking widget isn’t set up yet\s*The project has an older version of Openslot’s migrations\./),
    ).toBeVisible();
    await expect.poll(owner.codes).toEqual(['schema_outdated']);
  });
});
