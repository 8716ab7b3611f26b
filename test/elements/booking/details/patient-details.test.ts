import { expect } from '@open-wc/testing';
import type { Question } from '../../../../src/core/wire.ts';
import { clearDraft, readDraft, saveDraft, withAnswer } from '../../../../src/elements/booking/draft.ts';
import { initials } from '../../../../src/elements/shared/initials.ts';
import { answersTo, patientFrom } from '../../../../src/elements/booking/details/patient-details.ts';
import { SERVICES } from '../../../support/memory/memory-seed.ts';

const TYPED = { name: ' Ada Byron ', email: ' ada@example.org ', phone: ' +46 1 ', note: ' by lift ' };
const READER = { locale: 'sv', zone: 'Europe/Stockholm' };

describe('what is sent of a patient', () => {
  it('is what was typed, without blanks around it, with the reader’s language and zone', () => {
    expect(patientFrom(TYPED, READER, { floor: 'third' })).to.deep.equal({
      name: 'Ada Byron',
      email: 'ada@example.org',
      phone: '+46 1',
      note: 'by lift',
      time_zone: 'Europe/Stockholm',
      locale: 'sv',
      answers: { floor: 'third' },
    });
  });

  it('is nothing where nothing was typed or asked', () => {
    const sent = patientFrom({ ...TYPED, phone: '  ', note: '' }, READER, null);
    expect([sent.phone, sent.note, 'answers' in sent]).to.deep.equal([null, null, false]);
  });

  it('is no answer to what another service asks', () => {
    const asking = { ...SERVICES.consultation, questions: [{ key: 'floor' }, { key: 'dog' }] as Question[] };
    const answers = { floor: 'third', smoker: ['no'] };
    expect(answersTo(asking, answers)).to.deep.equal({ floor: 'third' });
    expect(answersTo(SERVICES.consultation, answers)).to.equal(null);
    expect(answersTo({ ...asking, questions: [] }, answers)).to.equal(null);
  });
});

describe('what was typed', () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => sessionStorage.clear());

  it('has one answer to a question, the latest, until it is taken back', () => {
    const first = withAnswer({}, 'floor', 'third');
    const second = withAnswer(withAnswer(first, 'dog', 'yes'), 'floor', 'fourth');
    expect([first, second]).to.deep.equal([{ floor: 'third' }, { dog: 'yes', floor: 'fourth' }]);
    expect(withAnswer(second, 'floor', null)).to.deep.equal({ dog: 'yes' });
  });

  it('is kept by provider, until it was sent', () => {
    const draft = { typed: { name: 'Ada' }, answers: { floor: 'third' } };
    saveDraft('mira', draft);
    expect([readDraft('mira'), readDraft('priya')]).to.deep.equal([draft, {}]);
    clearDraft('mira');
    expect([readDraft('mira'), sessionStorage.length]).to.deep.equal([{}, 0]);
  });

  it('is nothing where something else lies in its place', () => {
    for (const other of ['null', '7', '{', '"Ada"']) {
      sessionStorage.setItem('openslot-draft:mira', other);
      expect(readDraft('mira'), other).to.deep.equal({});
    }
  });
});

describe('initials', () => {
  it('are of the first and the last name, without titles and marks', () => {
    const cases: [name: string, expected: string][] = [
      ['Dr. Mira Lindqvist', 'ML'],
      ['Amara Ngozi Okafor', 'AO'],
      ['Prof. Dr. Åsa', 'Å'],
      ['jonas ek', 'JE'],
      ['Mira Lindqvist (she)', 'ML'],
      ['𝒜da Byron', '𝒜B'],
      ['', ''],
      ['Dr.', ''],
    ];
    for (const [name, expected] of cases) expect(initials(name), name).to.equal(expected);
  });
});
