import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/**
 * Who may import whom: script -> define -> elements -> core, elements -> locales, core only core.
 * Each entry forbids, in the files named, every import that matches one of the patterns.
 */
function forbid(files, patterns, { ignores = [] } = {}) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
    },
  };
}

/** The Realtime client of a booking, and who is signed in at the desk. */
const SUPABASE_FILES = ['src/core/realtime-client.ts', 'src/core/supabase-session.ts'];
const SUPABASE = ['^@supabase/', `Only ${SUPABASE_FILES.join(' and ')} import Supabase; use the backends' interfaces.`];
const NO_LIT = ['^lit(/|$)|^@lit/', 'Core is headless.'];
const OUTSIDE_CORE = ['^\\.\\./', 'Core imports only core.'];

/** A test alone: all others would be left out without a word. */
const ALONE = {
  selector:
    "MemberExpression[property.name='only'][object.name=/^(describe|it|suite|test)$/], MemberExpression[property.name='only'][object.property.name='describe']",
  message: 'All tests run. Name a file or a pattern to the runner instead.',
};
const EXACT = 'Playwright finds a string as part of others, in either case. Give `exact: true`, or an expression.';
/** Or what may be one. */
const A_STRING = ':matches(Literal:not([regex]), TemplateLiteral, Identifier)';
/** Locators that find the opposite of what they name, or nothing but what they name. */
const INEXACT = [
  {
    selector: `CallExpression[callee.property.name=/^getBy(Text|Label)$/][arguments.length=1] > ${A_STRING}`,
    message: EXACT,
  },
  {
    selector: `CallExpression[callee.property.name='getByRole'] > ObjectExpression:not(:has(Property[key.name='exact'])) > Property[key.name='name'] > ${A_STRING}.value`,
    message: EXACT,
  },
];
const UNWATCHED = {
  selector: "CallExpression[callee.property.name='newContext']",
  message: 'Use the fixture `openContext`: errors of its pages fail the test.',
};

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    'storybook-static/',
    '.sandbox/',
    'test-results/',
    'reports/',
    '.stryker-tmp/',
  ]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'test/support/*.mjs', '.storybook/*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  forbid(['src/core/**'], [SUPABASE, NO_LIT, OUTSIDE_CORE], { ignores: SUPABASE_FILES }),
  forbid(SUPABASE_FILES, [NO_LIT, OUTSIDE_CORE]),
  forbid(['src/locales/**'], [SUPABASE, NO_LIT, ['^\\.\\./(?!core/)', 'Locales import at most types of core.']]),
  forbid(
    ['src/elements/**'],
    [SUPABASE, ['^\\.\\./(?!core/|locales/)|^\\.\\./\\.\\./', 'Elements import core and locales.']],
  ),
  forbid(['src/define*.ts'], [SUPABASE, ['^\\./(?!elements/)', 'define imports elements only.']]),
  forbid(['src/script*.ts'], [SUPABASE, ['^\\./(?!define)', 'script imports define only.']]),
  {
    files: ['src/**'],
    ignores: ['src/core/zones.ts', 'src/core/zone-list.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Intl'][property.name='DateTimeFormat']",
          message: 'Only src/core/zones.ts knows time zones; use its functions.',
        },
      ],
    },
  },
  {
    files: ['src/elements/**', 'stories/**', 'test/elements/**'],
    extends: [lit.configs['flat/all'], wc.configs['flat/best-practice'], litA11y.configs.recommended],
    rules: {
      'lit/no-template-arrow': 'off',
      'lit/no-template-map': 'off',
      'lit/no-template-bind': 'off',
      // The dynamic import rule of the plugin has no notion of an element that its owner renders.
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['test/**', 'stories/**', 'sandbox/**/test/**', 'worker/test/**'],
    rules: {
      'no-restricted-syntax': ['error', ALONE],
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // node:test hands its own promises back from describe and it.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['test/e2e/**'],
    ignores: ['test/e2e/base.ts'],
    rules: { 'no-restricted-syntax': ['error', ALONE, ...INEXACT, UNWATCHED] },
  },
  { files: ['sandbox/*.ts', 'test/*.ts', '**/*.mjs'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
);
