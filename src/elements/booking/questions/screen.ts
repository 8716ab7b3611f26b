import { html } from 'lit';
import { enDetails } from '../../../locales/en/details.ts';
import { enQuestions } from '../../../locales/en/questions.ts';
import { keepDraft, withAnswer } from '../draft.ts';
import { rejectedField } from '../error-texts.ts';
import type { Screen } from '../screen.ts';
import { OpenslotQuestions } from './openslot-questions.ts';

/** What the clinic asks for the chosen service. Stands among the details. */
export const screen: Screen<'questions' | 'details'> = {
  elements: { 'openslot-questions': OpenslotQuestions },
  texts: { questions: enQuestions, details: enDetails },
  render({ flow: { chosen, answers, busy, refusal } }, texts) {
    const [, rejected = null] = /^answers\.(.+)/.exec(rejectedField(refusal)) ?? [];
    return html`
      <openslot-questions
        slot="questions"
        part="questions"
        exportparts="label, input, option, error"
        .messages=${texts.questions}
        .optional=${texts.details.optional}
        .questions=${chosen?.service.questions ?? []}
        .answers=${answers}
        .busy=${busy}
        .rejected=${rejected}
      ></openslot-questions>
    `;
  },
  requests: (booking) => ({
    'openslot-answer-change': ({ detail }) => {
      booking.flow.set({ answers: withAnswer(booking.flow.answers, detail.key, detail.answer) });
      keepDraft(booking);
    },
  }),
};
