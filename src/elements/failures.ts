/** What is told of a failure, and to whom: patients read what they can do, owners of the page what to mend. */
import type { OpenslotError, PatientErrorCode } from '../core/errors.ts';
import type { StepMessages } from '../locales/index.ts';
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
  const text = setupText(error, messages.setup, provider);
  if (text) return { kind: 'setup', title: messages.setup.title, text };
  return { kind: 'error', text: sentenceFor(error, messages) };
}

/** Codes that only staff meet never come here. */
export function sentenceFor({ code }: OpenslotError, { errors }: StepMessages): string {
  return errors[code as PatientErrorCode];
}

/** Null when nothing about the set-up is wrong. */
function setupText({ code, detail }: OpenslotError, setup: StepMessages['setup'], provider: string): string | null {
  const name = String(detail['name']);
  switch (code) {
    case 'missing_config':
      return setup.missing(name);
    case 'invalid_config': {
      const { allowed } = detail;
      return setup.invalid(
        name,
        Array.isArray(allowed) ? setup.oneOf(allowed as string[]) : setup.expected[name as keyof typeof setup.expected],
      );
    }
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
