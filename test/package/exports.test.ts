import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/index.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
};

/** The Node that imports the package: another version than that of the tests, if the environment names one. */
const NODE = process.env['OPENSLOT_NODE'] ?? process.execPath;

/** Runs a module in a fresh Node whose only view of the SDK is its export map. */
function inNode(source: string): string {
  return execFileSync(NODE, ['--input-type=module', '-e', source], { cwd: root, encoding: 'utf8' }).trim();
}

describe('someone who installed the package', () => {
  for (const [path, target] of Object.entries(manifest.exports)) {
    it(`finds the files behind ${path}`, () => {
      for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
        assert.ok(existsSync(join(root, file)), `${file} is missing`);
      }
    });
  }

  it('can import everything on a server, and nothing is registered by it', () => {
    const registered = inNode(
      `import { OpenslotBooking } from 'openslot'; console.log(typeof OpenslotBooking, globalThis.customElements?.get('openslot-booking'));`,
    );
    assert.equal(registered, 'function undefined');
  });

  it('can import the headless core without lit', () => {
    const core = join(root, 'dist/core');
    const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    const folders = new Set(files.map((file) => dirname(file)));
    assert.ok(folders.has('calendar') && folders.has('sync'), [...folders].join());
    for (const file of files) {
      const imports = [...readFileSync(join(core, file), 'utf8').matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)];
      for (const [, name = ''] of imports) {
        assert.doesNotMatch(name, /^(lit|@lit)(\/|$)/, file);
        assert.ok(
          !name.startsWith('.') || !relative(core, join(core, dirname(file), name)).startsWith('..'),
          `${file}: ${name}`,
        );
      }
    }
    assert.equal(
      inNode(`import { createOpenslotClient } from 'openslot/core'; console.log(typeof createOpenslotClient);`),
      'function',
    );
  });

  it('can follow a calendar in Node, live', async () => {
    const sandbox = await startSandbox();
    try {
      const args = [join(import.meta.dirname, 'open-calendar.mjs'), sandbox.url, sandbox.publishableKey];
      const { stdout } = await promisify(execFile)(NODE, args);
      assert.match(stdout, /^live, \d+ slots\n$/);
    } finally {
      await sandbox.stop();
    }
  });

  it('gets one Realtime client, that of supabase-js', () => {
    const read = (path: string) =>
      JSON.parse(readFileSync(join(root, path), 'utf8')) as { version?: string; dependencies: Record<string, string> };
    const { dependencies } = read('package.json');
    const supabase = read('node_modules/@supabase/supabase-js/package.json');
    assert.equal(dependencies['@supabase/realtime-js'], supabase.dependencies['@supabase/realtime-js']);
  });

  it('gets the elements registered by importing define, twice without harm', () => {
    assert.equal(
      inNode(
        `await import('openslot/define'); await import('openslot/define'); console.log(typeof customElements.get('openslot-booking'));`,
      ),
      'function',
    );
  });

  it('loads one script and at most the chunks beside it', () => {
    const files = readdirSync(join(root, 'dist/script')).filter((file) => file.endsWith('.js'));
    const imports = files.flatMap((file) => {
      const source = readFileSync(join(root, 'dist/script', file), 'utf8');
      return [...source.matchAll(/(?<!["'\w])(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier!);
    });
    for (const specifier of imports) {
      assert.match(specifier, /^\.\/openslot[^/]*\.js$/);
      assert.ok(files.includes(specifier.slice('./'.length)), `${specifier} is there`);
    }
    for (const script of ['openslot.js', 'openslot-desk.js', 'openslot-notifications.js']) {
      assert.ok(files.includes(script), script);
    }
    assert.ok(imports.length > files.length / 2, `of ${files.length} files ${imports.length} are imported`);
  });
});
