/**
 * What the patient has typed for a provider. The tab keeps it until it is sent, so that it survives a reload. It never
 * leaves the tab, and the browser deletes it with the tab.
 */
import type { Answer, Answers } from '../../core/wire.ts';
import type { Draft } from './requests.ts';
import type { BookingActions } from './screen.ts';

export interface Typed {
  readonly typed: Partial<Draft>;
  readonly answers: Answers;
}

/** @param answer null removes the answer */
export function withAnswer(answers: Answers, key: string, answer: Answer | null): Answers {
  const others = Object.entries(answers).filter(([name]) => name !== key);
  return Object.fromEntries(answer === null ? others : [...others, [key, answer]]);
}

const keyOf = (provider: string) => `openslot-draft:${provider}`;

/** @param provider id */
export function saveDraft(provider: string, draft: Typed): void {
  attempt(() => sessionStorage.setItem(keyOf(provider), JSON.stringify(draft)));
}

export function clearDraft(provider: string): void {
  attempt(() => sessionStorage.removeItem(keyOf(provider)));
}

export function readDraft(provider: string): Partial<Typed> {
  const draft = attempt(() => JSON.parse(sessionStorage.getItem(keyOf(provider)) ?? '{}') as unknown);
  return typeof draft === 'object' && draft !== null ? draft : {};
}

/** The id of the provider whose times are shown. */
export function providerOf({ source }: Pick<BookingActions, 'source'>): string {
  return source.state?.provider?.id ?? '';
}

/** Saves what the patient has typed and answered so far. */
export function keepDraft(booking: BookingActions): void {
  const { typed, answers } = booking.flow;
  saveDraft(providerOf(booking), { typed, answers });
}

/** A browser may deny storage, or have no room left. Then the draft lives as long as the page. */
function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
