import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { idiomaticDecoratorsTransformer } from '@lit/ts-transformers';
import esbuild from 'rollup-plugin-esbuild';
import minifyTemplates from 'rollup-plugin-html-literals';
import ts from 'typescript';

const { dependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = new RegExp(`^(${Object.keys(dependencies).join('|')})(/|$)`);

const typescript = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' });

/** TypeScript with Lit's decorators written out as the static properties that they stand for: they are a lot of script. */
const typescriptWithoutDecorators = (entries) => {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    sourceMap: true,
  });
  return {
    name: 'typescript-without-decorators',
    transform(_code, id) {
      const source = program.getSourceFile(id);
      if (!source || source.isDeclarationFile) return null;
      const emitted = {};
      program.emit(source, (file, text) => (emitted[file.endsWith('.map') ? 'map' : 'code'] = text), undefined, false, {
        before: [idiomaticDecoratorsTransformer(program)],
      });
      return emitted;
    },
  };
};

/** What a transform leaves of a module: `shorter` gives what stands in a node's place, undefined to keep it. */
const without = (program, code, shorter) => {
  const edits = [];
  const visit = (node) => {
    if (typeof node?.type !== 'string') return;
    const text = shorter(node);
    if (text !== undefined) edits.push([node.start, node.end, text]);
    else for (const child of Object.values(node).flat()) visit(child);
  };
  visit(program);
  edits.sort(([a], [b]) => b - a);
  const left = edits.reduce((rest, [start, end, text]) => rest.slice(0, start) + text + rest.slice(end), code);
  return { code: left, map: null };
};

/** What only its long polling, its logging and lists of who is present call. */
const UNUSED_OF_PHOENIX = new Set([
  'getLongPollTransport',
  'replaceTransport',
  'ping',
  'transportName',
  'getSession',
  'storeSession',
  'connectWithFallback',
  'log',
  'hasLogger',
  'list',
  'onJoin',
  'onLeave',
]);

/**
 * A widget only ever speaks WebSocket, in Supabase's frames: Phoenix's long polling and its own serializer stay out, and
 * of its XMLHttpRequest the one function that writes a query; so do its logging, what only long polling calls, and what its
 * errors say to somebody who calls it wrongly.
 */
const leanPhoenix = () => {
  const modules = {
    './longpoll': 'export default null',
    './serializer': 'export default { encode() {}, decode() {} }',
    './ajax':
      "export default { appendParams: (url, params) => url + (url.includes('?') ? '&' : '?') + new URLSearchParams(params) }",
  };
  return {
    name: 'lean-phoenix',
    resolveId(source, importer) {
      if (source === '@supabase/phoenix') return resolve('node_modules/@supabase/phoenix/assets/js/phoenix/index.js');
      return source in modules && importer?.includes('@supabase/phoenix') ? `\0phoenix:${source}` : null;
    },
    load: (id) => (id.startsWith('\0phoenix:') ? modules[id.slice('\0phoenix:'.length)] : null),
    transform(code, id) {
      if (!/phoenix.(socket|channel|presence)\.js$/.test(id)) return null;
      const calls = new Map([
        ['log', 'void 0'],
        ['hasLogger', 'false'],
        ['connectWithFallback', 'void 0'],
      ]);
      return without(this.parse(code), code, (node) => {
        if (node.type === 'MethodDefinition' && UNUSED_OF_PHOENIX.has(node.key.name)) return '';
        if (node.type === 'NewExpression' && node.callee.name === 'Error') return 'new Error()';
        return node.type === 'CallExpression' ? calls.get(node.callee.property?.name) : undefined;
      });
    },
  };
};

/** Every browser that draws the widget's colours has constructable style sheets, and none of them needs polyfills. */
const leanLit = () => ({
  name: 'lean-lit',
  transform(code, id) {
    if (!/@lit.reactive-element.css-tag\.js$/.test(id)) return null;
    const lean = code.replace(/e=t\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/, 'e=true');
    if (lean === code) throw new Error('Lit asks for style sheets in another way than it did.');
    return { code: lean, map: null };
  },
});

/** What npm users import: one module per source file, their bundler does the rest. */
const packageModules = {
  input: {
    index: 'src/index.ts',
    'core/index': 'src/core/index.ts',
    define: 'src/define.ts',
    'define-desk': 'src/define-desk.ts',
    'define-notifications': 'src/define-notifications.ts',
  },
  external,
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  plugins: [nodeResolve({ extensions: ['.ts', '.js'] }), typescript()],
};

/** What makes the times live. */
const LIVE = /core.(realtime|supabase-socket|presence|page-wide)|phoenix/;

/**
 * What makes the times live comes in one chunk, while the times are on their way; what comes after a time was chosen in
 * another; what an appointment needs in a third. What two of them need is in the one that is there first.
 */
const STAGES = [
  ['later', 'src/elements/later.ts'],
  ['afterwards', 'src/elements/afterwards.ts', 'src/core/live-appointment.ts'],
];

const chunkOf = (id, { getModuleInfo }) => {
  const isNeededBy = (module, seen = new Set()) => {
    if (module === id) return true;
    if (seen.has(module)) return false;
    seen.add(module);
    return Boolean(getModuleInfo(module)?.importedIds.some((imported) => isNeededBy(imported, seen)));
  };
  if (LIVE.test(id)) return 'live';
  if (isNeededBy(resolve('src/script.ts'))) return undefined;
  return STAGES.find(([, ...entries]) => entries.some((entry) => isNeededBy(resolve(entry))))?.[0];
};

const scriptPlugins = (input) => [
  leanPhoenix(),
  leanLit(),
  nodeResolve({ browser: true, extensions: ['.ts', '.js'] }),
  typescriptWithoutDecorators(Object.values(input)),
  minifyTemplates({ include: 'src/**' }),
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 3, unsafe_arrows: true },
    format: { comments: /^!/ },
  }),
];

/** Lit's notice once, in place of one in each of its modules. */
const LICENSE = '/*! Lit: Copyright 2017 Google LLC, SPDX-License-Identifier: BSD-3-Clause */';

/** What a page loads with one script tag. The chunks lie beside it. */
const scriptBundle = (input, chunks, manualChunks) => ({
  input,
  output: {
    dir: 'dist/script',
    format: 'es',
    sourcemap: true,
    // Languages are named by version alone: many hashes of files that most pages never load would weigh on the first chunk.
    chunkFileNames: ({ facadeModuleId }) =>
      `${chunks}-${/src.locales/.test(facadeModuleId) ? `lang-[name]-${version}` : '[name]-[hash]'}.js`,
    generatedCode: 'es2015',
    onlyExplicitManualChunks: true,
    manualChunks,
    banner: ({ moduleIds }) => (moduleIds.some((id) => id.includes('lit-html')) ? LICENSE : ''),
  },
  plugins: scriptPlugins(input),
});

/** The booking widget shares nothing with the others, so that it stays as small as it is. */
const bookingScript = scriptBundle({ openslot: 'src/script.ts' }, 'openslot', chunkOf);

/** Those that a page may have side by side share their chunks, and with them connections and session. */
const others = { 'openslot-desk': 'src/script-desk.ts', 'openslot-notifications': 'src/script-notifications.ts' };
const otherScripts = scriptBundle(others, 'openslot-more', (id) => (LIVE.test(id) ? 'live' : undefined));

/** A service worker, which is no module in every browser. */
const pushWorker = {
  input: 'src/push-worker.ts',
  output: { file: 'dist/script/openslot-push.js', format: 'iife', sourcemap: true },
  plugins: scriptPlugins({ worker: 'src/push-worker.ts' }),
};

/** examples/npm as its reader would bundle it: `import 'openslot/define'`. */
const npmExample = {
  input: { main: 'examples/npm/main.ts' },
  output: { dir: 'examples/npm/dist', format: 'es' },
  plugins: [nodeResolve({ browser: true, extensions: ['.ts', '.js'] }), typescript()],
};

export default [packageModules, bookingScript, otherScripts, pushWorker, npmExample];
