import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { BookingResult } from '../../../src/core/wire.ts';
import { viewerZone, zoneLabel } from '../../../src/core/time/time-zones.ts';
import { BookingPage, clockAt, NOW } from '../../support/pages/booking-page.ts';
import { createMemoryProject } from '../../support/memory/memory-backend.ts';
import { asWritten } from '../../support/pages/seen.ts';

describe('attributes', () => {
  it('show times in the viewer’s zone unless told otherwise, and the clinic’s by one press', async () => {
    const page = await BookingPage.open({ attributes: { 'time-zone': 'viewer' } });
    const label = (zone: string) => zoneLabel(zone, NOW, 'en-GB');
    expect(page.text).to.include(`Times shown in ${label(viewerZone())}`);
    const hour = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit' });
    const atNine = asWritten(hour.format(Date.UTC(2026, 10, 23, 8)));
    expect(page.times[0]).to.equal(atNine);
    await page.press('Show in Stockholm (GMT+1)');
    await page.sees(/Times shown in Stockholm \(GMT\+1\) Show in /);
    expect(page.times[0]).to.equal('9:00');
    await page.press(`Show in ${label(viewerZone())}`);
    await page.until(() => page.times[0] === atNine, 'the viewer’s zone again');
  });

  it('take effect while the widget is there', async () => {
    const page = await BookingPage.open();
    const { element } = page;
    element.setAttribute('time-zone', 'Asia/Tokyo');
    await page.until(() => page.times[0] === '17:00', 'the zone');
    expect(page.text).not.to.include('Show in');
    element.setAttribute('hour-cycle', 'h12');
    await page.until(() => page.times[0] === '5:00 pm', 'the hour cycle');
    element.setAttribute('service', 'first-visit');
    await page.sees('17 times free');
    element.setAttribute('first-day-of-week', 'sunday');
    await page.sees('Sun Mon Tue Wed Thu Fri Sat');
    element.setAttribute('lang', 'en-US');
    await page.sees('Monday, November 23');
    element.setAttribute('provider', 'amara-okafor');
    await page.sees('Amara Okafor');
    expect(page.services).to.deep.equal(['Treatment 45 min', 'Follow-up 30 min']);
  });

  it('leave the details step when the provider changes, and let go of the held time', async () => {
    const page = await BookingPage.open();
    await page.hold('10:00');
    page.element.provider = 'amara-okafor';
    await page.sees('Amara Okafor');
    expect(page.hasState('times')).to.equal(true);
    await page.until(() => page.backend.calls.includes('release'), 'the time is let go');
  });

  it('fill in what the page knows of the patient, until something is typed', async () => {
    const page = await BookingPage.open({
      attributes: { 'patient-name': 'Ada', 'patient-email': 'ada@example.com', 'patient-phone': '+46 1' },
    });
    await page.hold('10:00');
    expect(['Full name', 'E-mail', 'Phone'].map((label) => page.field(label).value)).to.deep.equal([
      'Ada',
      'ada@example.com',
      '+46 1',
    ]);
    page.fill('Full name', 'Ada Lovelace');
    page.element.setAttribute('patient-name', 'Grace');
    page.element.setAttribute('patient-email', 'grace@example.com');
    await page.element.updateComplete;
    await page.until(() => page.field('E-mail').value === 'grace@example.com', 'untouched fields follow');
    expect(page.field('Full name').value).to.equal('Ada Lovelace');
  });

  it('say of which country a phone number is that names none', async () => {
    const page = await BookingPage.open({ attributes: { 'phone-prefix': '+46', 'patient-phone': '070-123 45 67' } });
    await page.hold('9:00');
    await page.fillDetails();
    expect(page.field('Phone').value).to.equal('+46 70-123 45 67');
    page.fill('Phone', '');
    await sendKeys({ type: '08-123 456' });
    await sendKeys({ press: 'Tab' });
    expect(page.field('Phone').value, 'as it will be sent').to.equal('+46 8-123 456');
    page.fill('Phone', '');
    await sendKeys({ type: '08-123 457' });
    const confirmed = oneEvent(page.element, 'openslot-booking-confirmed');
    await sendKeys({ press: 'Enter' });
    const { appointment } = (await confirmed).detail as BookingResult;
    expect(appointment.patient.phone).to.equal('+46 8-123 457');
  });

  it('keep the widget from counting viewers', async () => {
    const page = await BookingPage.open({ attributes: { presence: 'off' } });
    await page.becomes('live');
    expect(page.text).not.to.include('viewing');
  });

  it('make it poll instead of listening', async () => {
    const page = await BookingPage.open({ attributes: { realtime: 'off' } });
    await page.sees('Updates regularly');
  });

  it('leave the choice of service out when there is one only', async () => {
    const project = createMemoryProject({ clock: clockAt(NOW), seed: [] });
    const [mira] = (await import('../../support/memory/memory-seed.ts')).demoSeed(NOW);
    project.database.add({ ...mira!, services: mira!.services.slice(0, 1) });
    const page = await BookingPage.open({ project });
    expect(page.services).to.deep.equal([]);
  });
});

describe('an attribute that can’t be', () => {
  const cases: [name: string, value: string | null, text: string, code: string][] = [
    ['provider', null, 'The attribute “provider” is missing.', 'missing_config'],
    ['time-zone', 'Mars/Olympus', 'The attribute “time-zone” can’t be what it is.', 'invalid_config'],
    [
      'hour-cycle',
      '24',
      'The attribute “hour-cycle” can’t be what it is. It must be “h12”, “h23”, “h11”, or “h24”.',
      'invalid_config',
    ],
    ['first-day-of-week', '1', 'The attribute “first-day-of-week” can’t be what it is.', 'invalid_config'],
    ['phone-prefix', '46', 'It must be the code of a country, such as +46.', 'invalid_config'],
    ['presence', 'maybe', 'The attribute “presence” can’t be what it is. It must be “on” or “off”.', 'invalid_config'],
    ['realtime', 'fast', 'The attribute “realtime” can’t be what it is.', 'invalid_config'],
    ['provider', 'nobody', 'There is no provider “nobody”.', 'provider_not_found'],
  ];
  for (const [name, value, text, code] of cases) {
    it(`${name}="${value}" is named in place, told to the page once, and can be mended`, async () => {
      const page = await BookingPage.open({ attributes: { [name]: value }, impatient: true });
      await page.sees('This booking widget isn’t set up yet');
      expect(page.text).to.include(text);
      expect(page.errors).to.deep.equal([code]);
      expect(page.hasState('failed')).to.equal(true);
      page.element.setAttribute(
        name,
        { provider: 'mira-lindqvist', 'time-zone': 'provider', presence: 'on', realtime: 'off' }[name] ?? '',
      );
      await page.ready();
    });
  }

  it('service="massage" is named above a widget that works', async () => {
    const page = await BookingPage.open({ attributes: { service: 'massage' } });
    await page.sees(
      'There is no service “massage”. The attribute “service” takes the slug or the id of one: “consultation”, “first-visit”, or “vaccination”.',
    );
    expect(page.errors).to.deep.equal(['service_not_found']);
    await page.book('9:00');
  });

  for (const [attributes, text] of [
    [{}, 'The attribute “supabase-url” is missing.'],
    [{ 'supabase-url': 'https://x.supabase.co' }, 'The attribute “supabase-key” is missing.'],
    [
      { 'supabase-url': 'nowhere', 'supabase-key': 'sb_publishable_x' },
      'The attribute “supabase-url” can’t be what it is.',
    ],
    [
      { 'supabase-url': 'https://x.supabase.co', 'supabase-key': 'sb_secret_x' },
      'It must be the project’s publishable key (sb_publishable_…) or its anon key, never a secret one.',
    ],
  ] as const) {
    it(`${JSON.stringify(attributes)} without a client of the page’s own: ${text}`, async () => {
      const page = await BookingPage.open({ attributes, impatient: true });
      page.element.client = null;
      await page.sees(text);
    });
  }

  it('a client that is none is told', async () => {
    const page = await BookingPage.open();
    page.element.client = {};
    await page.sees('It must be a client made by supabase-js or by createOpenslotClient.');
  });
});

describe('a project that can’t answer', () => {
  const cases = [
    ['invalid_key', 'The project refuses the key in the attribute “supabase-key”.'],
    [
      'not_installed',
      'The project in the attribute “supabase-url” answers, but Openslot isn’t installed there completely. Apply its migrations.',
    ],
    ['schema_outdated', 'The project has an older version of Openslot’s migrations.'],
    ['project_unavailable', 'The clinic’s booking system is taking a break.'],
    ['bad_response', 'The booking system gave an answer that we don’t understand.'],
    ['network', 'We can’t reach the clinic.'],
  ] as const;
  for (const [code, text] of cases) {
    it(`with ${code} says so, and tells the page`, async () => {
      const page = await BookingPage.open({ faults: { refuses: { calendar: code } }, impatient: true });
      await page.sees(text);
      expect(page.errors).to.deep.equal([code]);
    });
  }

  it('is asked again by one press', async () => {
    const page = await BookingPage.open({ faults: { refuses: { calendar: 'network' } }, impatient: true });
    await page.sees('We can’t reach the clinic.');
    page.backend.faults.refuses = {};
    await page.press('Try again');
    await page.ready();
  });

  it('later: the times stay and say of when they are', async () => {
    const page = await BookingPage.open();
    await page.becomes('live');
    page.backend.goOffline();
    window.dispatchEvent(new Event('offline'));
    await page.sees(/We can’t reach the clinic at the moment\. Times as of 19:0\d\./);
    expect(page.times).to.have.length(21);
    expect(page.text).to.include('Offline');
    expect(page.hasState('stale')).to.equal(true);
    page.backend.goOnline();
    window.dispatchEvent(new Event('online'));
    await page.seesNo('Times as of', 'Live');
  });
});

describe('two widgets on one page', () => {
  it('of different providers share nothing', async () => {
    const project = createMemoryProject({ clock: clockAt(NOW) });
    const mira = await BookingPage.open({ project });
    const priya = await BookingPage.open({ project, attributes: { provider: 'priya-raman' } });
    await mira.hold('10:00');
    await mira.fillDetails();
    expect(priya.hasState('times')).to.equal(true);
    expect(priya.services).to.deep.equal(['Intake 60 mins', 'Session 50 mins']);
    await priya.press(/^9:/);
    await priya.sees('Held for you');
    expect(priya.field('Full name').value).to.equal('');
  });

  it('of one provider see each other’s bookings, and each stays in its own step', async () => {
    const project = createMemoryProject({ clock: clockAt(NOW) });
    const anna = await BookingPage.open({ project });
    const ben = await BookingPage.open({ project });
    await ben.becomes('live');
    await anna.book('10:00');
    await ben.sees('20 times free');
    expect(ben.times).not.to.include('10:00');
    expect(ben.hasState('times')).to.equal(true);
  });
});

describe('a widget that goes', () => {
  const isLetGo = ({ backend }: BookingPage) => backend.socket.open === 0 && !backend.socket.connected;

  it('lets go of everything soon after', async () => {
    const page = await BookingPage.open();
    await page.becomes('live');
    page.element.remove();
    await page.until(() => isLetGo(page), 'channels and socket are closed');
  });

  it('lets go of nothing when it only moves in the page', async () => {
    const [page, other] = [await BookingPage.open(), await BookingPage.open()];
    await page.becomes('live');
    await other.becomes('live');
    const { element } = page;
    const place = element.parentElement!;
    element.remove();
    place.append(element);
    // Who leaves for good after that is let go after what this one would have been.
    other.element.remove();
    await other.until(() => isLetGo(other), 'channels and socket of the other one are closed');
    page.othersTake('10:00');
    await page.sees('20 times free');
  });
});
