/** What a page downloads: the script bundle of dist/script, which `npm run build` makes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Part } from '../report/result.ts';
import { atMost } from '../report/result.ts';

const FOLDER = path.join(import.meta.dirname, '../../../dist/script');
const ENTRY = 'openslot.js';
const [WHOLE_KB, FIRST_KB] = [48, 30];

export const size: Part = async (log) => {
  await Promise.resolve();
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
  const kilobytes = new Map(
    files.map((name) => [name, gzipSync(readFileSync(path.join(FOLDER, name))).length / 1_000]),
  );
  for (const [name, size] of kilobytes) log(`${name} ${size.toFixed(1)} KB`);
  const whole = [...kilobytes.values()].reduce((sum, size) => sum + size, 0);
  const first = kilobytes.get(ENTRY) ?? Infinity;
  return {
    rows: [
      {
        what: 'script bundle, all chunks, gzip',
        unit: 'KB',
        measured: whole,
        budget: atMost(WHOLE_KB, whole, `<= ${WHOLE_KB} KB`),
      },
      {
        what: 'first chunk, paints slots, gzip',
        unit: 'KB',
        measured: first,
        budget: atMost(FIRST_KB, first, `<= ${FIRST_KB} KB`),
      },
    ],
  };
};
