/**
 * What somebody has typed for a provider, kept in the tab until it is sent, so that it survives a reload. Nothing of it
 * leaves the tab, and the browser forgets it with the tab.
 */
import type { Answer, Answers } from '../../../core/wire.ts';
import type { Draft } from '../requests.ts';

export interface Typed {
  readonly typed: Partial<Draft>;
  readonly answers: Answers;
}

/** @param answer null takes it back */
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

/** A browser may deny storage, or have no room left: then what was typed lives as long as the page. */
function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
