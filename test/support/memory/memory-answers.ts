import { OpenslotError } from '../../../src/core/errors.ts';
import type { AnsweredQuestion, Answers, Service } from '../../../src/core/wire.ts';

/** Each answer with its question. It refuses missing answers only; the real database also refuses answers of the wrong kind. */
export function answered({ questions = [] }: Service, answers: Answers): AnsweredQuestion[] {
  return questions.flatMap(({ key, kind, label, required }) => {
    const answer = answers[key];
    if (answer !== undefined) return [{ key, kind, label, answer }];
    if (!required) return [];
    throw new OpenslotError('invalid_argument', undefined, { status: 422, detail: { field: `answers.${key}` } });
  });
}
