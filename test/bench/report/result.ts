import type { Spread } from './spread.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  /** A spread of many measurements, or a single number. */
  readonly measured: Spread | number;
  /** Set if DESIGN.md has a budget: its text, and whether this run kept it. */
  readonly budget?: { readonly text: string; readonly met: boolean };
  /** Information that the reader needs to interpret the number. */
  readonly note?: string;
}

export interface PartResult {
  readonly rows: readonly Row[];
  /** Further files for docs/bench, by name: plots, query plans. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Measures one subject. `log` prints the progress. */
export type Part = (log: (line: string) => void) => Promise<PartResult>;

/** A budget of DESIGN.md that is met while `value` is at most `limit`. */
export function atMost(limit: number, value: number, text: string): { text: string; met: boolean } {
  return { text, met: value <= limit };
}
