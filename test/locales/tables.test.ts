import { expect } from '@open-wc/testing';
import { en } from '../../src/locales/en/booking.ts';
import { enAppointment } from '../../src/locales/en/appointment.ts';
import { enInbox } from '../../src/locales/en/notifications.ts';
import { enDetails } from '../../src/locales/en/details.ts';
import { enQuestions } from '../../src/locales/en/questions.ts';
import { enWeek } from '../../src/locales/en/week.ts';
import { enZones } from '../../src/locales/en/zones.ts';
import { loaders } from '../../src/locales/loaders.ts';
import { textsOf } from '../../src/locales/index.ts';

const LANGUAGES = Object.keys(loaders);

const ENGLISH = {
  messages: en,
  details: enDetails,
  appointment: enAppointment,
  week: enWeek,
  zones: enZones,
  questions: enQuestions,
  notifications: enInbox,
};

const PARTS = ['details', 'appointment', 'week', 'zones', 'questions', 'notifications'] as const;

/** Names, and what is the same word in several languages. */
const SAME_IN_SOME =
  /(^|\.)(lang|showWeek|live|offline|title|googleCalendar|outlook|calendarFile|name|email|note|dayAndTime|withWhom|about|message|serviceLine|inZone)$/;

/** Texts whose first fact is a number. */
const COUNTING =
  /(peopleViewing|peopleViewingShort|timesFree|holdLeft|found|moreTimes|tooLong|titleWithUnread|summary)$/;

type Texts = Readonly<Record<string, unknown>>;

async function textsIn(tag: string): Promise<Texts> {
  const locale = await loaders[tag]!();
  const texts = await Promise.all(PARTS.map(async (part) => [part, await textsOf(locale, part)] as const));
  return { messages: locale.messages, ...Object.fromEntries(texts) };
}

/** Every text of the English ones, with what it is called, and the same of another language. */
function* pairs(
  english: unknown,
  other: unknown,
  path = '',
): Generator<[path: string, english: unknown, other: unknown]> {
  if (typeof english !== 'object' || english === null) {
    yield [path, english, other];
    return;
  }
  for (const [key, value] of Object.entries(english)) {
    yield* pairs(value, (other as Texts | undefined)?.[key], path ? `${path}.${key}` : key);
  }
}

/** What a text says of some facts: of none, of one, of a few, of many. */
function said(text: unknown): string[] {
  if (typeof text !== 'function') return [String(text)];
  const say = text as (...facts: unknown[]) => string;
  return [0, 1, 2, 3, 5, 11, 21, 100]
    .flatMap((number) => {
      const facts = [number, 'FACT1', 'FACT2', 'FACT3', 'FACT4'];
      // The first fact is a number of some texts, and a word of others.
      return [say(...facts), say('FACT0', ...facts.slice(1))].filter((one) => !/NaN|undefined/.test(one));
    })
    .map((one) => one.trim());
}

describe('the tables of each language', () => {
  for (const tag of LANGUAGES) {
    it(`${tag} says all that English says, in words of its own`, async () => {
      const texts = await textsIn(tag);
      for (const [path, english, other] of pairs(ENGLISH, texts)) {
        expect(other, path).to.be.a(typeof english);
        if (typeof english === 'string' && !SAME_IN_SOME.test(path)) expect(other, path).not.to.equal(english);
        if (typeof english === 'string') expect(other, path).to.match(/[\p{L}\p{N}“”]/u);
        if (typeof english === 'function' && !path.includes('oneOf') && !path.includes('noService')) {
          expect(said(other), path).not.to.be.empty;
          expect(said(other), path).not.to.include('');
        }
      }
    });

    it(`${tag} leaves out nothing that English tells`, async () => {
      const texts = await textsIn(tag);
      const facts = ['FACT0', 'FACT1', 'FACT2', 'FACT3'];
      for (const [path, english, other] of pairs(ENGLISH, texts)) {
        if (typeof english !== 'function' || /oneOf|noService|setup/.test(path)) continue;
        const given = COUNTING.test(path) ? ['7'] : facts;
        const [told, tells] = [english, other].map((say) => (say as (...facts: unknown[]) => string)(...given));
        for (const fact of given.filter((one) => told!.includes(one))) {
          expect(
            tells!.replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit))),
            path,
          ).to.include(fact);
        }
      }
    });
  }
});
