/**
 * `npm run bench`: measures the budgets, prints a table, and writes it with its plots to docs/bench and docs/bench.md. `npm
 * run bench -- fan-out db` measures only those parts and leaves the results of the others unchanged.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { describeMachine } from './report/machine.ts';
import type { Part, PartResult } from './report/result.ts';
import { type Measured, printTable, toMarkdown } from './report/table.ts';

/** In an order in which no part disturbs the later ones much. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  size: async () => (await import('./parts/size.ts')).size,
  store: async () => (await import('./parts/store.ts')).store,
  db: async () => (await import('./parts/db.ts')).db,
  booking: async () => (await import('./parts/booking.ts')).booking,
  notifications: async () => (await import('./parts/notifications.ts')).notifications,
  live: async () => (await import('./parts/live.ts')).live,
  'fan-out': async () => (await import('./parts/fan-out.ts')).fanOut,
  silence: async () => (await import('./parts/silence.ts')).silence,
  joins: async () => (await import('./parts/joins.ts')).joins,
  crowd: async () => (await import('./parts/crowd.ts')).crowd,
  herd: async () => (await import('./parts/herd.ts')).herd,
  browser: async () => (await import('./parts/browser.ts')).browser,
};

const DOCS = path.join(import.meta.dirname, '../../docs');
const RESULTS = path.join(DOCS, 'bench');
const PAGE = path.join(DOCS, 'bench.md');
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`No part is called ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.\n`);
  process.exit(2);
}

await mkdir(RESULTS, { recursive: true });
let kept = true;
for (const [name, load] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  const part = await load();
  const result = await part((line) => process.stdout.write(`  ${line}\n`));
  await write(name, result);
  process.stdout.write(`\n${printTable(result.rows)}\n`);
  kept &&= result.rows.every(({ budget }) => budget?.met ?? true);
}
await writePage();
process.exitCode = kept ? 0 : 1;

async function write(name: string, { rows, files = {} }: PartResult): Promise<void> {
  const measured: Measured = { part: name, machine: await describeMachine(), rows };
  await writePretty(path.join(RESULTS, `${name}.json`), JSON.stringify(measured));
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(RESULTS, file), content);
}

/** Writes the latest result of every part between the two marks of docs/bench.md. */
async function writePage(): Promise<void> {
  const results = await Promise.all(
    Object.keys(PARTS).map(async (name) => {
      const text = await readFile(path.join(RESULTS, `${name}.json`), 'utf8').catch(() => null);
      return text === null ? [] : [JSON.parse(text) as Measured];
    }),
  );
  const page = await readFile(PAGE, 'utf8');
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  await writePretty(PAGE, `${before}${BEGIN}\n\n${toMarkdown(results.flat())}\n\n${END}${after}`);
}

async function writePretty(file: string, content: string): Promise<void> {
  await writeFile(file, await format(content, { filepath: file, singleQuote: true, printWidth: 120 }));
}
