import type { Spread } from './spread.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  /** A spread of many measurements, or the one number there is. */
  readonly measured: Spread | number;
  /** Set where DESIGN.md promises something: its words, and whether this run kept it. */
  readonly budget?: { readonly text: string; readonly met: boolean };
  /** What the reader must know to read the number. */
  readonly note?: string;
}

export interface PartResult {
  readonly rows: readonly Row[];
  /** Further files for docs/bench, by name: plots, query plans. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Measures one thing. `log` tells whoever waits how far it is. */
export type Part = (log: (line: string) => void) => Promise<PartResult>;

/** A promise of DESIGN.md that holds while `value` is at most `limit`. */
export function atMost(limit: number, value: number, text: string): { text: string; met: boolean } {
  return { text, met: value <= limit };
}
