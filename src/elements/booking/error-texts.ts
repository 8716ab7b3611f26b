/** The sentences for failures: patients read what they can do, owners of the page what they have to mend. */
import { attributeOf, type ErrorCode, type OpenslotError } from '../../core/errors.ts';
import type { DetailsMessages, Messages } from '../../locales/index.ts';
import type { Notice } from './openslot-notice.ts';
import type { View } from './screen.ts';

/** The patient can't have this time, but perhaps another one. */
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
export function failureNotice(error: OpenslotError, messages: DetailsMessages, provider: string): Notice {
  const text = setupText(error, messages, provider);
  if (text) return { kind: 'setup', title: messages.setup.title, text };
  return { kind: 'error', text: sentenceFor(error, messages) };
}

/** The server sends the codes for staff to no patient, and `refusalNotice` has the sentences for those about changes. */
export function sentenceFor({ code }: OpenslotError, { errors }: DetailsMessages): string {
  return (errors as Readonly<Partial<Record<ErrorCode, string>>>)[code] ?? errors.unknown;
}

/** Null when the set-up is right. */
function setupText(error: OpenslotError, { setup, errors }: DetailsMessages, provider: string): string | null {
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
function attributeText(error: OpenslotError, setup: DetailsMessages['setup']): string | null {
  const name = attributeOf(error);
  if (name === null) return null;
  if (error.code === 'missing_config') return setup.missing(name);
  const { allowed } = error.detail;
  const expected: Readonly<Record<string, string>> = setup.expected;
  const what = Array.isArray(allowed) ? setup.oneOf(allowed as string[]) : expected[name];
  return what === undefined ? null : setup.invalid(name, what);
}

/** Says since when the server could not be reached. Empty while it can. */
export function staleNotice(
  { freshness, selection: { display } }: View,
  { offline, notUpdating }: Pick<Messages, 'offline' | 'notUpdating'>,
): readonly Notice[] {
  if (freshness?.connection !== 'offline' || freshness.freshAt === null) return [];
  const since = display.time(freshness.freshAt + freshness.clockOffset);
  return [{ kind: 'stale', text: (navigator.onLine ? notUpdating : offline)(since) }];
}

/** The field that the server did not accept, as the server names it: `patient.email`, `email`, `answers.KEY`. */
export function rejectedField(refusal: OpenslotError | null): string {
  return refusal?.code === 'invalid_argument' ? String(refusal.detail['field']) : '';
}
