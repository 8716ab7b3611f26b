import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { OpenslotQuestions } from '../../src/elements/booking/questions/openslot-questions.ts';
import { QUESTIONS } from '../../test/support/memory/memory-questions.ts';
import { inCard, inColumn } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotQuestions, 'questions' | 'answers' | 'busy' | 'rejected'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-questions',
  component: 'openslot-questions',
  decorators: [inCard],
  args: { questions: QUESTIONS, answers: {}, busy: false, rejected: null },
  render: ({ questions, answers, busy, rejected }) => html`
    <openslot-questions
      .questions=${questions}
      .answers=${answers}
      .busy=${busy}
      .rejected=${rejected}
    ></openslot-questions>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const Answered: Story = {
  args: {
    answers: {
      reason: 'A cough that does not go away',
      before: 'No',
      had: ['Mumps'],
      language: 'English',
      since: '2026-11-20',
      consent: true,
    },
  },
};

export const Missing: Story = {
  play: async ({ canvasElement }) => {
    canvasElement.querySelector('openslot-questions')?.check()?.focus();
    const visitor = new Visitor(canvasElement);
    await visitor.sees('Please answer this question.');
    await visitor.sees('Please tick this box to go on.');
    await expect(await visitor.field('What brings you here?')).toHaveAccessibleDescription(
      'In a few words. Please answer this question.',
    );
  },
};

export const Refused: Story = { args: { answers: { reason: 'A cough' }, rejected: 'before' } };

export const Narrow: Story = { decorators: [inColumn] };
