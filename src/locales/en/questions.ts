import { count } from './booking.ts';
import type { QuestionsMessages } from '../types.ts';

export const enQuestions: QuestionsMessages = {
  choose: 'Please choose…',
  missing: 'Please answer this question.',
  choiceMissing: 'Please choose one of these.',
  choicesMissing: 'Please choose at least one of these.',
  tickMissing: 'Please tick this box to go on.',
  dateMissing: 'Please enter a date.',
  tooLong: (most) => `Please use at most ${count(most, 'character', 'characters')}.`,
};
