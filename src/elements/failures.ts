/** What is told of a failure, and to whom: patients read what they can do, owners of the page what to mend. */
import type { OpenslotError } from '../core/errors.ts';
import type { Messages } from '../locales/index.ts';
import type { Notice } from './openslot-notice.ts';

/** The time can't be had, but another one may. */
const TIME_IS_GONE = new Set<string>(['slot_taken', 'outside_hours', 'outside_window', 'too_soon', 'daily_limit_reached']);

export function timeIsGone(error: OpenslotError | null): boolean {
  return error !== null && TIME_IS_GONE.has(error.code);
}

/** What takes the place of the widget, or of a part of it. */
export function failureNotice(error: OpenslotError, messages: Messages, values: { provider: string }): Notice {
  const text = setupText(error, messages, values);
  return text ? { kind: 'setup', text } : { kind: 'error', text: messages.errors[error.code], retry: true };
}

type Expected = keyof Messages['setup']['expected'];

/** Null when nothing about the set-up is wrong. */
function setupText({ code, detail }: OpenslotError, { setup }: Messages, values: { provider: string }): string | null {
  const name = String(detail['name']);
  switch (code) {
    case 'missing_config':
      return setup.missing(name);
    case 'invalid_config':
      return setup.invalid(name, Array.isArray(detail['allowed']) ? setup.oneOf(detail['allowed'] as string[]) : setup.expected[name as Expected]);
    case 'invalid_key':
      return setup.invalidKey;
    case 'not_installed':
      return setup.notInstalled;
    case 'schema_outdated':
      return setup.outdated;
    case 'provider_not_found':
      return setup.noProvider(values.provider);
    default:
      return null;
  }
}
