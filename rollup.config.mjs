import { existsSync, readFileSync } from 'node:fs';
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

/** Packages are bundled as they were published: the build fails if anything changed a module of one, or stands in for it. */
const packagesUntouched = () => ({
  name: 'packages-untouched',
  moduleParsed({ id, code }) {
    if (id.startsWith(resolve('src')) || id.startsWith(resolve('examples'))) return;
    const published = id.includes('node_modules') && existsSync(id) ? readFileSync(id, 'utf8') : null;
    if (code !== published) this.error(`${id} is not what its package published.`);
  },
});

const scriptPlugins = (input) => [
  nodeResolve({ browser: true, extensions: ['.ts', '.js'] }),
  typescriptWithoutDecorators(Object.values(input)),
  minifyTemplates({ include: 'src/**' }),
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 3, unsafe_arrows: true },
    format: { comments: /^!/ },
  }),
  packagesUntouched(),
];

/** Lit's notice once, in place of one in each of its modules. */
const LICENSE = '/*! Lit: Copyright 2017 Google LLC, SPDX-License-Identifier: BSD-3-Clause */';

/**
 * A screen is named by its folder (`details`, of src/elements/booking/details/screen.ts), a screen that shares a folder by
 * its file (`move`), a language by its tag and its part (`lang-de`, `lang-de-notifications`). What several share is named
 * by Rollup, after one of its modules.
 */
const nameOf = (chunk) => {
  const [, folder, prefix, language, part] =
    /src.elements.\w+.(\w+).(\w+-)?screen\.ts$|src.locales.(\w+).(\w+)\.ts$/.exec(chunk.facadeModuleId ?? '') ?? [];
  if (language) return `lang-${language}${part === 'booking' ? '' : `-${part}`}`;
  return prefix?.slice(0, -1) ?? folder ?? chunk.name.replace(/^openslot-/, '');
};

/** What a page loads with one script tag. The chunks lie beside it: one for each `import()`, and for what some share. */
const scriptBundle = (input, chunks) => ({
  input,
  output: {
    dir: 'dist/script',
    format: 'es',
    sourcemap: true,
    // Languages are named by version alone: many hashes of files that most pages never load would weigh on the first chunk.
    chunkFileNames: (chunk) => {
      const name = nameOf(chunk);
      return `${chunks}-${name}-${name.startsWith('lang-') ? version : '[hash]'}.js`;
    },
    generatedCode: 'es2015',
    banner: ({ moduleIds }) => (moduleIds.some((id) => id.includes('lit-html')) ? LICENSE : ''),
  },
  plugins: scriptPlugins(input),
});

/** The booking widget shares nothing with the others, so that it stays as small as it is. */
const bookingScript = scriptBundle({ openslot: 'src/define.ts' }, 'openslot');

/** Those that a page may have side by side share their chunks, and with them connections and session. */
const others = { 'openslot-desk': 'src/define-desk.ts', 'openslot-notifications': 'src/define-notifications.ts' };
const otherScripts = scriptBundle(others, 'openslot-more');

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
