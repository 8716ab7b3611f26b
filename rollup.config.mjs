import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import minifyTemplates from 'rollup-plugin-html-literals';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = new RegExp(`^(${Object.keys(dependencies).join('|')})(/|$)`);

const typescript = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' });

/** A widget only ever speaks WebSocket, so Phoenix's long polling stays out: the sources, with that one module empty. */
const withoutLongPolling = () => ({
  name: 'without-long-polling',
  resolveId(source, importer) {
    if (source === '@supabase/phoenix') return resolve('node_modules/@supabase/phoenix/assets/js/phoenix/index.js');
    return source === './longpoll' && importer?.includes('@supabase/phoenix') ? '\0no-long-polling' : null;
  },
  load: (id) => (id === '\0no-long-polling' ? 'export default null' : null),
});

/** What npm users import: one module per source file, their bundler does the rest. */
const packageModules = {
  input: { index: 'src/index.ts', core: 'src/core/index.ts', define: 'src/define.ts' },
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
  },
  plugins: [
    withoutLongPolling(),
    nodeResolve({ browser: true, extensions: ['.ts', '.js'] }),
    minifyTemplates({ include: 'src/**' }),
    typescript(),
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
