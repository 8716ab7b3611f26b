import type { Machine } from './machine.ts';
import type { Row } from './result.ts';

/** The content of docs/bench/<part>.json. */
export interface Measured {
  readonly part: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

export function printTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.what, value(row), row.unit, verdict(row)]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function toMarkdown(results: readonly Measured[]): string {
  return results
    .map(({ part, machine, rows }) => {
      const lines = rows.map((row) => `| ${[row.what, value(row), row.unit, verdict(row)].map(escape).join(' | ')} |`);
      return [
        `### ${part}`,
        '',
        describe(machine),
        '',
        '| what | measured | unit | budget |',
        '| --- | --- | --- | --- |',
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

function describe({ cores, cpu, memory_gib, platform, node, postgres, load, measured_at }: Machine): string {
  return `${measured_at.slice(0, 10)}, ${cores} cores (${cpu}), ${memory_gib} GiB, ${platform}, Node ${node}, ${postgres}; load average ${load.toFixed(1)} when it ended.`;
}

function value({ measured }: Row): string {
  if (typeof measured === 'number') return round(measured);
  const { count, min, p50, p95, p99, max } = measured;
  // With a few rounds, percentiles would all equal the maximum.
  const marks: readonly (readonly [string, number])[] =
    count < 100
      ? [
          ['median', p50],
          ['min', min],
          ['max', max],
        ]
      : [
          ['p50', p50],
          ['p95', p95],
          ['p99', p99],
          ['max', max],
        ];
  return `${marks.map(([name, mark]) => `${name} ${round(mark)}`).join(', ')} (n = ${count.toLocaleString('en')})`;
}

function verdict({ budget, note }: Row): string {
  const met = budget && `${budget.text}: ${budget.met ? 'met' : 'MISSED'}`;
  return [met, note].filter(Boolean).join('; ');
}

function round(value: number): string {
  if (!Number.isFinite(value)) return 'never';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
  return Number(value.toFixed(digits)).toLocaleString('en', { maximumFractionDigits: 4 });
}

function escape(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
