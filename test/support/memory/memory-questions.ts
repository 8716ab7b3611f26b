/** A clinic that asks questions: Mira's, with every kind of them for a first visit. */
import type { Question } from '../../../src/core/wire.ts';
import type { ProviderSeed } from './memory-database.ts';
import { demoSeed, MIRA, SERVICES } from './memory-seed.ts';

export const QUESTIONS: readonly Question[] = [
  { key: 'reason', kind: 'text', label: 'What brings you here?', hint: 'In a few words.', required: true },
  { key: 'before', kind: 'choice', label: 'Have you been here before?', options: ['Yes', 'No'], required: true },
  { key: 'had', kind: 'choices', label: 'Have you had any of these?', options: ['Measles', 'Mumps', 'Rubella'] },
  {
    key: 'language',
    kind: 'choice',
    label: 'Which language do you prefer?',
    options: ['Svenska', 'English', 'Suomi', 'العربية', 'Español', 'Polski', 'Türkçe'],
  },
  { key: 'since', kind: 'date', label: 'Since when?' },
  {
    key: 'consent',
    kind: 'checkbox',
    label: 'I agree that the clinic keeps these answers.',
    required: true,
    link: { label: 'Privacy policy', url: 'https://northside.example/privacy' },
  },
];

export function askingSeed(now: number, questions: readonly Question[] = QUESTIONS): readonly ProviderSeed[] {
  const mira = demoSeed(now).find(({ provider }) => provider.id === MIRA.id)!;
  return [{ ...mira, services: [{ ...SERVICES.firstVisit, questions }, SERVICES.vaccination] }];
}
