/**
 * What each chunk of the built script consists of, by package: minified bytes, as its source map attributes them, and the
 * gzipped size of the whole chunk. Second half of `npm run size`.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodedMappings, TraceMap, type SourceMapInput } from '@jridgewell/trace-mapping';

const scripts = join(import.meta.dirname, '../../dist/script');

/** `node_modules/@lit/reactive-element/x.js` -> `@lit/reactive-element`; our own sources -> `openslot`. */
function packageOf(source: string | null | undefined): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source ?? '')?.[1] ?? 'openslot';
}

/** Bytes by package: each mapping's code reaches until the next one begins. */
function contentsOf(code: string, map: TraceMap): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  const lines = code.split('\n');
  decodedMappings(map).forEach((segments, number) => {
    const line = lines[number] ?? '';
    segments.forEach((segment, index) => {
      const end = segments[index + 1]?.[0] ?? line.length;
      const name = packageOf(map.sources[segment[1] ?? -1]);
      bytes.set(name, (bytes.get(name) ?? 0) + end - segment[0]);
    });
  });
  return bytes;
}

const report = globSync('*.js', { cwd: scripts })
  .filter((file) => !file.includes('-lang-'))
  .map((file) => {
    const code = readFileSync(join(scripts, file), 'utf8');
    const map = new TraceMap(JSON.parse(readFileSync(join(scripts, `${file}.map`), 'utf8')) as SourceMapInput);
    return { file, code, gzip: gzipSync(code, { level: 9 }).length, contents: contentsOf(code, map) };
  })
  .sort((a, b) => b.gzip - a.gzip);

for (const { file, gzip, contents } of report) {
  const packages = [...contents].sort(([, a], [, b]) => b - a);
  const rows = packages.map(([name, bytes]) => `  ${String(bytes).padStart(8)} B  ${name}\n`);
  process.stdout.write(`\n${basename(file)}  ${gzip} B gzip\n${rows.join('')}`);
}

// The first chunk paints the times alone. With a static import, the browser would have to load another chunk before that.
const first = report.find(({ file }) => file === 'openslot.js');
const imported = /\b(?:from|import)\s*"(\.\/[^"]+)"/.exec(first?.code ?? 'import "./nothing"')?.[1];
if (imported) {
  process.stderr.write(`openslot.js must not import ${imported} statically.\n`);
  process.exitCode = 1;
}
