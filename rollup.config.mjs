import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { idiomaticDecoratorsTransformer } from '@lit/ts-transformers';
import esbuild from 'rollup-plugin-esbuild';
import minifyTemplates from 'rollup-plugin-html-literals';
import ts from 'typescript';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = new RegExp(`^(${Object.keys(dependencies).join('|')})(/|$)`);

const typescript = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' });

/** TypeScript with Lit's decorators written out as the static properties that they stand for: they are a lot of script. */
const typescriptWithoutDecorators = (entry) => {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram([entry], {
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

/**
 * A widget only ever speaks WebSocket, in Supabase's frames: Phoenix's long polling and its own serializer stay out, and
 * of its XMLHttpRequest the one function that writes a query.
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
  };
};

/** What npm users import: one module per source file, their bundler does the rest. */
const packageModules = {
  input: { index: 'src/index.ts', 'core/index': 'src/core/index.ts', define: 'src/define.ts' },
  external,
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  plugins: [nodeResolve({ extensions: ['.ts', '.js'] }), typescript()],
};

/** What a page loads with one script tag. The chunks lie beside it. */
const scriptBundle = {
  input: { openslot: 'src/script.ts' },
  output: {
    dir: 'dist/script',
    format: 'es',
    sourcemap: true,
    chunkFileNames: 'openslot-[name]-[hash].js',
    generatedCode: 'es2015',
    // What makes the times live comes in one chunk, while the times are on their way.
    onlyExplicitManualChunks: true,
    manualChunks: (id) => (/realtime|supabase-socket|phoenix/.test(id) ? 'live' : undefined),
  },
  plugins: [
    leanPhoenix(),
    nodeResolve({ browser: true, extensions: ['.ts', '.js'] }),
    typescriptWithoutDecorators('src/script.ts'),
    minifyTemplates({ include: 'src/**' }),
    terser({ ecma: 2022, module: true, compress: { passes: 3, unsafe_arrows: true } }),
  ],
};

/** examples/npm as its reader would bundle it: `import 'openslot/define'`. */
const npmExample = {
  input: { main: 'examples/npm/main.ts' },
  output: { dir: 'examples/npm/dist', format: 'es' },
  plugins: [nodeResolve({ browser: true, extensions: ['.ts', '.js'] }), typescript()],
};

export default [packageModules, scriptBundle, npmExample];
