/** What is told of a failure, and to whom: patients read what they can do, owners of the page what to mend. */
import { attributeOf, type OpenslotError, type PatientErrorCode } from '../../core/errors.ts';
import type { StepMessages } from '../../locales/index.ts';
import type { Notice } from './openslot-notice.ts';

/** The time can't be had, but another one may. */
const TIME_IS_GONE = new Set<string>([
  'slot_taken',
  'outside_hours',
  'outside_window',
  'too_soon',
  'daily_limit_reached',
]);

export function timeIsGone(error: OpenslotError | null): boolean {
  return error !== null && TIME_IS_GONE.has(error.code);
}

/** @param provider how the page names the provider */
export function failureNotice(error: OpenslotError, messages: StepMessages, provider: string): Notice {
  const text = setupText(error, messages, provider);
  if (text) return { kind: 'setup', title: messages.setup.title, text };
  return { kind: 'error', text: sentenceFor(error, messages) };
}

/** Codes that only staff meet never come here. */
export function sentenceFor({ code }: OpenslotError, { errors }: StepMessages): string {
  return errors[code as PatientErrorCode];
}

/** Null when nothing about the set-up is wrong. */
function setupText(error: OpenslotError, { setup, errors }: StepMessages, provider: string): string | null {
  switch (error.code) {
    case 'missing_config':
    case 'invalid_config':
      return attributeText(error, setup) ?? errors[error.code];
    case 'invalid_key':
      return setup.invalidKey;
    case 'not_installed':
      return setup.notInstalled;
    case 'schema_outdated':
      return setup.outdated;
    case 'provider_not_found':
      return setup.noProvider(provider);
    default:
      return null;
  }
}

/** Null for an error that names no attribute, or one that can be anything. */
function attributeText(error: OpenslotError, setup: StepMessages['setup']): string | null {
  const name = attributeOf(error);
  if (name === null) return null;
  if (error.code === 'missing_config') return setup.missing(name);
  const { allowed } = error.detail;
  const expected: Readonly<Record<string, string>> = setup.expected;
  const what = Array.isArray(allowed) ? setup.oneOf(allowed as string[]) : expected[name];
  return what === undefined ? null : setup.invalid(name, what);
}
